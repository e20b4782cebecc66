package org.webrtc4j.peers.libwebrtc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The offerer sends for some seconds; the answerer counts. */
final class Throughput implements Scenario {

    /** The text that follows the last binary message. */
    private static final String END = "END";

    private final LibwebrtcPeer peer;

    /** The answerer's; only libwebrtc's one thread of messages uses it. */
    private final Meter meter = new Meter();

    private boolean isReported;

    Throughput(LibwebrtcPeer peer) {
        this.peer = peer;
    }

    @Override
    public void begin() {
        peer.dial(0);
    }

    @Override
    public void opened(Channel channel) throws Exception {
        if (peer.config().isOfferer()) {
            pump(channel);
        }
    }

    private void pump(Channel channel) throws Exception {
        int id = channel.connection().id();
        int size = peer.config().size;
        // A direct buffer is handed to libwebrtc without a copy in between.
        ByteBuffer payload =
                ByteBuffer.allocateDirect(size).put(Payload.binary(size)).flip();
        long duration = (long) (peer.config().seconds * 1e9);
        long msgs = 0;
        peer.output().event(id, "tstart");
        for (long start = System.nanoTime(); System.nanoTime() - start < duration; msgs++) {
            channel.send(payload, false);
        }
        peer.output().event(id, "tend");
        // On an unordered or unreliable channel the mark would overtake what is still queued.
        channel.drain();
        channel.send(ByteBuffer.wrap(END.getBytes(StandardCharsets.UTF_8)), true);
        peer.output().event(id, "sent", Map.of("bytes", msgs * size, "msgs", msgs));
    }

    @Override
    public void received(Channel channel, byte[] data, boolean isText) {
        if (!isText) {
            if (meter.isEmpty()) {
                peer.output().event(channel.connection().id(), "tstart");
            }
            meter.add(data.length, System.nanoTime());
        } else if (new String(data, StandardCharsets.UTF_8).equals(END)) {
            report(channel);
        }
    }

    /** The mark itself may be lost on an unreliable channel. */
    @Override
    public void closed(Channel channel) {
        report(channel);
    }

    private void report(Channel channel) {
        if (isReported || peer.config().isOfferer()) {
            return;
        }
        isReported = true;
        peer.output().event(channel.connection().id(), "tend");
        peer.output().event(channel.connection().id(), "result", meter.result());
    }
}
