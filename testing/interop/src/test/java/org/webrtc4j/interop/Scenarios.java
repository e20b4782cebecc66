package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.webrtc4j.testkit.peer.Peer;

/** Configurations of peers, and what their results must say. */
final class Scenarios {

    private static final int START_SECONDS = 60;

    private Scenarios() {}

    static JsonObject echo(String role, int... sizes) {
        JsonObject config = config(role, "echo");
        JsonArray list = new JsonArray();
        for (int size : sizes) {
            list.add(size);
        }
        config.add("sizes", list);
        config.addProperty("rounds", 3);
        return config;
    }

    static JsonObject timeToConnect(String role, int rounds) {
        JsonObject config = config(role, "ttc");
        config.addProperty("rounds", rounds);
        config.addProperty("rehearsalSeconds", 0); // it is not the time that counts here
        return config;
    }

    static JsonObject throughput(String role, int seconds) {
        JsonObject config = config(role, "throughput");
        config.addProperty("seconds", seconds);
        return config;
    }

    static JsonObject media(String role, int seconds) {
        JsonObject config = config(role, "media");
        config.addProperty("seconds", seconds);
        return config;
    }

    private static JsonObject config(String role, String scenario) {
        JsonObject config = new JsonObject();
        config.addProperty("role", role);
        config.addProperty("scenario", scenario);
        config.addProperty("bind", "127.0.0.1");
        return config;
    }

    /** Joins two peers, starts the offerer and returns its result. */
    static JsonObject run(Peer offerer, Peer answerer, int seconds) throws InterruptedException {
        Peer.join(offerer, answerer);
        offerer.await("ready", START_SECONDS);
        answerer.await("ready", START_SECONDS);
        offerer.command("start");
        try {
            return offerer.await("result", seconds);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; those of " + answerer + ": " + answerer.lastWords(), e);
        }
    }

    /** Every row of an echo must have compared what it sent, or say that it was too large for the other side. */
    static void assertEchoed(JsonObject result, int... skippedSizes) {
        assertThat(result.get("ok").getAsBoolean()).as("%s", result).isTrue();
        for (JsonElement element : result.getAsJsonArray("rows")) {
            JsonObject row = element.getAsJsonObject();
            boolean mayBeSkipped = java.util.Arrays.stream(skippedSizes)
                    .anyMatch(size -> size == row.get("size").getAsInt());
            assertThat(row.get("skipped").getAsBoolean()).as("%s", row).isEqualTo(mayBeSkipped);
        }
    }
}
