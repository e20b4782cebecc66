package org.webrtc4j.benchmarks.records;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code records [ROUNDS]}: ours beside Bouncy Castle's, a process of each in turn, so that what disturbs one disturbs all. */
public final class RecordsCommand {

    private static final List<String> IMPLEMENTATIONS = List.of("webrtc4j", "bouncy-castle+jdk", "bouncy-castle");
    private static final int CONTENT_BYTES = 1_200;
    private static final List<String> TIMES = List.of("1000", "3000", "100", "20");

    private RecordsCommand() {}

    /**
     * Measures and prints a line for each implementation.
     *
     * @param rounds processes of each
     * @throws IOException when one fails
     */
    public static void run(int rounds) throws IOException {
        print(run(rounds, TIMES));
    }

    static Map<String, RecordFigures> run(int rounds, List<String> times) throws IOException {
        Map<String, RecordFigures> all = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : IMPLEMENTATIONS) {
                all.merge(name, measure(name, times), RecordFigures::least);
            }
        }
        return all;
    }

    private static RecordFigures measure(String name, List<String> times) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-Xmx256m", "-cp", System.getProperty("java.class.path"), RecordsPeer.class.getName(), name);
        builder.command().add(String.valueOf(CONTENT_BYTES));
        builder.command().addAll(times);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException(name + " has ended");
            }
            return new Gson().fromJson(line, RecordFigures.class);
        } finally {
            process.destroy();
        }
    }

    private static void print(Map<String, RecordFigures> all) {
        System.out.printf(
                "%nDTLS 1.2 records of %,d bytes with AES-128-GCM: ns of CPU a record, the least of all rounds, and bytes"
                        + " allocated for it, the JDK's and the library's included%n"
                        + "%-20s %10s %10s %12s %12s %16s %16s%n",
                CONTENT_BYTES, "", "made", "opened", "B made", "B opened", "1st s: made", "1st s: opened");
        all.forEach((name, figures) -> System.out.printf(
                "%-20s %10.0f %10.0f %,12d %,12d %,16.0f %,16.0f%n",
                name,
                figures.sealNanos(),
                figures.openNanos(),
                figures.sealBytes(),
                figures.openBytes(),
                figures.firstSealNanos(),
                figures.firstOpenNanos()));
    }
}
