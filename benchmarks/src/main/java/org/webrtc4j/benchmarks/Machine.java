package org.webrtc4j.benchmarks;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The facts of the machine beside which figures are read. */
public final class Machine {

    private Machine() {}

    static void print() {
        System.out.println(line());
    }

    /**
     * Returns the facts as one line.
     *
     * @return system, Java, processors and heap
     */
    public static String line() {
        return String.format(
                "%s %s, Java %s (%s), %d processors, %d MiB heap at most%s",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                processor().isEmpty() ? "" : ", " + processor());
    }

    /**
     * Returns the facts as an object.
     *
     * @return the same as {@link #line}, apart
     */
    public static JsonObject facts() {
        JsonObject facts = new JsonObject();
        facts.addProperty("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.addProperty("java", System.getProperty("java.version"));
        facts.addProperty("vendor", System.getProperty("java.vendor"));
        facts.addProperty("processors", Runtime.getRuntime().availableProcessors());
        facts.addProperty("processor", processor());
        facts.addProperty("maxHeapBytes", Runtime.getRuntime().maxMemory());
        return facts;
    }

    /**
     * Returns how much else the machine does.
     *
     * @return the system's load of the last minute
     */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /**
     * Writes a report.
     *
     * @param report the whole of it
     * @param file where it goes; its folder is made
     * @return the file
     * @throws IOException when it cannot be written
     */
    public static Path write(JsonObject report, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeSpecialFloatingPointValues()
                        .create()
                        .toJson(report));
        return file;
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }
}
