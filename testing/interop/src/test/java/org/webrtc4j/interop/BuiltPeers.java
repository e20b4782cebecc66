package org.webrtc4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The programs of other stacks, built once for each run as far as this machine has their tools. */
final class BuiltPeers {

    private static final int BUILD_MINUTES = 8;
    private static final Path FOLDER = Path.of("target", "peers");
    private static boolean built;

    private BuiltPeers() {}

    /** The command line of a peer; skips the test, loudly, where it could not be built. */
    static synchronized List<String> command(String peer) throws IOException, InterruptedException {
        if (!built) {
            Path log = Files.createTempFile("peers-build", ".log");
            Process build = new ProcessBuilder("sh", Path.of("peers", "build").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            if (!build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || build.exitValue() != 0) {
                build.destroyForcibly();
                throw new AssertionError("Building the peers failed: " + Files.readString(log));
            }
            System.out.print(Files.readString(log));
            Files.delete(log);
            built = true;
        }
        Path program = FOLDER.resolve(peer).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            System.out.println("SKIPPED: " + peer + " is not built on this machine");
            Assumptions.abort(peer + " is not built on this machine");
        }
        return List.of(program.toString());
    }
}
