package org.webrtc4j.sctp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One association on a pipe, with everything it said. */
final class Peer implements SctpSink {

    final SctpAssociation association;
    final List<SctpEvent> events = new ArrayList<>();
    final List<SctpEvent.Message> messages = new ArrayList<>();
    private final Map<Integer, ByteArrayOutputStream> read = new HashMap<>();
    boolean consume = true;
    private final Pipe pipe;
    private final int side;

    Peer(Pipe pipe, int side, SctpOptions options) {
        this.pipe = pipe;
        this.side = side;
        association = new SctpAssociation(options, this, new Random(pipe.random.nextLong()));
    }

    static Peer[] pair(Pipe pipe, SctpOptions a, SctpOptions b) {
        Peer[] peers = {new Peer(pipe, 0, a), new Peer(pipe, 1, b)};
        pipe.join(peers[0].association, peers[1].association);
        return peers;
    }

    static Peer[] pair(Pipe pipe) {
        return pair(pipe, SctpOptions.defaults(), SctpOptions.defaults());
    }

    /** Two that are connected. */
    static Peer[] connected(Pipe pipe, SctpOptions options) {
        Peer[] peers = pair(pipe, options, options);
        peers[0].association.connect(pipe.nowNanos);
        peers[1].association.connect(pipe.nowNanos);
        if (!pipe.runUntil(() -> peers[0].isEstablished() && peers[1].isEstablished(), 120_000_000_000L)) {
            throw new AssertionError("not connected");
        }
        return peers;
    }

    boolean isEstablished() {
        return association.state() == SctpState.ESTABLISHED;
    }

    SendStatus send(int stream, byte[] payload) {
        return send(stream, payload, SendOptions.ORDERED);
    }

    SendStatus send(int stream, byte[] payload, SendOptions options) {
        return association.send(stream, 53, payload, options, pipe.nowNanos);
    }

    @Override
    public void onEvent(SctpEvent event) {
        if (event instanceof SctpEvent.MessagePart part) {
            read(part.streamId(), part.payload());
            association.consumed(part.streamId(), part.payload().length, pipe.nowNanos);
        } else if (event instanceof SctpEvent.Message message) {
            messages.add(message);
            read(message.streamId(), message.payload());
            if (consume) {
                association.consumed(message.streamId(), message.payload().length, pipe.nowNanos);
            }
        } else {
            events.add(event);
        }
    }

    private void read(int stream, byte[] payload) {
        read.computeIfAbsent(stream, s -> new ByteArrayOutputStream()).writeBytes(payload);
    }

    /** All bytes of all messages and parts of a stream, in the order of their coming. */
    byte[] bytes(int stream) {
        return read.getOrDefault(stream, new ByteArrayOutputStream()).toByteArray();
    }

    <T extends SctpEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void transmit(ByteBuffer packet) {
        pipe.send(side, packet);
    }
}
