package org.webrtc4j.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webrtc4j.jitsisrtp.JitsiSrtp;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.SrtpTransformFactory;
import org.webrtc4j.srtp.jca.JcaSrtp;

/**
 * What SRTP costs a packet: {@code ./bench jmh 'Srtp.*' -prof gc}. Ours beside jitsi-srtp, replay checks on.
 *
 * <p>A packet can be received once only, so {@link Receiving} makes a new transform for every {@value #PACKETS} packets. JMH
 * leaves its time out but not its garbage: of what the profiler shows for {@link #unprotect}, some 50 bytes are its own.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Srtp {

    private static final int PACKETS = 1_024;
    private static final int HEADER_BYTES = 12;
    private static final int SSRC = 0x1234_5678;

    // What states hold until they are set up.
    private static final SrtpProfile ANY = SrtpProfile.AEAD_AES_128_GCM;
    private static final KeyingMaterial KEYS = new KeyingMaterial(ANY, new byte[KeyingMaterial.exporterBytes(ANY)]);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What is measured: every combination. */
    @State(Scope.Benchmark)
    public static class Choice {

        /** Whose. */
        @Param({"ours", "jitsi-srtp"})
        public String implementation = "";

        /** The profile. */
        @Param
        public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

        /** Bytes of a packet without its header of 12. */
        @Param({"160", "1200"})
        public int payloadBytes;

        SrtpTransform transform(boolean client) {
            SrtpTransformFactory factory = implementation.equals("ours") ? new JcaSrtp() : new JitsiSrtp();
            byte[] exported = new byte[KeyingMaterial.exporterBytes(profile)];
            for (int i = 0; i < exported.length; i++) {
                exported[i] = (byte) i;
            }
            return factory.create(profile, new KeyingMaterial(profile, exported), client);
        }

        ByteBuffer packet(int sequence) {
            return ByteBuffer.allocate(HEADER_BYTES + payloadBytes)
                    .put(0, (byte) 0x80)
                    .putShort(2, (short) sequence)
                    .putInt(8, SSRC);
        }

        ByteBuffer room() {
            return ByteBuffer.allocate(HEADER_BYTES + payloadBytes + SrtpTransform.MAX_OVERHEAD_BYTES);
        }
    }

    /** A sender, its packet and where that goes. */
    @State(Scope.Benchmark)
    public static class Sending {

        private SrtpTransform sender = new JcaSrtp().create(ANY, KEYS, true);
        private ByteBuffer packet = NOTHING;
        private ByteBuffer header = NOTHING;
        private ByteBuffer payload = NOTHING;
        private ByteBuffer sealed = NOTHING;
        private int sequence;

        /**
         * Makes them.
         *
         * @param choice what is measured
         */
        @Setup
        public void prepare(Choice choice) {
            sender = choice.transform(true);
            packet = choice.packet(0);
            header = choice.packet(0).limit(HEADER_BYTES);
            payload = ByteBuffer.allocate(choice.payloadBytes);
            sealed = choice.room();
        }
    }

    /** Packets of another side, and somebody new to receive them. */
    @State(Scope.Benchmark)
    public static class Receiving {

        private final ByteBuffer[] sealed = new ByteBuffer[PACKETS + 1];
        private SrtpTransform receiver = new JcaSrtp().create(ANY, KEYS, true);
        private ByteBuffer opened = NOTHING;

        /**
         * Protects the packets.
         *
         * @param choice what is measured
         */
        @Setup
        public void prepare(Choice choice) {
            SrtpTransform sender = choice.transform(true);
            for (int i = 0; i < sealed.length; i++) {
                sealed[i] = choice.room();
                sealed[i].limit(sender.protectRtp(choice.packet(i), sealed[i]));
            }
            opened = choice.room();
        }

        /**
         * Makes the receiver, which has made itself ready for the SSRC with a first packet.
         *
         * @param choice what is measured
         */
        @Setup(Level.Invocation)
        public void renew(Choice choice) {
            receiver = choice.transform(false);
            receiver.unprotectRtp(sealed[0], opened);
        }
    }

    /**
     * Protects a packet out of place.
     *
     * @param state of the sender
     * @return its length
     */
    @Benchmark
    public int protect(Sending state) {
        state.packet.putShort(2, (short) state.sequence++);
        return state.sender.protectRtp(state.packet, state.sealed);
    }

    /**
     * Protects a header of its own with a payload others share, as a forwarder does.
     *
     * @param state of the sender
     * @return its length
     */
    @Benchmark
    public int protectFanOut(Sending state) {
        state.header.putShort(2, (short) state.sequence++);
        return state.sender.protectRtp(state.header, state.payload, state.sealed);
    }

    /**
     * Unprotects packets out of place.
     *
     * @param state of the receiver
     * @return the sum of their lengths
     */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int unprotect(Receiving state) {
        int bytes = 0;
        for (int i = 1; i <= PACKETS; i++) {
            bytes += state.receiver.unprotectRtp(state.sealed[i], state.opened);
        }
        return bytes;
    }
}
