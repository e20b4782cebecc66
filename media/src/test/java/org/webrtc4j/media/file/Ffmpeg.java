package org.webrtc4j.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The ffmpeg of this machine as a second opinion; tests that need it are skipped loudly where it is missing. */
final class Ffmpeg implements BeforeAllCallback {

    private static final int LIMIT_SECONDS = 60;

    @Override
    public void beforeAll(ExtensionContext context) {
        boolean there = isThere("ffmpeg") && isThere("ffprobe");
        if (!there) {
            assertThat(System.getenv("CI")).as("ffmpeg belongs to this machine").isNull();
            System.out.println("SKIPPED: no ffmpeg on this machine");
            Assumptions.abort("no ffmpeg on this machine");
        }
    }

    private static boolean isThere(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** Makes a file; the arguments are split at spaces. */
    static Path make(Path file, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
        command.addAll(List.of(arguments.split(" ", -1)));
        command.add(file.toString());
        assertThat(run(command)).isEmpty();
        return file;
    }

    /** Decodes everything and fails when there is anything to complain of. */
    static void decode(Path file) throws IOException, InterruptedException {
        assertThat(run(List.of("ffmpeg", "-v", "error", "-xerror", "-i", file.toString(), "-f", "null", "-")))
                .as("what ffmpeg says of %s", file)
                .isEmpty();
    }

    /** The digest of each decoded picture of the first video track. */
    static List<String> pictures(Path file) throws IOException, InterruptedException {
        return run(List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v:0",
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "framemd5",
                        "-"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    /** What ffprobe shows of a stream, such as codec_name or nb_read_packets; of the whole file by "format". */
    static String probe(Path file, String stream, String entry) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "csv=p=0"));
        if (stream.equals("format")) {
            command.addAll(List.of("-show_entries", "format=" + entry));
        } else {
            command.addAll(List.of("-count_packets", "-count_frames", "-select_streams", stream));
            command.addAll(List.of("-show_entries", "stream=" + entry));
        }
        command.add(file.toString());
        return run(command).strip().replace(",", "");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
