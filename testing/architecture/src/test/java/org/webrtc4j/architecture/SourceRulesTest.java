package org.webrtc4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    @FunctionalInterface
    private interface Rule {
        List<String> broken(String file, List<String> lines);
    }

    @Test
    void nothingIsLeftUnfinished() throws IOException {
        assertThat(broken(
                        SourceRules::unfinished,
                        ".java",
                        ".xml",
                        ".md",
                        ".sh",
                        ".js",
                        ".html",
                        ".css",
                        ".go",
                        ".c",
                        ".py"))
                .isEmpty();
    }

    @Test
    void noTestSleeps() throws IOException {
        assertThat(broken(SourceRules::sleeping, ".java").stream()
                        .filter(place -> place.contains("src/test/") || place.startsWith("testing/")))
                .isEmpty();
    }

    @Test
    void noFileIsTooLong() throws IOException {
        assertThat(broken(SourceRules::tooLong, ".java")).isEmpty();
    }

    @Test
    void everyPackageOfOursIsNullMarked() throws IOException {
        Path root = SourceTree.root();
        Path others = root.resolve("testing/consumers");
        Set<String> unmarked = new TreeSet<>();
        for (Path file : SourceTree.files(root, ".java")) {
            if (file.toString().contains("/src/main/java/")
                    && !file.startsWith(others)
                    && !file.endsWith("module-info.java")) {
                Path info = file.resolveSibling("package-info.java");
                if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                    unmarked.add(root.relativize(file.getParent()).toString());
                }
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void enginesHaveNoSynchronizedBlocks() throws IOException {
        List<Path> engines = new ArrayList<>();
        for (String module : SourceTree.ENGINE_MODULES) {
            Path sources = SourceTree.root().resolve(module).resolve("src/main/java");
            for (Path file : SourceTree.files(sources, ".java")) {
                String packageName = sources.relativize(file).getParent() == null
                        ? ""
                        : sources.relativize(file).getParent().toString().replace('/', '.');
                if (isEngine(packageName)) {
                    engines.add(file);
                }
            }
        }

        assertThat(engines).hasSizeGreaterThan(50);
        assertThat(SourceRules.synchronizedBlocks(engines)).isEmpty();
    }

    @Test
    void theRulesBite() {
        assertThat(SourceRules.unfinished(
                        "A.java", List.of("ok", "// TO" + "DO later", "// FIX" + "ME now", "// todos los santos")))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("A.java:2");
        assertThat(SourceRules.sleeping(
                        "A.java", List.of("Thread" + ".sleep(5);", "TimeUnit.SECONDS" + ".sleep(1);", "asleep(3);")))
                .hasSize(2);
        assertThat(SourceRules.tooLong("A.java", Collections.nCopies(600, ""))).isEmpty();
        assertThat(SourceRules.tooLong("A.java", Collections.nCopies(601, ""))).hasSize(1);
    }

    @Test
    void aSynchronizedBlockIsFoundWithItsLineWhereverItHides() throws IOException {
        String source = """
                class Planted {
                    Runnable task = () -> {
                        synchronized (this) {
                        }
                    };
                    // synchronized (this) {}
                    String text = "synchronized (this) {}";
                }
                """;
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Planted.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };

        assertThat(SourceRules.synchronizedBlocks(ToolProvider.getSystemJavaCompiler(), null, List.of(file)))
                .containsExactly("/Planted.java:3 is a synchronized block");
    }

    @Test
    void theTreeIsReallyLookedAt() throws IOException {
        assertThat(SourceTree.files(SourceTree.root(), ".java"))
                .hasSizeGreaterThan(200)
                .anyMatch(file -> file.endsWith("SourceRulesTest.java"))
                .noneMatch(file -> file.toString().contains("/target/"));
    }

    private static boolean isEngine(String packageName) {
        return EngineRules.PACKAGES.stream()
                .anyMatch(pattern -> pattern.endsWith("..")
                        ? (packageName + ".").startsWith(pattern.substring(0, pattern.length() - 1))
                        : packageName.equals(pattern));
    }

    private static List<String> broken(Rule rule, String... endings) throws IOException {
        Path root = SourceTree.root();
        List<String> all = new ArrayList<>();
        for (Path file : SourceTree.files(root, endings)) {
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            all.addAll(rule.broken(root.relativize(file).toString(), lines));
        }
        return all;
    }
}
