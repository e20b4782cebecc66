package org.webrtc4j.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.rtp.ForwardSource;
import org.webrtc4j.rtp.PacketHistory;
import org.webrtc4j.rtp.PayloadFormat;
import org.webrtc4j.rtp.RtpEvent;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.RtpSession;
import org.webrtc4j.rtp.RtpSessionOptions;
import org.webrtc4j.rtp.RtpSink;
import org.webrtc4j.rtp.SendParameters;
import org.webrtc4j.rtp.SendStream;
import org.webrtc4j.rtp.extension.ExtensionWriter;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.rtcp.RtcpReader;
import org.webrtc4j.rtp.rtcp.RtcpWriter;
import org.webrtc4j.rtp.rtcp.TransportFeedbackBuilder;
import org.webrtc4j.rtp.rtcp.TransportFeedbackReader;

/** What the stages of an RTP packet cost: parsing with its extensions, rewriting for a receiver, keeping, feedback. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RtpStages {

    private static final int PAYLOAD = 1100;
    private static final int HEADER = 12;
    private static final int FEEDBACK_PACKETS = 100;
    private static final long TICK_NANOS = 250_000;

    private final HeaderExtensionMap extensions = HeaderExtensionMap.builder()
            .put(1, HeaderExtensionType.MID)
            .put(2, HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER)
            .put(3, HeaderExtensionType.ABSOLUTE_SEND_TIME)
            .put(4, HeaderExtensionType.VIDEO_ORIENTATION)
            .build();
    private final byte[] plain = packet(false);
    private final byte[] extended = packet(true);
    private final RtpPacket packet = new RtpPacket();
    private final RtpPacket view = new RtpPacket();
    private final PacketHistory history = new PacketHistory();
    private final TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1100);
    private final RtcpWriter writer = new RtcpWriter(1200);
    private final RtcpReader reader = new RtcpReader();
    private final TransportFeedbackReader feedback = new TransportFeedbackReader();
    private final ByteBuffer built = copy(writeTransportFeedback());
    private final ForwardSource source = new ForwardSource(extensions, null);
    private final Sink sink = new Sink();
    private final SendStream stream = new RtpSession(
                    RtpSessionOptions.defaults("bench"), sink, TimeSource.system(), new Random(1))
            .addSendStream(new SendParameters(
                    "v", null, 7, -1, List.of(PayloadFormat.repaired(96, 90_000)), extensions, true));
    private long sequence = 1L << 16;

    /** Counts what it gets. */
    private static final class Sink implements RtpSink {
        private long bytes;

        @Override
        public void transmitRtp(ByteBuffer header, ByteBuffer payload) {
            bytes += header.remaining() + payload.remaining();
        }

        @Override
        public void transmitRtcp(ByteBuffer rtcp) {
            bytes += rtcp.remaining();
        }

        @Override
        public void onEvent(RtpEvent event) {}
    }

    /**
     * Parses a packet without extensions.
     *
     * @return whether it is good
     */
    @Benchmark
    public boolean parse() {
        return packet.parse(plain, 0, plain.length, 0) == null;
    }

    /**
     * Parses a packet with four extensions, and reads one.
     *
     * @return where it is
     */
    @Benchmark
    public int parseWithExtensions() {
        packet.parse(extended, 0, extended.length, 0);
        return packet.extensionOffset(2);
    }

    /**
     * Rewrites a packet for a receiver and hands it to the sink.
     *
     * @return bytes so far
     */
    @Benchmark
    public long forward() {
        packet.parse(extended, 0, extended.length, 0);
        packet.setUnwrapped(sequence, sequence * 300);
        stream.forward(packet, source, 96, sequence++ * 1000);
        return sink.bytes;
    }

    /**
     * Keeps a packet and reads it back.
     *
     * @return its size
     */
    @Benchmark
    public int keepAndRead() {
        packet.parse(plain, 0, plain.length, 0);
        packet.setUnwrapped(sequence, 0);
        history.put(packet);
        history.read(sequence++, view, 0);
        return view.size();
    }

    /**
     * Builds feedback about a hundred packets of which every tenth is lost.
     *
     * @return the datagram
     */
    @Benchmark
    public ByteBuffer writeTransportFeedback() {
        builder.begin(1, 0, 0);
        for (int i = 0; i < FEEDBACK_PACKETS; i++) {
            if (i % 10 != 0) {
                builder.add(i, i * (4 * TICK_NANOS));
            }
        }
        writer.clear().transportFeedback(1, 2, builder);
        return writer.packet();
    }

    /**
     * Reads feedback about a hundred packets.
     *
     * @return how many were received
     */
    @Benchmark
    public int readTransportFeedback() {
        reader.reset(built);
        int received = 0;
        if (reader.next() && feedback.reset(reader)) {
            while (feedback.next()) {
                received++;
            }
        }
        return received;
    }

    private byte[] packet(boolean withExtensions) {
        byte[] bytes = new byte[HEADER + 100 + PAYLOAD];
        int header = HEADER;
        bytes[0] = (byte) 0x80;
        bytes[1] = 96;
        if (withExtensions) {
            bytes[0] = (byte) 0x90;
            ExtensionWriter elements = new ExtensionWriter().begin(bytes, HEADER, 100, true);
            elements.reserve(1, 1);
            elements.reserve(2, 2);
            elements.reserve(3, 3);
            elements.reserve(4, 1);
            header += elements.finish();
        }
        return Arrays.copyOf(bytes, header + PAYLOAD);
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.allocate(packet.remaining()).put(packet).flip();
    }
}
