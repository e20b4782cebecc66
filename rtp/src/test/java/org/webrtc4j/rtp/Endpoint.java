package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.webrtc4j.common.TimeSource;

/** A session by itself: packets are given by hand, and what it sends is kept. */
public final class Endpoint implements RtpSink {

    public static final long MILLI = 1_000_000L;
    public static final long EPOCH_MICROS = 1_790_000_000_000_000L;

    /** Wall time that follows the time of turns. */
    private static final TimeSource CLOCK = new TimeSource() {
        @Override
        public long nanoTime() {
            throw new AssertionError("an engine reads no clock");
        }

        @Override
        public long epochMicros(long nowNanos) {
            return EPOCH_MICROS + nowNanos / 1_000;
        }
    };

    public final RtpSession session;
    public final List<byte[]> rtp = new ArrayList<>();
    public static final int TAG_BYTES = 10;

    public final List<byte[]> leftAsRepeatable = new ArrayList<>();
    public final List<byte[]> repeated = new ArrayList<>();
    public final List<byte[]> rtcp = new ArrayList<>();
    public final List<RtpEvent> events = new ArrayList<>();
    public final List<Long> sequences = new ArrayList<>();
    public long now = 1_000 * MILLI;

    public Endpoint(RtpSessionOptions options) {
        session = new RtpSession(options, this, CLOCK, new Random(5));
        session.setHeaderExtensions(CallTest.EXTENSIONS);
    }

    public Endpoint() {
        this(RtpSessionOptions.defaults("end"));
    }

    public ReceiveSection receive(String mid, List<PayloadFormat> formats, SignalledSsrc... ssrcs) {
        ReceiveSection section = session.addReceiveSection(new ReceiveParameters(
                mid, formats, List.of(ssrcs), List.of(), formats.get(0).nack()));
        section.addTap((stream, packet) -> {
            sequences.add(packet.unwrappedSequence());
            return true;
        });
        return section;
    }

    public void take(byte[] packet) {
        byte[] array = new byte[packet.length + 11];
        System.arraycopy(packet, 0, array, 5, packet.length);
        session.handlePacket(ByteBuffer.wrap(array, 5, packet.length), now);
    }

    public void takeRtcp(String hex) {
        takeRtcp(Packets.hex(hex));
    }

    public void takeRtcp(byte[] packet) {
        byte[] array = new byte[packet.length + 11];
        System.arraycopy(packet, 0, array, 5, packet.length);
        session.handleRtcp(ByteBuffer.wrap(array, 5, packet.length), now);
    }

    public void turn() {
        session.handleBatchEnd(now);
    }

    /** Lets time pass as a driver does, from timeout to timeout. */
    public void pass(long nanos) {
        long until = now + nanos;
        turn();
        for (int i = 0; session.nextTimeout() - until <= 0 && session.nextTimeout() != Long.MAX_VALUE; i++) {
            if (i > 100_000) {
                throw new AssertionError("the session never rests");
            }
            now = Math.max(now, session.nextTimeout());
            session.handleTimeout(now);
        }
        now = until;
        session.handleTimeout(now);
    }

    @Override
    public void transmitRtp(ByteBuffer header, ByteBuffer payload) {
        byte[] packet = Arrays.copyOf(bytes(header), header.remaining() + payload.remaining());
        payload.duplicate().get(packet, header.remaining(), payload.remaining());
        rtp.add(packet);
    }

    /** As it leaves: something is added that stands for a tag. */
    @Override
    public ByteBuffer transmitRepeatable(ByteBuffer header, ByteBuffer payload) {
        transmitRtp(header, payload);
        byte[] plain = rtp.get(rtp.size() - 1);
        byte[] left = Arrays.copyOf(plain, plain.length + TAG_BYTES);
        Arrays.fill(left, plain.length, left.length, (byte) rtp.size());
        leftAsRepeatable.add(left);
        return ByteBuffer.wrap(left);
    }

    @Override
    public void repeat(ByteBuffer packet) {
        repeated.add(bytes(packet));
    }

    @Override
    public void transmitRtcp(ByteBuffer packet) {
        rtcp.add(bytes(packet));
    }

    @Override
    public void onEvent(RtpEvent event) {
        events.add(event);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The packets sent so far as views. */
    public RtpPacket sent(int index) {
        RtpPacket packet = new RtpPacket();
        byte[] bytes = rtp.get(index);
        RtpDrop problem = packet.parse(bytes, 0, bytes.length, now);
        if (problem != null) {
            throw new AssertionError(problem);
        }
        return packet;
    }
}
