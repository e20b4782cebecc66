package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.testkit.VirtualTime;

/** Numbered messages that flow both ways over one reliable channel, at a steady pace, and how long nothing arrived. */
final class NumberedTraffic {

    private static final Duration PACE = Duration.ofMillis(10);

    private final SimulatedPeers peers;
    private final VirtualTime time;
    private final Way toAnswerer = new Way();
    private final Way toOfferer = new Way();
    private boolean flowing;

    /** One direction: numbers count up from 0. */
    private final class Way {

        long sent;
        long received;
        long lastArrivalNanos;
        long gapNanos;

        void send(RTCDataChannel channel) {
            channel.send(Long.toString(sent++));
        }

        void take(String message) {
            // One comparison tells loss, doubles and disorder.
            assertThat(message).isEqualTo(Long.toString(received));
            received++;
            long now = time.nanoTime();
            gapNanos = Math.max(gapNanos, now - lastArrivalNanos);
            lastArrivalNanos = now;
        }

        void forgetGap() {
            gapNanos = 0;
        }
    }

    NumberedTraffic(SimulatedPeers peers) {
        this.peers = peers;
        time = peers.simulation.time();
    }

    /** Connects and begins to flow. */
    void begin(Duration limit) {
        RTCDataChannel near = peers.offerer.createDataChannel("numbers");
        near.onMessage(message -> toOfferer.take(message.text()));
        RTCDataChannel[] far = new RTCDataChannel[1];
        peers.answerer.onDataChannel(event -> {
            far[0] = event.channel().onMessage(message -> toAnswerer.take(message.text()));
        });
        peers.negotiate();
        time.runUntil(
                () -> near.readyState() == RTCDataChannelState.OPEN
                        && far[0] != null
                        && far[0].readyState() == RTCDataChannelState.OPEN,
                limit);
        flowing = true;
        toAnswerer.lastArrivalNanos = time.nanoTime();
        toOfferer.lastArrivalNanos = time.nanoTime();
        pump(near, far[0]);
    }

    private void pump(RTCDataChannel near, RTCDataChannel far) {
        if (flowing) {
            toAnswerer.send(near);
            toOfferer.send(far);
            time.after(PACE, () -> pump(near, far));
        }
    }

    void forgetGaps() {
        toAnswerer.forgetGap();
        toOfferer.forgetGap();
    }

    /** The longest time between two arrivals, of the worse direction. */
    long gapMillis() {
        return Math.max(toAnswerer.gapNanos, toOfferer.gapNanos) / 1_000_000;
    }

    long received() {
        return toAnswerer.received + toOfferer.received;
    }

    /** Stops, and waits until everything sent has arrived. */
    void end(Duration limit) {
        flowing = false;
        if (!time.reaches(
                () -> toAnswerer.received == toAnswerer.sent && toOfferer.received == toOfferer.sent, limit)) {
            throw new AssertionError("messages are missing: " + peers.describe());
        }
        time.runFor(Duration.ofSeconds(5)); // a double would come now
        assertThat(toAnswerer.received).isEqualTo(toAnswerer.sent);
        assertThat(toOfferer.received).isEqualTo(toOfferer.sent);
    }
}
