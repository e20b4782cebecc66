package org.webrtc4j.srtp.jca;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.crypto.JdkCrypto;
import org.webrtc4j.crypto.Words;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.contract.SrtpPackets;

/** Garbage per packet: none of ours. What the JDK's ciphers make is measured by the same calls without a transform. */
class AllocationTest {

    private static final int SSRC = 5;
    private static final int PACKETS = 500;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Less than any object, and more than what measuring itself leaves. */
    private static final long NOISE_BYTES = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Work {
        void run(int i) throws Exception;
    }

    static Stream<Arguments> packets() {
        return Stream.of(SrtpProfile.values())
                .flatMap(profile -> Stream.of(160, 1_200).map(size -> Arguments.of(profile, size)));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void protectingAndUnprotectingMakesNoGarbageButTheJdks(SrtpProfile profile, int payloadBytes) throws Exception {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        ByteBuffer header = ByteBuffer.wrap(SrtpPackets.rtp(SSRC, 0, 0));
        ByteBuffer payload = ByteBuffer.allocate(payloadBytes);
        ByteBuffer sealed = ByteBuffer.allocate(2_000);
        ByteBuffer opened = ByteBuffer.allocate(2_000);

        assertThatSettles(
                i -> {
                    header.putShort(2, (short) i);
                    sealed.clear().limit(client.protectRtp(header, payload, sealed));
                    server.unprotectRtp(sealed, opened);
                },
                bare(profile, payloadBytes));
        assertThat(server.counters().failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusingAPacketMakesNoGarbage(SrtpProfile profile) throws Exception {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        ByteBuffer sealed = ByteBuffer.allocate(400);
        ByteBuffer packet = ByteBuffer.wrap(SrtpPackets.rtp(SSRC, 7, 100));
        sealed.limit(client.protectRtp(packet, sealed));
        ByteBuffer opened = ByteBuffer.allocate(400);
        server.unprotectRtp(sealed, opened);
        ByteBuffer malformed = ByteBuffer.allocate(60);

        assertThatSettles(
                i -> {
                    server.unprotectRtp(sealed, opened);
                    server.unprotectRtp(malformed, opened);
                    server.unprotectRtcp(malformed, opened);
                    client.protectRtp(packet, opened);
                },
                i -> {});
        assertThat(server.counters().failures(SrtpError.REPLAYED)).isPositive();
        assertThat(server.counters().failures(SrtpError.MALFORMED_HEADER)).isPositive();
        assertThat(client.counters().failures(SrtpError.ALREADY_PROTECTED)).isPositive();
    }

    /** What {@link CmHmacCipher} and {@link GcmCipher} ask of the JDK for a packet protected and unprotected. */
    private static Work bare(SrtpProfile profile, int payloadBytes) throws Exception {
        byte[] in = new byte[payloadBytes + 16];
        byte[] out = new byte[payloadBytes + 16];
        SecretKeySpec key = new SecretKeySpec(new byte[profile.keyBytes()], "AES");
        return switch (profile) {
            case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> {
                Cipher encrypting = JdkCrypto.cipher("AES/GCM/NoPadding");
                Cipher decrypting = JdkCrypto.cipher("AES/GCM/NoPadding");
                byte[] iv = new byte[12];
                yield i -> {
                    Words.setInt(iv, 0, i);
                    encrypting.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
                    encrypting.updateAAD(in, 0, 12);
                    encrypting.doFinal(in, 0, payloadBytes, out, 0);
                    decrypting.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, iv));
                    decrypting.updateAAD(in, 0, 12);
                    decrypting.doFinal(out, 0, payloadBytes + 16, in, 0);
                };
            }
            case AES128_CM_HMAC_SHA1_80, AES128_CM_HMAC_SHA1_32 -> {
                Cipher counter = JdkCrypto.cipher("AES/CTR/NoPadding");
                Cipher blocks = JdkCrypto.cipher("AES/ECB/NoPadding");
                blocks.init(Cipher.ENCRYPT_MODE, key);
                MessageDigest digest = JdkCrypto.sha1();
                byte[] tag = new byte[20];
                byte[] iv = new byte[16];
                yield i -> {
                    for (int way = 0; way < 2; way++) {
                        if (payloadBytes < 512) {
                            blocks.update(in, 0, 160, out, 0);
                        } else {
                            counter.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
                            counter.doFinal(in, 0, payloadBytes, out, 0);
                        }
                        for (int half = 0; half < 2; half++) {
                            MessageDigest copy = (MessageDigest) digest.clone();
                            copy.update(out, 0, payloadBytes);
                            copy.digest(tag, 0, 20);
                        }
                    }
                };
            }
        };
    }

    /** Both are run until the compiler has seen enough of each: then one allocates no more than the other. */
    private static void assertThatSettles(Work ours, Work others) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long least = Long.MAX_VALUE;
        long leastOfOthers = Long.MAX_VALUE;
        int round = 0;
        while (round == 0 || (least > leastOfOthers + NOISE_BYTES && System.nanoTime() - deadline < 0)) {
            least = Math.min(least, bytesPerRun(ours, round));
            leastOfOthers = Math.min(leastOfOthers, bytesPerRun(others, round));
            round++;
        }
        assertThat(least).as("bytes a run after %d rounds", round).isLessThanOrEqualTo(leastOfOthers + NOISE_BYTES);
    }

    private static long bytesPerRun(Work work, int round) throws Exception {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < PACKETS; i++) {
            work.run(round * PACKETS + i);
        }
        return (THREADS.getThreadAllocatedBytes(thread) - before) / PACKETS;
    }

    private static JcaSrtpTransform transform(SrtpProfile profile, boolean client) {
        return (JcaSrtpTransform) new JcaSrtp().create(profile, SrtpPackets.keys(profile, 1), client);
    }
}
