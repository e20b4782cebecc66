package org.webrtc4j.benchmarks.usrsctp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One SCTP association as a process: commands in, events out, each a JSON object on a line. */
final class SctpProgram implements AutoCloseable {

    private static final int END_SECONDS = 5;

    private final String name;
    private final Process process;
    private final Writer input;
    private final LinkedBlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();

    SctpProgram(SctpStack stack, JsonObject config) throws IOException {
        name = stack.name() + " (" + config.get("mode").getAsString() + ")";
        List<String> line = new ArrayList<>(stack.command());
        line.add(config.toString());
        process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, name + " output");
        reader.setDaemon(true);
        reader.start();
    }

    void command(JsonObject command) throws IOException {
        input.write(command + "\n");
        input.flush();
    }

    void command(String name) throws IOException {
        JsonObject command = new JsonObject();
        command.addProperty("cmd", name);
        command(command);
    }

    /** Waits for an event, passing over others. */
    JsonObject await(String event, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            JsonObject next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new IllegalStateException(name + " did not say " + event + " within " + seconds + " s");
            }
            String said = next.get("event").getAsString();
            if (said.equals(event)) {
                return next;
            }
            if (said.equals("error") || said.equals("closed")) {
                throw new IllegalStateException(name + " said " + next);
            }
        }
    }

    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            command("quit");
            input.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly(); // it has ended, or does not listen any more
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        String why = "the process ended";
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                events.add(JsonParser.parseString(line).getAsJsonObject());
            }
        } catch (IOException | JsonParseException | IllegalStateException e) {
            why = e.toString();
        }
        JsonObject ended = new JsonObject();
        ended.addProperty("event", "error");
        ended.addProperty("message", why);
        events.add(ended);
    }
}
