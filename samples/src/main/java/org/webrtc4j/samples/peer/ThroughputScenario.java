package org.webrtc4j.samples.peer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.MessageEvent;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;

/** The offerer fills the channel for some seconds; the answerer counts from its first to its last message. */
final class ThroughputScenario implements Scenario {

    private final PeerConfig config;
    private final PeerConnections connections;
    private final JsonLines lines;

    ThroughputScenario(PeerConfig config, PeerConnections connections, JsonLines lines) {
        this.config = config;
        this.connections = connections;
        this.lines = lines;
    }

    @Override
    public void start() throws InterruptedException {
        RTCDataChannel channel = connections.offer(0);
        Semaphore low = new Semaphore(0);
        channel.bufferedAmountLowThreshold(config.lowWater);
        channel.onBufferedAmountLow(event -> low.release());
        if (!PeerConnections.awaitOpen(channel)) {
            lines.error("the channel did not open");
            return;
        }
        lines.event(0, "tstart");
        byte[] load = new byte[config.size];
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.seconds);
        while (System.nanoTime() - end < 0 && channel.readyState() == RTCDataChannelState.OPEN) {
            if (channel.bufferedAmount() < config.highWater) {
                channel.send(load);
            } else {
                // The deadline covers an event that fired before the amount was read.
                low.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
        }
        lines.event(0, "tend");
        channel.send("END");
        lines.event(0, "sent");
    }

    @Override
    public void onChannel(int id, RTCDataChannel channel) {
        channel.onMessage(new Receiver(id)::onMessage);
    }

    private final class Receiver {

        private final int id;
        private final List<Long> buckets = new ArrayList<>();
        private long messages;
        private long bytes;
        private long first;
        private long last;

        Receiver(int id) {
            this.id = id;
        }

        void onMessage(MessageEvent event) {
            if (event.isText()) {
                report();
                return;
            }
            last = System.nanoTime();
            if (messages++ == 0) {
                first = last;
            }
            int size = event.bytes().length;
            bytes += size;
            int second = (int) ((last - first) / 1_000_000_000L);
            while (buckets.size() <= second) {
                buckets.add(0L);
            }
            buckets.set(second, buckets.get(second) + size);
        }

        private void report() {
            double millis = (last - first) / 1e6;
            JsonObject result = JsonLines.eventObject(id, "result");
            result.addProperty("bytes", bytes);
            result.addProperty("msgs", messages);
            result.addProperty("ms", millis);
            result.addProperty("mbps", millis == 0 ? 0 : bytes / 1e3 / millis);
            JsonArray perSecond = new JsonArray();
            buckets.forEach(perSecond::add);
            result.add("buckets", perSecond);
            lines.write(result);
        }
    }
}
