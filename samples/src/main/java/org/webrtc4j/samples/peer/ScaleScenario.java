package org.webrtc4j.samples.peer;

import com.google.gson.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import org.webrtc4j.EventType;
import org.webrtc4j.RTCDataChannel;

/** Many connections at once, each with a channel; they stay open until the peer is told to quit. */
final class ScaleScenario implements Scenario {

    private final PeerConfig config;
    private final PeerConnections connections;
    private final JsonLines lines;
    private final AtomicInteger open = new AtomicInteger();
    private volatile long began;

    ScaleScenario(PeerConfig config, PeerConnections connections, JsonLines lines) {
        this.config = config;
        this.connections = connections;
        this.lines = lines;
    }

    @Override
    public void start() {
        began = System.nanoTime();
        for (int id = 0; id < config.connections; id++) {
            connections.offer(id).addEventListener(EventType.OPEN, event -> opened());
        }
    }

    @Override
    public void onChannel(int id, RTCDataChannel channel) {
        if (began == 0) {
            began = System.nanoTime();
        }
        channel.addEventListener(EventType.OPEN, event -> opened());
    }

    private void opened() {
        if (open.incrementAndGet() == config.connections) {
            JsonObject event = JsonLines.eventObject(0, "allopen");
            event.addProperty("n", config.connections);
            event.addProperty("ms", (System.nanoTime() - began) / 1e6);
            lines.write(event);
        }
    }
}
