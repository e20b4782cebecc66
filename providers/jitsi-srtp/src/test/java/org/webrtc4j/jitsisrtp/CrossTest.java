package org.webrtc4j.jitsisrtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.srtp.contract.SrtpPackets.NO_EXTENSION;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtcp;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransformFactory;
import org.webrtc4j.srtp.contract.SrtpPeer;
import org.webrtc4j.srtp.jca.JcaSrtp;

/** The two implementations against each other: what one protects the other takes, and both refuse the same. */
class CrossTest {

    private static final int SSRC = 0xcafe_babe;
    private static final int SEEDS = 10;
    private static final int PACKETS = 400;

    /** Reordering that the smaller of the two windows bears. */
    private static final int DISTANCE = 60;

    private static final SrtpTransformFactory OURS = new JcaSrtp();
    private static final SrtpTransformFactory JITSI = new JitsiSrtp();

    static Stream<Arguments> pairs() {
        return Stream.of(SrtpProfile.values())
                .flatMap(profile -> Stream.of(
                        Arguments.of(profile, OURS, JITSI, "to jitsi-srtp"),
                        Arguments.of(profile, JITSI, OURS, "from jitsi-srtp")));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("pairs")
    void packetsLostAndReorderedArriveFromOneAtTheOtherOverTheRollOver(
            SrtpProfile profile, SrtpTransformFactory from, SrtpTransformFactory to, String direction) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SrtpPeer sender = new SrtpPeer(from, profile, seed, true);
            SrtpPeer receiver = new SrtpPeer(to, profile, seed, false);
            long first = 65_535L - random.nextInt(PACKETS);
            List<byte[]> packets = new ArrayList<>();
            List<byte[]> sealed = new ArrayList<>();
            for (int i = 0; i < PACKETS; i++) {
                packets.add(anyRtp(random, first + i));
                sealed.add(sender.protectRtp(packets.get(i)));
            }
            for (int i : order(random, PACKETS)) {
                if (random.nextInt(10) > 0 || i == 0) {
                    assertThat(receiver.unprotectRtp(sealed.get(i)))
                            .as("%s, seed %d, packet %d", direction, seed, i)
                            .isEqualTo(packets.get(i));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("pairs")
    void reportsLostAndReorderedArriveFromOneAtTheOther(
            SrtpProfile profile, SrtpTransformFactory from, SrtpTransformFactory to, String direction) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SrtpPeer sender = new SrtpPeer(from, profile, seed, false);
            SrtpPeer receiver = new SrtpPeer(to, profile, seed, true);
            List<byte[]> packets = new ArrayList<>();
            List<byte[]> sealed = new ArrayList<>();
            for (int i = 0; i < PACKETS; i++) {
                packets.add(rtcp(SSRC, 8 + 4 * random.nextInt(300)));
                sealed.add(sender.protectRtcp(packets.get(i)));
            }
            for (int i : order(random, PACKETS)) {
                if (random.nextInt(10) > 0) {
                    assertThat(receiver.unprotectRtcp(sealed.get(i)))
                            .as("%s, seed %d, packet %d", direction, seed, i)
                            .isEqualTo(packets.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothProtectToTheSameBytes(SrtpProfile profile) {
        Random random = new Random(5);
        SrtpPeer ours = new SrtpPeer(OURS, profile, 5, true);
        SrtpPeer jitsi = new SrtpPeer(JITSI, profile, 5, true);
        for (int contributors = 0; contributors <= 15; contributors++) {
            for (int words = NO_EXTENSION; words <= 6; words++) {
                long sequence = 65_500L + contributors * 8L + words;
                byte[] packet = rtp(SSRC, sequence, contributors, words, random.nextInt(1_300));
                assertThat(ours.protectRtp(packet)).isEqualTo(jitsi.protectRtp(packet));
            }
        }
        for (int size = 8; size < 1_300; size += 4) {
            assertThat(ours.protectRtcp(rtcp(SSRC, size))).isEqualTo(jitsi.protectRtcp(rtcp(SSRC, size)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothRefuseTheSameOfPacketsChangedReplayedAndCut(SrtpProfile profile) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SrtpPeer sender = new SrtpPeer(OURS, profile, seed, true);
            SrtpPeer ours = new SrtpPeer(OURS, profile, seed, false);
            SrtpPeer jitsi = new SrtpPeer(JITSI, profile, seed, false);
            long first = 65_535L - random.nextInt(PACKETS);
            List<byte[]> sealed = new ArrayList<>();
            List<byte[]> reports = new ArrayList<>();
            for (int i = 0; i < PACKETS; i++) {
                sealed.add(sender.protectRtp(anyRtp(random, first + i)));
                reports.add(sender.protectRtcp(rtcp(SSRC, 8 + 4 * random.nextInt(60))));
            }
            for (int i : order(random, PACKETS)) {
                byte[] packet = changed(random, sealed.get(i));
                assertSameAnswer(ours.tryUnprotectRtp(packet), jitsi.tryUnprotectRtp(packet), seed, i);
                byte[] report = changed(random, reports.get(i));
                assertSameAnswer(ours.tryUnprotectRtcp(report), jitsi.tryUnprotectRtcp(report), seed, i);
                // Within both windows: a packet that was taken, or a second chance of one that was not.
                int near = Math.max(0, i - random.nextInt(3));
                assertSameAnswer(
                        ours.tryUnprotectRtp(sealed.get(near)), jitsi.tryUnprotectRtp(sealed.get(near)), seed, near);
                assertSameAnswer(
                        ours.tryUnprotectRtcp(reports.get(near)),
                        jitsi.tryUnprotectRtcp(reports.get(near)),
                        seed,
                        near);
            }
            assertThat(ours.transform().counters().unprotectedRtp())
                    .isEqualTo(jitsi.transform().counters().unprotectedRtp());
            assertThat(ours.transform().counters().unprotectedRtcp())
                    .isEqualTo(jitsi.transform().counters().unprotectedRtcp());
            assertThat(ours.failures(SrtpError.REPLAYED)).isPositive();
            assertThat(ours.failures(SrtpError.NOT_AUTHENTIC)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oursStillTakesWhatIsTooOldForJitsiUpToTheEndOfItsOwnWindow(SrtpProfile profile) {
        SrtpPeer sender = new SrtpPeer(OURS, profile, 1, true);
        SrtpPeer ours = new SrtpPeer(OURS, profile, 1, false);
        SrtpPeer jitsi = new SrtpPeer(JITSI, profile, 1, false);
        byte[][] sealed = new byte[1_100][];
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = sender.protectRtp(rtp(SSRC, 65_000 + i, 20));
        }
        byte[] newest = sealed[sealed.length - 1];
        assertThat(ours.tryUnprotectRtp(newest)).isNegative(); // nobody knows of the roll-over yet
        for (SrtpPeer receiver : List.of(ours, jitsi)) {
            receiver.unprotectRtp(sealed[0]);
            receiver.unprotectRtp(newest);
        }
        for (int behind = 1; behind < sealed.length - 1; behind++) {
            byte[] packet = sealed[sealed.length - 1 - behind];
            assertThat(jitsi.tryUnprotectRtp(packet) >= 0)
                    .as("jitsi-srtp, %d", behind)
                    .isEqualTo(behind < 64);
            assertThat(ours.tryUnprotectRtp(packet) >= 0).as("ours, %d", behind).isEqualTo(behind < 1_024);
        }
    }

    /** The reason too, but for what ours can still tell of a number that is too old for the smaller window. */
    private static void assertSameAnswer(int ours, int jitsi, long seed, int packet) {
        if (jitsi == SrtpError.TOO_OLD.code()) {
            assertThat(ours).as("seed %d, packet %d", seed, packet).isNegative();
        } else {
            assertThat(ours).as("seed %d, packet %d", seed, packet).isEqualTo(jitsi);
        }
    }

    private static byte[] anyRtp(Random random, long sequence) {
        int words = random.nextInt(9) + NO_EXTENSION;
        return rtp(SSRC, sequence, random.nextInt(16), words, random.nextInt(1_300));
    }

    /** Every index once, none more than {@link #DISTANCE} from its place, the first one first. */
    private static int[] order(Random random, int count) {
        Integer[] order = new Integer[count];
        int[] place = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
            place[i] = i == 0 ? -1 : i + random.nextInt(DISTANCE);
        }
        Arrays.sort(order, (a, b) -> Integer.compare(place[a], place[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private static byte[] changed(Random random, byte[] packet) {
        byte[] changed = packet.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[random.nextInt(16)] = (byte) random.nextInt();
            case 2 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length + 10));
            default -> random.nextBytes(changed);
        }
        return changed;
    }
}
