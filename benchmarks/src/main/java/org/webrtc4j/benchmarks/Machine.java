package org.webrtc4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The facts of the machine beside which figures are read. */
final class Machine {

    private Machine() {}

    static void print() {
        System.out.printf(
                "%s %s, Java %s (%s), %d processors, %d MiB heap at most%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        try {
            Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .ifPresent(System.out::println);
        } catch (IOException e) {
            // Not Linux: the line above has to do.
        }
    }
}
