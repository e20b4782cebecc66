package org.webrtc4j.samples.voiceagent

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.io.path.readText

/** The recipe shows this program as it is compiled: whole files, only their imports left out. */
class RecipeTest {
    private val page = Path.of("../../docs/recipes/voice-agent.md").readText()

    private fun blocks(language: String) =
        Regex("```$language\\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(page).map { it.groupValues[1].trim() }.toList()

    private fun withoutImports(source: String) =
        source.lines().dropWhile { it.isBlank() || it.startsWith("package ") || it.startsWith("import ") }
            .joinToString("\n").trim()

    @Test
    fun everyKotlinBlockIsACompiledFile() {
        val sources = Files.walk(Path.of("src/main/kotlin")).use { files ->
            files.filter { it.name.endsWith(".kt") && it.name != "Beeps.kt" }.toList()
        }
        assertThat(blocks("kotlin")).containsExactlyInAnyOrderElementsOf(sources.map { withoutImports(it.readText()) })
    }

    @Test
    fun theScriptIsThatOfThePage() {
        val served = Path.of("src/main/resources/static/index.html").readText().lines().joinToString("\n") { it.trim() }
        assertThat(blocks("javascript")).hasSize(1).allSatisfy { block ->
            assertThat(served).contains(block.lines().joinToString("\n") { it.trim() })
        }
    }
}
