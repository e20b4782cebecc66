package org.webrtc4j.benchmarks;

import java.net.InetSocketAddress;
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
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/** What a connectivity check costs each side: the request and its answer, written, or read and authenticated. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StunCodec {

    private final StunWriter writer = new StunWriter();
    private final StunReader reader = new StunReader();
    private final StunKey key = StunKey.shortTerm("a password of ICE's length");
    private final byte[] username = "receiver:sender".getBytes(StandardCharsets.UTF_8);
    private final InetSocketAddress address = new InetSocketAddress("192.0.2.1", 50_000);
    private final ByteBuffer request = copy(writeRequest());
    private final ByteBuffer answer = copy(writeAnswer());

    /**
     * Writes a check.
     *
     * @return the packet
     */
    @Benchmark
    public ByteBuffer writeRequest() {
        return writer.begin(Stun.BINDING_REQUEST, 1, 2)
                .username(username)
                .priority(0x6e7f_00ff)
                .role(true, 42)
                .useCandidate()
                .integrity(key)
                .fingerprint()
                .finish();
    }

    /**
     * Writes an answer.
     *
     * @return the packet
     */
    @Benchmark
    public ByteBuffer writeAnswer() {
        return writer.begin(Stun.BINDING_SUCCESS, 1, 2)
                .xorMappedAddress(address)
                .integrity(key)
                .fingerprint()
                .finish();
    }

    /**
     * Reads and authenticates a check.
     *
     * @return whether it is good
     */
    @Benchmark
    public boolean readRequest() {
        return reader.read(request) && reader.isUsername(username) && reader.isAuthentic(key);
    }

    /**
     * Reads and authenticates an answer.
     *
     * @return whether it is good
     */
    @Benchmark
    public boolean readAnswer() {
        return reader.read(answer) && reader.isAuthentic(key);
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.allocate(packet.remaining()).put(packet).flip();
    }
}
