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

/** usrsctp as a program: SCTP over UDP without DTLS. */
final class UsrsctpPeer implements AutoCloseable {

    private final Process process;
    private final Writer input;
    private final LinkedBlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private final InetSocketAddress local;

    UsrsctpPeer(JsonObject config) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(BuiltPeers.command("usrsctp-peer"));
        command.add(config.toString());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "usrsctp output");
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

    JsonObject await(String event, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            JsonObject next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("usrsctp did not say " + event + " within " + seconds + " s");
            }
            if (next.get("event").getAsString().equals(event)) {
                return next;
            }
        }
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
