package org.webrtc4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** ffmpeg and GStreamer as programs of the machine. */
final class Programs {

    private static final int SECONDS = 60;

    private Programs() {}

    /** Skips the tests of a class loudly where a program is missing, and fails where CI is set. */
    static void require(String... names) throws Exception {
        for (String name : names) {
            boolean there = false;
            for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
                there |= Files.isExecutable(Path.of(folder, name));
            }
            if (!there) {
                System.out.println("SKIPPED: no " + name + " on this machine");
                if (System.getenv("CI") != null) {
                    throw new AssertionError("no " + name + " on this machine");
                }
                Assumptions.abort("no " + name + " on this machine");
            }
        }
    }

    /** Begins a program in a folder; what it says goes to a file there. */
    static Process start(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
    }

    /** Waits until a program has ended well. */
    static void finish(Path folder, Process process) throws Exception {
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError("It failed: " + Files.readString(folder.resolve("said.txt")));
        }
    }

    static void run(Path folder, List<String> command) throws Exception {
        finish(folder, start(folder, command));
    }

    /** Tells whether somebody listens on a UDP port of IPv4, as Linux tells. */
    static boolean isBound(int port) throws IOException {
        String wanted = String.format(":%04X ", port);
        return Files.readAllLines(Path.of("/proc/net/udp")).stream().anyMatch(line -> line.contains(wanted));
    }

    /** Runs ffmpeg; the arguments are parted by spaces. */
    static void ffmpeg(Path folder, String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments.split(" ", -1)));
        run(folder, command);
    }

    /** Runs a pipeline of GStreamer; its words are parted by spaces. */
    static void gstreamer(Path folder, String pipeline) throws Exception {
        List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q"));
        command.addAll(List.of(pipeline.split(" ", -1)));
        run(folder, command);
    }
}
