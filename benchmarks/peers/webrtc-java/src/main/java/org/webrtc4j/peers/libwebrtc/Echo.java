package org.webrtc4j.peers.libwebrtc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The offerer sends messages of given sizes, one in flight; the answerer sends each one back. */
final class Echo implements Scenario {

    /** When a message that has not come back counts as lost. */
    private static final long TIMEOUT_SECONDS = 10;

    private record Message(ByteBuffer data, boolean isText) {}

    private record Row(int size, String kind, boolean ok, int n, int fail, boolean skipped, double rttMs) {}

    private final LibwebrtcPeer peer;
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();

    Echo(LibwebrtcPeer peer) {
        this.peer = peer;
    }

    @Override
    public void begin() {
        peer.dial(0);
    }

    @Override
    public void opened(Channel channel) throws Exception {
        if (!peer.config().isOfferer()) {
            reflect(channel);
            return;
        }
        List<Row> rows = new ArrayList<>();
        for (int size : peer.config().sizes) {
            rows.add(trySize(channel, size, false));
            rows.add(trySize(channel, size, true));
        }
        int bad = rows.stream().mapToInt(Row::fail).sum();
        peer.output().event(channel.connection().id(), "result", Map.of("ok", bad == 0, "bad", bad, "rows", rows));
    }

    /** Messages that came before the channel was told to be open wait in the queue too. */
    private void reflect(Channel channel) throws Exception {
        while (true) {
            Message message = received.take();
            channel.send(message.data(), message.isText());
        }
    }

    @Override
    public void received(Channel channel, byte[] data, boolean isText) {
        received.add(new Message(ByteBuffer.wrap(data), isText));
    }

    private Row trySize(Channel channel, int size, boolean isText) throws Exception {
        String kind = isText ? "text" : "binary";
        if (size > channel.connection().remoteMaxMessageSize()) {
            return new Row(size, kind, true, 0, 0, true, 0);
        }
        byte[] payload = isText ? Payload.text(size) : Payload.binary(size);
        int rounds = peer.config().rounds;
        int fail = 0;
        long nanos = 0;
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            if (comesBack(channel, payload, isText)) {
                nanos += System.nanoTime() - start;
            } else {
                fail++;
            }
        }
        double rttMs = nanos / 1e6 / Math.max(1, rounds - fail);
        return new Row(size, kind, fail == 0, rounds, fail, false, rttMs);
    }

    private boolean comesBack(Channel channel, byte[] payload, boolean isText) throws Exception {
        received.clear(); // late replies to rounds that were given up
        Message message = new Message(ByteBuffer.wrap(payload), isText);
        channel.send(message.data(), isText);
        return message.equals(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }
}
