package org.webrtc4j.peers.libwebrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connections one after the other, each timed from its constructor to its open channel. */
final class TimeToConnect implements Scenario {

    private static final long TIMEOUT_SECONDS = 30;

    private final LibwebrtcPeer peer;
    private final BlockingQueue<Channel> opened = new LinkedBlockingQueue<>();

    TimeToConnect(LibwebrtcPeer peer) {
        this.peer = peer;
    }

    @Override
    public void begin() throws Exception {
        double first = connect(0);
        List<Double> times = new ArrayList<>();
        for (int id = 1; id <= peer.config().rounds; id++) {
            Thread.sleep(peer.config().gapMs);
            times.add(connect(id));
        }
        peer.output().event(0, "result", Map.of("first", first, "times", times));
    }

    private double connect(int id) throws InterruptedException, TimeoutException {
        long start = System.nanoTime();
        peer.dial(id);
        if (opened.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS) == null) {
            throw new TimeoutException("not connected after " + TIMEOUT_SECONDS + " s");
        }
        double ms = (System.nanoTime() - start) / 1e6;
        peer.hangUp(id);
        return ms;
    }

    @Override
    public void opened(Channel channel) {
        opened.add(channel);
    }

    @Override
    public void received(Channel channel, byte[] data, boolean isText) {}
}
