package org.webrtc4j.samples.peer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;

/** Newline-delimited JSON: whole lines out from any thread, one object at a time in. */
final class JsonLines {

    private final BufferedReader in;
    private final Consumer<String> out;
    private boolean stopped;

    JsonLines(BufferedReader in, Consumer<String> out) {
        this.in = in;
        this.out = out;
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
            out.accept(line);
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
