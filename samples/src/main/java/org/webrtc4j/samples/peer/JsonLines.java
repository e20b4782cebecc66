package org.webrtc4j.samples.peer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Newline-delimited JSON: whole lines out from any thread, one object at a time in. */
final class JsonLines {

    private final BufferedReader in;
    private final PrintStream out;
    private boolean stopped;

    /**
     * Takes two streams in UTF-8; each line is flushed.
     *
     * @param input where lines come from
     * @param output where they go
     */
    JsonLines(InputStream input, OutputStream output) {
        in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        out = new PrintStream(output, false, StandardCharsets.UTF_8);
    }

    /** Ends reading; called by the handler. */
    void stop() {
        stopped = true;
    }

    /** Reads until the input ends or the handler stops it. A line that is not an object is reported and skipped. */
    void read(Consumer<JsonObject> handler) throws IOException {
        for (String line = in.readLine(); line != null && !stopped; line = stopped ? null : in.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                handler.accept(JsonParser.parseString(line).getAsJsonObject());
            } catch (JsonParseException | IllegalStateException | NullPointerException e) {
                error("not understood: " + line);
            }
        }
    }

    void write(JsonElement json) {
        String line = json.toString();
        synchronized (this) {
            out.println(line);
            out.flush();
        }
    }

    void event(int id, String name) {
        write(eventObject(id, name));
    }

    void error(String message) {
        JsonObject event = eventObject(0, "error");
        event.addProperty("message", message);
        write(event);
    }

    static JsonObject eventObject(int id, String name) {
        JsonObject event = new JsonObject();
        event.addProperty("type", "event");
        event.addProperty("id", id);
        event.addProperty("name", name);
        return event;
    }

    static JsonObject message(String type, int id) {
        JsonObject message = new JsonObject();
        message.addProperty("type", type);
        message.addProperty("id", id);
        return message;
    }
}
