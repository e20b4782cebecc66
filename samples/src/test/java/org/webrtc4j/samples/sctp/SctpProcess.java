package org.webrtc4j.samples.sctp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The command as a process would be, in this one: lines in, events out, an exit status. */
final class SctpProcess implements AutoCloseable {

    private static final int SECONDS = 20;

    private final PipedOutputStream input = new PipedOutputStream();
    private final LinkedBlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private String local = "";

    SctpProcess(String config) throws IOException {
        PipedInputStream lines = new PipedInputStream(input, 1 << 20);
        PipedInputStream said = new PipedInputStream(1 << 20);
        PrintStream output = new PrintStream(new PipedOutputStream(said), false, StandardCharsets.UTF_8);
        start("sctp", () -> {
            try (output) {
                status.complete(SctpCommand.run(config, lines, output));
            } catch (IOException | InterruptedException | RuntimeException e) {
                status.completeExceptionally(e);
            }
        });
        start("sctp output", () -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    events.add(JsonParser.parseString(line).getAsJsonObject());
                }
            } catch (IOException e) {
                // Whoever waits for an event hears of that by the deadline.
            }
        });
    }

    private static void start(String name, Runnable run) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A listener on a free port of loopback, ready. */
    static SctpProcess listener(String more) throws IOException, InterruptedException {
        SctpProcess process = new SctpProcess("{\"mode\":\"listen\",\"local\":\"127.0.0.1:0\"" + more + "}");
        process.ready();
        return process;
    }

    /** Somebody who will connect to it, ready. */
    static SctpProcess connector(SctpProcess to, String more) throws IOException, InterruptedException {
        SctpProcess process =
                new SctpProcess("{\"mode\":\"connect\",\"remote\":\"" + to.local + "\",\"future\":1" + more + "}");
        process.ready();
        return process;
    }

    void ready() throws InterruptedException {
        local = await("ready").get("local").getAsString();
    }

    String local() {
        return local;
    }

    void command(String json) throws IOException {
        input.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** The next event, whatever it is. */
    JsonObject next() throws InterruptedException {
        JsonObject event = events.poll(SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing was said for " + SECONDS + " s");
        }
        return event;
    }

    /** The next event of a name; others before it are passed over, errors are a failure. */
    JsonObject await(String name) throws InterruptedException {
        while (true) {
            JsonObject event = next();
            String said = event.get("event").getAsString();
            if (said.equals(name)) {
                return event;
            }
            if (said.equals("error")) {
                throw new AssertionError(event.toString());
            }
        }
    }

    int exitStatus() throws Exception {
        return status.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
