package org.webrtc4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of a user, in src/test/smoke, compiled and run on the module path and on the class path. */
class ModulePathTest {

    /** A program that takes so long hangs. */
    private static final long GIVE_UP_SECONDS = 120;

    private static final String MAIN = "org.webrtc4j.smoke.Main";

    private static final String ICE4J_MAIN = "org.webrtc4j.smoke.ice4j.Main";

    @TempDir
    Path folder;

    @Test
    void aProgramRunsOnTheModulePathWithEveryPartANamedModule() throws IOException, InterruptedException {
        compile(true, "smoke", dependencies());

        assertThat(run(
                        "-p",
                        path(Stream.concat(Stream.of(folder), dependencies())),
                        "-m",
                        "org.webrtc4j.smoke/" + MAIN))
                .containsExactly(
                        "echo heard",
                        "part org.webrtc4j",
                        "part org.webrtc4j.common",
                        "part org.webrtc4j.sdp",
                        "part org.webrtc4j.ice",
                        "part org.webrtc4j.dtlssrtp",
                        "part org.webrtc4j.sctp",
                        "part org.webrtc4j.rtp",
                        "part org.webrtc4j.media",
                        "provider null",
                        "provider null");
    }

    @Test
    void theSameProgramRunsOnTheClassPath() throws IOException, InterruptedException {
        compile(false, "smoke", dependencies());

        assertThat(run("-cp", path(Stream.concat(Stream.of(folder), dependencies())), MAIN))
                .containsExactly(
                        "echo heard",
                        "part null",
                        "part null",
                        "part null",
                        "part null",
                        "part null",
                        "part null",
                        "part null",
                        "part null",
                        "provider null",
                        "provider null");
    }

    @Test
    void aProgramWithAgentsOfIce4jRunsOnTheModulePath() throws IOException, InterruptedException {
        assumeTrue(
                withIce4j().filter(ModulePathTest::isAdapter).allMatch(Files::isRegularFile),
                "a module that is automatic is one as a jar only, which this build has not made");
        compile(true, "smoke-ice4j", withIce4j());

        assertThat(run(
                        "-p",
                        path(Stream.concat(Stream.of(folder), withIce4j())),
                        "-m",
                        "org.webrtc4j.smoke.ice4j/" + ICE4J_MAIN))
                .containsExactly("echo heard", "part org.webrtc4j.ice4j");
    }

    @Test
    void theSameProgramWithAgentsOfIce4jRunsOnTheClassPath() throws IOException, InterruptedException {
        compile(false, "smoke-ice4j", withIce4j());

        assertThat(run("-cp", path(Stream.concat(Stream.of(folder), withIce4j())), ICE4J_MAIN))
                .containsExactly("echo heard", "part null");
    }

    /** The adapter, as a jar or as a folder of classes. */
    private static boolean isAdapter(Path entry) {
        return entry.startsWith(SourceTree.root().resolve("providers/ice4j"))
                || entry.getFileName().toString().startsWith("webrtc4j-ice4j");
    }

    private static Stream<Path> withIce4j() {
        Stream<Path> more = PublicTypes.classPath().stream().filter(entry -> {
            String name = entry.getFileName().toString();
            return isAdapter(entry)
                    || Stream.of("ice4j-", "jitsi-utils", "jitsi-metaconfig", "jicoco-config", "config-", "kotlin-")
                            .anyMatch(name::startsWith);
        });
        return Stream.concat(dependencies(), more);
    }

    private void compile(boolean asModule, String program, Stream<Path> dependencies) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", folder.toString()));
        arguments.addAll(List.of(asModule ? "-p" : "-cp", path(dependencies)));
        Path sources =
                SourceTree.root().resolve("testing/architecture/src/test").resolve(program);
        for (Path file : SourceTree.files(sources, ".java")) {
            if (asModule || !file.endsWith("module-info.java")) {
                arguments.add(file.toString());
            }
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("exit code of the compiler").isZero();
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-ea"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(GIVE_UP_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as("ended; printed %s", text).isTrue();
            assertThat(process.exitValue()).as(text).isZero();
            return text.lines()
                    .filter(line -> Stream.of("echo ", "part ", "provider ").anyMatch(line::startsWith))
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The published modules and what they bring to a user; nothing of the tests. */
    private static Stream<Path> dependencies() {
        Stream<Path> ours = PublicTypes.modules().stream()
                .map(module -> Path.of(module.location().orElseThrow()));
        Stream<Path> libraries = PublicTypes.classPath().stream().filter(entry -> {
            String name = entry.getFileName().toString();
            return Stream.of("netty-", "bcprov-", "bcutil-", "bcpkix-", "bctls-", "slf4j-api-", "jspecify-")
                    .anyMatch(name::startsWith);
        });
        return Stream.concat(ours, libraries);
    }

    private static String path(Stream<Path> entries) {
        return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
