package org.webrtc4j.samples.peer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCDataChannel;

/** Connections one after the other; the clock runs from before the constructor to the channel's open event. */
final class TimeToConnectScenario implements Scenario {

    private final PeerConfig config;
    private final PeerConnections connections;
    private final JsonLines lines;

    TimeToConnectScenario(PeerConfig config, PeerConnections connections, JsonLines lines) {
        this.config = config;
        this.connections = connections;
        this.lines = lines;
    }

    @Override
    public void start() throws InterruptedException {
        JsonObject result = JsonLines.eventObject(0, "result");
        JsonArray times = new JsonArray();
        for (int id = 0; id <= config.rounds; id++) {
            long began = System.nanoTime();
            RTCDataChannel channel = connections.offer(id);
            if (!PeerConnections.awaitOpen(channel)) {
                lines.error("connection " + id + " did not open");
                return;
            }
            double millis = (System.nanoTime() - began) / 1e6;
            if (id == 0) {
                result.addProperty("first", millis);
            } else {
                times.add(millis);
            }
            connections.bye(id);
            TimeUnit.MILLISECONDS.sleep(config.gapMillis);
        }
        result.add("times", times);
        lines.write(result);
    }

    @Override
    public void onChannel(int id, RTCDataChannel channel) {
        // Being open is all that is asked for.
    }
}
