package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.testkit.LinkReceiver;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualLink;
import org.webrtc4j.testkit.VirtualLoop;

/** A session at one end of a link, driven in turns. */
public final class MediaPeer implements LinkReceiver, RtpSink {

    public final RtpSession session;
    public final List<RtpEvent> events = new ArrayList<>();
    public Consumer<RtpEvent> onEvent = event -> {};
    private final VirtualLoop loop;
    private final VirtualLink.End end;
    private final LoopTimer timer;
    private final byte[] packet = new byte[RtpPacket.MAX_SIZE + 100];
    public long rtpBytes;
    public long rtcpBytes;
    public long rtcpPackets;

    public MediaPeer(Simulation simulation, String name, VirtualLink.End end, RtpSessionOptions options) {
        loop = simulation.newLoop(name);
        this.end = end;
        timer = loop.newTimer(this::onTimer);
        RandomGenerator random = simulation.newRandom(name);
        session = new RtpSession(options, this, loop.clock(), random);
        end.connect(loop, this);
    }

    public long now() {
        return loop.clock().nanoTime();
    }

    /** Calls of the owner, and the end of the turn. */
    public void turn(LongConsumer calls) {
        loop.run(() -> {
            calls.accept(now());
            onBatchEnd(now());
        });
    }

    @Override
    public void onPacket(ByteBuffer buffer, long nowNanos) {
        if (RtpPacket.isRtcp(buffer)) {
            session.handleRtcp(buffer, nowNanos);
        } else {
            session.handlePacket(buffer, nowNanos);
        }
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        session.handleBatchEnd(nowNanos);
        timer.arm(session.nextTimeout());
        for (RtpEvent event : List.copyOf(events)) {
            onEvent.accept(event);
        }
        events.clear();
        session.handleBatchEnd(nowNanos);
        timer.arm(session.nextTimeout());
    }

    private void onTimer() {
        session.handleTimeout(now());
        onBatchEnd(now());
    }

    @Override
    public void transmitRtp(ByteBuffer header, ByteBuffer payload) {
        int size = header.remaining() + payload.remaining();
        int length = header.remaining();
        header.duplicate().get(packet, 0, length);
        payload.duplicate().get(packet, length, payload.remaining());
        rtpBytes += size;
        end.transmit(ByteBuffer.wrap(packet, 0, size));
    }

    @Override
    public ByteBuffer transmitRepeatable(ByteBuffer header, ByteBuffer payload) {
        transmitRtp(header, payload);
        return ByteBuffer.wrap(packet, 0, header.remaining() + payload.remaining());
    }

    @Override
    public void repeat(ByteBuffer left) {
        rtpBytes += left.remaining();
        end.transmit(left);
    }

    @Override
    public void transmitRtcp(ByteBuffer rtcp) {
        rtcpBytes += rtcp.remaining();
        rtcpPackets++;
        end.transmit(rtcp);
    }

    @Override
    public void onEvent(RtpEvent event) {
        events.add(event);
    }
}
