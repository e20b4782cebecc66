package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** SCTP of another stack as a program, over UDP without DTLS. */
final class SctpProgram implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Writer input;
    private final LinkedBlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private final List<JsonObject> others = new ArrayList<>();
    private final InetSocketAddress local;

    /** Starts the program and waits until it is ready. */
    SctpProgram(String name, JsonObject config) throws IOException, InterruptedException {
        this.name = name;
        List<String> command = new ArrayList<>(BuiltPeers.command(name));
        command.add(config.toString());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, name + " output");
        reader.setDaemon(true);
        reader.start();
        String address = await("ready", 20).get("local").getAsString();
        local = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    InetSocketAddress local() {
        return local;
    }

    void command(String json) throws IOException {
        input.write(json + "\n");
        input.flush();
    }

    /** The first event of a name that has not been asked for; the others are kept, as the order differs between stacks. */
    JsonObject await(String event, int seconds) throws InterruptedException {
        for (JsonObject one : others) {
            if (named(one, event)) {
                others.remove(one);
                return one;
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            JsonObject next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError(name + " did not say " + event + " within " + seconds + " s, but " + others);
            }
            if (named(next, event)) {
                return next;
            }
            if (named(next, "error")) {
                throw new AssertionError(name + " says " + next);
            }
            others.add(next);
        }
    }

    private static boolean named(JsonObject said, String event) {
        return said.get("event").getAsString().equals(event);
    }

    /** Ends it as a crash would: nothing more is sent. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                events.add(JsonParser.parseString(line).getAsJsonObject());
            }
        } catch (IOException e) {
            // The process was ended; whoever waits for an event hears of that by the deadline.
        }
    }
}
