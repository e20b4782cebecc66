package org.webrtc4j.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.webrtc4j.rtp.rtcp.RtcpReader;
import org.webrtc4j.rtp.rtcp.RtcpWriter;
import org.webrtc4j.rtp.rtcp.SourceDescriptionReader;

/** What RTCP costs: a compound of a report with a block and a name, and a request for lost packets, written and read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Rtcp {

    private static final int LOST = 20;

    private final byte[] cname = "bench".getBytes(StandardCharsets.UTF_8);
    private final RtcpWriter writer = new RtcpWriter(1200);
    private final RtcpReader reader = new RtcpReader();
    private final SourceDescriptionReader items = new SourceDescriptionReader();
    private final ByteBuffer compound = copy(writeCompound());
    private final ByteBuffer nack = copy(writeNack());

    /**
     * Writes a sender report with a block, and a name.
     *
     * @return the datagram
     */
    @Benchmark
    public ByteBuffer writeCompound() {
        writer.clear();
        writer.senderReport(1, 0x1234_5678_9abc_def0L, 2, 3, 4);
        writer.reportBlock(5, 6, 7, 8, 9, 10, 11);
        writer.sourceDescription(1, SourceDescriptionReader.CNAME, cname);
        return writer.packet();
    }

    /**
     * Reads a sender report with a block, and a name.
     *
     * @return something of each
     */
    @Benchmark
    public long readCompound() {
        long read = 0;
        reader.reset(compound);
        while (reader.next()) {
            switch (reader.kind()) {
                case SENDER_REPORT -> read += reader.ntp() + reader.extendedHighestSequence(0);
                case SOURCE_DESCRIPTION -> {
                    items.reset(reader);
                    while (items.next()) {
                        read += items.ssrc();
                    }
                }
                default -> throw new IllegalStateException(reader.kind().name());
            }
        }
        return read;
    }

    /**
     * Writes a request for every other packet of twenty.
     *
     * @return the datagram
     */
    @Benchmark
    public ByteBuffer writeNack() {
        writer.clear();
        writer.nack(1, 2, 0);
        for (int i = 2; i < 2 * LOST; i += 2) {
            writer.nackNext(i);
        }
        return writer.packet();
    }

    /**
     * Reads a request for lost packets.
     *
     * @return how many are asked for
     */
    @Benchmark
    public int readNack() {
        int lost = 0;
        reader.reset(nack);
        if (reader.next() && reader.problem() == null) {
            for (int i = 0; i < reader.entryCount(); i++) {
                lost += 1 + Integer.bitCount(reader.nackBitmask(i));
            }
        }
        return lost;
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.allocate(packet.remaining()).put(packet).flip();
    }
}
