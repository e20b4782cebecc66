package org.webrtc4j.peers.libwebrtc;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines this program says; any thread may say one. */
final class Output {
    private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    private final PrintStream stream;

    Output(PrintStream stream) {
        this.stream = stream;
    }

    void line(String type, int id, Map<String, ?> fields) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        line.put("id", id);
        line.putAll(fields);
        String text = gson.toJson(line);
        synchronized (stream) {
            stream.println(text);
            stream.flush();
        }
    }

    void event(int id, String name, Map<String, ?> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", name);
        all.putAll(fields);
        line("event", id, all);
    }

    void event(int id, String name) {
        event(id, name, Map.of());
    }

    void log(int id, String message) {
        event(id, "log", Map.of("message", message));
    }

    void error(int id, String message) {
        event(id, "error", Map.of("message", message));
    }

    void error(int id, Throwable problem) {
        error(id, problem.toString());
    }
}
