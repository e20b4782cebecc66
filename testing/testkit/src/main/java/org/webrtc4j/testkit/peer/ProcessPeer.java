package org.webrtc4j.testkit.peer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer that is a program: JSON lines over its standard input and output. Ends with the test that started it. */
public final class ProcessPeer extends Peer {

    private final Process process;
    private final Writer input;

    /**
     * Starts the program.
     *
     * @param name how failures call it
     * @param command the program and its arguments, without the configuration
     * @param config the configuration, given as the last argument
     * @throws IOException when the program cannot be started
     */
    public ProcessPeer(String name, List<String> command, JsonObject config) throws IOException {
        super(name);
        List<String> line = new ArrayList<>(command);
        line.add(config.toString());
        process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, name + " output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts our own peer in a process of its own, from the class path of this one.
     *
     * @param config the configuration
     * @return the peer
     * @throws IOException when it cannot be started
     */
    public static ProcessPeer webrtc4j(JsonObject config) throws IOException {
        return new ProcessPeer("webrtc4j", webrtc4jCommand(), config);
    }

    /**
     * Returns the command line of our own peer, from the class path of this process.
     *
     * @return the program and its arguments, without the configuration
     */
    public static List<String> webrtc4jCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.webrtc4j.samples.Samples",
                "peer");
    }

    /**
     * Returns the process, for what it costs.
     *
     * @return its handle
     */
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void send(JsonObject line) {
        try {
            synchronized (input) {
                input.write(line + "\n");
                input.flush();
            }
        } catch (IOException e) {
            // The process has ended; what waits for it hears of that.
            ended("standard input is closed");
        }
    }

    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said(JsonParser.parseString(line).getAsJsonObject());
            }
            ended("the process ended");
        } catch (JsonParseException | IllegalStateException e) {
            ended("it said something that is no JSON object: " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            ended("standard output is closed");
        }
    }
}
