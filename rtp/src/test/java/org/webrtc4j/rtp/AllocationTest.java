package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.TimeSource;

/** What sending, receiving, forwarding and repairing allocate in steady state: nothing. */
class AllocationTest {

    private static final long MILLI = 1_000_000L;

    /** A session that hands its packets to another within the call, as the last copy. */
    private static final class Side implements RtpSink {
        final RtpSession session =
                new RtpSession(RtpSessionOptions.defaults("side"), this, TimeSource.system(), new Random(3));
        final byte[] array = new byte[2048];
        final ByteBuffer packet = ByteBuffer.wrap(array);
        Side peer = this;
        long now;
        long packets;
        int loseEach = Integer.MAX_VALUE;

        Side() {
            session.setHeaderExtensions(CallTest.EXTENSIONS);
        }

        @Override
        public void transmitRtp(ByteBuffer header, ByteBuffer payload) {
            if (++packets % loseEach == 0) {
                return;
            }
            packet.clear();
            packet.put(header).put(payload).flip();
            peer.session.handlePacket(packet, peer.now);
        }

        @Override
        public void transmitRtcp(ByteBuffer rtcp) {
            packet.clear();
            packet.put(rtcp).flip();
            peer.session.handleRtcp(packet, peer.now);
        }

        @Override
        public void onEvent(RtpEvent event) {}
    }

    @Test
    void nothingIsAllocatedForAPacketInSteadyState() {
        Side source = new Side();
        Side middle = new Side();
        Side sink = new Side();
        Side back = new Side();
        source.peer = back;
        back.peer = source;
        middle.peer = sink;
        sink.peer = middle;
        source.loseEach = 50;
        middle.loseEach = 70;
        SendStream own = source.session.addSendStream(
                new SendParameters("v", null, 10, 11, CallTest.VIDEO, CallTest.EXTENSIONS, true));
        SendStream forwarded = middle.session.addSendStream(
                new SendParameters("v", null, 20, 21, CallTest.VIDEO, CallTest.EXTENSIONS, true));
        ForwardSource from = new ForwardSource(CallTest.EXTENSIONS, new PacketHistory());
        long[] received = new long[1];
        back.session
                .addReceiveSection(new ReceiveParameters("v", CallTest.VIDEO, List.of(), List.of(), true))
                .addTap((stream, packet) -> {
                    from.keep(packet);
                    forwarded.forward(packet, from, 96, middle.now);
                    return true;
                });
        sink.session
                .addReceiveSection(new ReceiveParameters("v", CallTest.VIDEO, List.of(), List.of(), true))
                .addTap((stream, packet) -> {
                    received[0]++;
                    return true;
                });
        Side[] sides = {source, back, middle, sink};
        byte[] payload = new byte[1100];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        run(sides, own, payload, 20_000);
        received[0] = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        run(sides, own, payload, 50_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(received[0]).isGreaterThan(49_000);
        assertThat(own.stats().retransmittedPacketsSent()).isGreaterThan(500);
        // Reading the counter itself allocates; a byte for every packet would be ten times the bound.
        assertThat(allocated).as("bytes for 50,000 packets in and out twice").isLessThan(5_000);
    }

    private static void run(Side[] sides, SendStream own, byte[] payload, int packets) {
        for (int i = 0; i < packets; i++) {
            for (Side side : sides) {
                side.now += MILLI;
            }
            own.send(payload, 0, payload.length, i % 10 == 9, i / 10 * 900L, 96, sides[0].now);
            for (Side side : sides) {
                side.session.handleBatchEnd(side.now);
                if (side.session.nextTimeout() - side.now <= 0) {
                    side.session.handleTimeout(side.now);
                }
            }
        }
    }
}
