package org.webrtc4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every Java block in the documentation is a part of a compiled source, whatever its indentation. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");

    @TestFactory
    Stream<DynamicTest> everyJavaBlockStandsInACompiledSource() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            sources.add(withoutIndentation(Files.readString(file)));
        }
        List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
        pages.add(ROOT.resolve("README.md"));
        return pages.stream().flatMap(page -> blocks(page).stream()
                .map(block -> DynamicTest.dynamicTest(
                        page.getFileName() + ": "
                                + block.strip().lines().findFirst().orElse(""),
                        () -> assertThat(sources)
                                .as(block)
                                .anyMatch(source -> source.contains(withoutIndentation(block))))));
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static List<String> blocks(Path page) {
        try {
            String[] parts = Files.readString(page).split("```", -1);
            List<String> blocks = new ArrayList<>();
            for (int i = 1; i < parts.length; i += 2) {
                if (parts[i].startsWith("java\n")) {
                    blocks.add(parts[i].substring(5));
                }
            }
            return blocks;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }
}
