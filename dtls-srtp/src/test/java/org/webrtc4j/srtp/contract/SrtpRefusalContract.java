package org.webrtc4j.srtp.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtcp;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.SrtpTransformFactory;

/** What is refused, with the counter it moves and nothing else, whatever the implementation. */
public abstract class SrtpRefusalContract {

    private static final int SSRC = 0xcafe_babe;

    /** For the implementation's test class. */
    protected SrtpRefusalContract() {}

    /**
     * Makes the implementation under test.
     *
     * @return a factory
     */
    protected abstract SrtpTransformFactory factory();

    /**
     * Returns how many RTP packets of an SSRC are remembered.
     *
     * @return the replay window's size
     */
    protected int rtpWindow() {
        return 1_024;
    }

    /**
     * Returns how many RTCP packets of a sender are remembered.
     *
     * @return the replay window's size
     */
    protected int rtcpWindow() {
        return 128;
    }

    @ParameterizedTest
    @EnumSource
    void aReplayedPacketIsRefused(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[][] sealed = new byte[rtpWindow()][];
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = pair.client.protectRtp(rtp(SSRC, 65_500 + i, 20));
            pair.server.unprotectRtp(sealed[i]);
        }
        for (byte[] packet : sealed) {
            assertThat(pair.server.tryUnprotectRtp(packet)).isEqualTo(SrtpError.REPLAYED.code());
        }
        assertThat(pair.server.failures(SrtpError.REPLAYED)).isEqualTo(sealed.length);
        pair.stillWorks();
    }

    @ParameterizedTest
    @EnumSource
    void aPacketAtTheEndOfTheWindowArrivesAndOneBehindItIsTooOld(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] behind = pair.client.protectRtp(rtp(SSRC, 5_000, 20));
        byte[] end = pair.client.protectRtp(rtp(SSRC, 5_001, 20));
        pair.server.unprotectRtp(pair.client.protectRtp(rtp(SSRC, 5_000 + rtpWindow(), 20)));

        assertThat(pair.server.tryUnprotectRtp(behind)).isEqualTo(SrtpError.TOO_OLD.code());
        assertThat(pair.server.tryUnprotectRtp(end)).isEqualTo(32);
        assertThat(pair.server.failures(SrtpError.TOO_OLD)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aReplayedReportIsRefused(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[][] sealed = new byte[rtcpWindow() + 1][];
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = pair.client.protectRtcp(rtcp(SSRC, 60));
        }
        for (int i = 1; i < sealed.length; i += 2) {
            pair.server.unprotectRtcp(sealed[i]);
        }
        pair.server.tryUnprotectRtcp(sealed[sealed.length - 1]);
        for (int i = 1; i < sealed.length; i += 2) {
            assertThat(pair.server.tryUnprotectRtcp(sealed[i])).isEqualTo(SrtpError.REPLAYED.code());
        }
        assertThat(pair.server.failures(SrtpError.REPLAYED)).isEqualTo(rtcpWindow() / 2);
        assertThat(pair.server.tryUnprotectRtcp(sealed[0])).isEqualTo(SrtpError.TOO_OLD.code());
        assertThat(pair.server.tryUnprotectRtcp(sealed[2])).isEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource
    void aSequenceNumberIsProtectedOnce(SrtpProfile profile) {
        SrtpPeer client = new Pair(profile).client;
        client.protectRtp(rtp(SSRC, 10, 20));
        client.protectRtp(rtp(SSRC, 12, 20));
        client.protectRtp(rtp(SSRC, 11, 20));
        for (int sequence = 10; sequence <= 12; sequence++) {
            assertThat(client.tryProtectRtp(rtp(SSRC, sequence, 20))).isEqualTo(SrtpError.ALREADY_PROTECTED.code());
        }
        assertThat(client.failures(SrtpError.ALREADY_PROTECTED)).isEqualTo(3);
        assertThat(client.transform().counters().protectedRtp()).isEqualTo(3);
        client.protectRtp(rtp(SSRC, 13, 20));
    }

    @ParameterizedTest
    @EnumSource
    void aSequenceNumberOfWhichNobodyRemembersWhetherItWasProtectedIsRefused(SrtpProfile profile) {
        SrtpPeer client = new Pair(profile).client;
        client.protectRtp(rtp(SSRC, 10 + rtpWindow(), 20));
        assertThat(client.tryProtectRtp(rtp(SSRC, 10, 20))).isEqualTo(SrtpError.TOO_OLD.code());
        assertThat(client.failures(SrtpError.TOO_OLD)).isEqualTo(1);
        client.protectRtp(rtp(SSRC, 11, 20));
    }

    @ParameterizedTest
    @EnumSource
    void aForgedTagIsRefusedWhicheverByteIsWrong(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] sealed = pair.client.protectRtp(rtp(SSRC, 3, 40));
        for (int i = 1; i <= sealed.length - 52; i++) {
            byte[] forged = sealed.clone();
            forged[sealed.length - i] ^= 0x10;
            assertThat(pair.server.tryUnprotectRtp(forged)).isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        }
        assertThat(pair.server.failures(SrtpError.NOT_AUTHENTIC)).isEqualTo(sealed.length - 52);
        assertThat(pair.server.tryUnprotectRtp(sealed)).isEqualTo(52);
    }

    @ParameterizedTest
    @EnumSource
    void aPacketWithAnyBitChangedIsRefusedAndTheGenuineOneStillCounts(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] sealed = pair.client.protectRtp(rtp(SSRC, 3, 2, 1, 30));
        byte[] report = pair.client.protectRtcp(rtcp(SSRC, 28));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            assertThat(pair.server.tryUnprotectRtp(flipped(sealed, bit))).isNegative();
        }
        for (int bit = 0; bit < 8 * report.length; bit++) {
            assertThat(pair.server.tryUnprotectRtcp(flipped(report, bit))).isNegative();
        }
        assertThat(pair.server.unprotectRtp(sealed)).isEqualTo(rtp(SSRC, 3, 2, 1, 30));
        assertThat(pair.server.unprotectRtcp(report)).isEqualTo(rtcp(SSRC, 28));
    }

    @ParameterizedTest
    @EnumSource
    void aPacketCutShortAnywhereIsCountedAndRefused(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] sealed = pair.client.protectRtp(rtp(SSRC, 3, 40));
        byte[] report = pair.client.protectRtcp(rtcp(SSRC, 40));
        for (int length = 0; length < sealed.length; length++) {
            assertThat(pair.server.tryUnprotectRtp(Arrays.copyOf(sealed, length)))
                    .isNegative();
        }
        for (int length = 0; length < report.length; length++) {
            assertThat(pair.server.tryUnprotectRtcp(Arrays.copyOf(report, length)))
                    .isNegative();
        }
        assertThat(pair.server.transform().counters().failures().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(sealed.length + report.length);
        assertThat(pair.server.tryUnprotectRtp(sealed)).isEqualTo(52);
        assertThat(pair.server.tryUnprotectRtcp(report)).isEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource
    void fewerBytesThanAHeaderAreTooShort(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] packet = rtp(SSRC, 3, 0);
        for (int length = 0; length < 12; length++) {
            byte[] cut = Arrays.copyOf(packet, length);
            assertThat(pair.server.tryUnprotectRtp(cut)).isEqualTo(SrtpError.TOO_SHORT.code());
            assertThat(pair.client.tryProtectRtp(cut)).isEqualTo(SrtpError.TOO_SHORT.code());
        }
        assertThat(pair.server.failures(SrtpError.TOO_SHORT)).isEqualTo(12);
        assertThat(pair.client.failures(SrtpError.TOO_SHORT)).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource
    void aReportWithoutRoomForHeaderIndexAndTagIsTooShort(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] report = pair.client.protectRtcp(rtcp(SSRC, 8));
        for (int length = 0; length < report.length; length++) {
            assertThat(pair.server.tryUnprotectRtcp(Arrays.copyOf(report, length)))
                    .isEqualTo(SrtpError.TOO_SHORT.code());
        }
        assertThat(pair.server.failures(SrtpError.TOO_SHORT)).isEqualTo(report.length);
        ByteBuffer room = ByteBuffer.allocate(100);
        for (int length = 0; length < 8; length++) {
            assertThat(pair.client.transform().protectRtcp(ByteBuffer.allocate(length), room))
                    .isEqualTo(SrtpError.TOO_SHORT.code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void contributorsPastTheEndAreMalformed(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] sealed = pair.client.protectRtp(rtp(SSRC, 3, 40));
        sealed[0] |= 0x0f;
        assertThat(pair.server.tryUnprotectRtp(sealed)).isEqualTo(SrtpError.MALFORMED_HEADER.code());
        byte[] packet = rtp(SSRC, 4, 59);
        packet[0] |= 0x0f;
        assertThat(pair.client.tryProtectRtp(packet)).isEqualTo(SrtpError.MALFORMED_HEADER.code());
        assertThat(pair.server.failures(SrtpError.MALFORMED_HEADER)).isEqualTo(1);
        assertThat(pair.client.failures(SrtpError.MALFORMED_HEADER)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anExtensionPastTheEndIsMalformed(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] sealed = pair.client.protectRtp(rtp(SSRC, 3, 0, 2, 40));
        for (int words : new int[] {13, 0x7fff, 0xffff}) {
            byte[] longer = sealed.clone();
            ByteBuffer.wrap(longer).putShort(14, (short) words);
            assertThat(pair.server.tryUnprotectRtp(longer)).isEqualTo(SrtpError.MALFORMED_HEADER.code());
        }
        byte[] headerOnly = rtp(SSRC, 4, 2);
        headerOnly[0] |= 0x10;
        assertThat(pair.client.tryProtectRtp(headerOnly)).isEqualTo(SrtpError.MALFORMED_HEADER.code());
        assertThat(pair.server.failures(SrtpError.MALFORMED_HEADER)).isEqualTo(3);
        assertThat(pair.client.failures(SrtpError.MALFORMED_HEADER)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anotherVersionIsMalformed(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] sealed = pair.client.protectRtp(rtp(SSRC, 3, 40));
        byte[] report = pair.client.protectRtcp(rtcp(SSRC, 40));
        for (int version : new int[] {0x00, 0x40, 0xc0}) {
            sealed[0] = (byte) version;
            report[0] = (byte) version;
            assertThat(pair.server.tryUnprotectRtp(sealed)).isEqualTo(SrtpError.MALFORMED_HEADER.code());
            assertThat(pair.server.tryUnprotectRtcp(report)).isEqualTo(SrtpError.MALFORMED_HEADER.code());
            assertThat(pair.client.tryProtectRtp(sealed)).isEqualTo(SrtpError.MALFORMED_HEADER.code());
        }
        assertThat(pair.server.failures(SrtpError.MALFORMED_HEADER)).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderOfItsOwnMustBeWhole(SrtpProfile profile) {
        SrtpTransform client = new Pair(profile).client.transform();
        byte[] header = rtp(SSRC, 3, 1, 2, 0);
        ByteBuffer payload = ByteBuffer.allocate(100);
        ByteBuffer room = ByteBuffer.allocate(200);
        assertThat(client.protectRtp(ByteBuffer.wrap(header, 0, 11), payload, room))
                .isEqualTo(SrtpError.TOO_SHORT.code());
        assertThat(client.protectRtp(ByteBuffer.wrap(header, 0, header.length - 1), payload, room))
                .isEqualTo(SrtpError.MALFORMED_HEADER.code());
        assertThat(client.protectRtp(ByteBuffer.wrap(Arrays.copyOf(header, header.length + 1)), payload, room))
                .isEqualTo(SrtpError.MALFORMED_HEADER.code());
        assertThat(client.protectRtp(ByteBuffer.wrap(header), payload, room)).isGreaterThan(header.length + 100);
    }

    @ParameterizedTest
    @EnumSource
    void aReportWithoutEncryptionIsRefused(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] report = pair.client.protectRtcp(rtcp(SSRC, 40));
        boolean gcm = profile == SrtpProfile.AEAD_AES_128_GCM || profile == SrtpProfile.AEAD_AES_256_GCM;
        report[gcm ? report.length - 4 : report.length - 14] &= 0x7f;
        assertThat(pair.server.tryUnprotectRtcp(report)).isEqualTo(SrtpError.NOT_ENCRYPTED.code());
        assertThat(pair.server.failures(SrtpError.NOT_ENCRYPTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void ourOwnPacketsReflectedAreNotAuthentic(SrtpProfile profile) {
        SrtpPeer client = new Pair(profile).client;
        assertThat(client.tryUnprotectRtp(client.protectRtp(rtp(SSRC, 3, 40))))
                .isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        assertThat(client.tryUnprotectRtcp(client.protectRtcp(rtcp(SSRC, 40))))
                .isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        assertThat(client.failures(SrtpError.NOT_AUTHENTIC)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aReportIsNoMediaPacketAndAMediaPacketNoReport(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        assertThat(pair.server.tryUnprotectRtp(pair.client.protectRtcp(rtcp(SSRC, 40))))
                .isNegative();
        assertThat(pair.server.tryUnprotectRtcp(pair.client.protectRtp(rtp(SSRC, 1, 40))))
                .isNegative();
        pair.stillWorks();
    }

    @ParameterizedTest
    @EnumSource
    void keysOfAnotherAssociationDoNotFit(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        SrtpPeer stranger = new SrtpPeer(factory(), profile, 2, true);
        assertThat(pair.server.tryUnprotectRtp(stranger.protectRtp(rtp(SSRC, 3, 40))))
                .isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        assertThat(pair.server.tryUnprotectRtcp(stranger.protectRtcp(rtcp(SSRC, 40))))
                .isEqualTo(SrtpError.NOT_AUTHENTIC.code());
    }

    @ParameterizedTest
    @EnumSource
    void aLeapOverARollOverNobodySawIsNotAuthentic(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        pair.server.unprotectRtp(pair.client.protectRtp(rtp(SSRC, 100, 20)));
        for (long sequence = 30_000; sequence <= 90_000; sequence += 30_000) {
            pair.client.protectRtp(rtp(SSRC, sequence, 20));
        }
        byte[] next = pair.client.protectRtp(rtp(SSRC, 90_001, 20));
        assertThat(pair.server.tryUnprotectRtp(next)).isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        assertThat(pair.server.failures(SrtpError.NOT_AUTHENTIC)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void beyondTheLimitTheSourceUsedLeastRecentlyIsRetiredAndNeverTakenTwice(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] first = pair.client.protectRtp(rtp(1, 1, 20));
        byte[] report = pair.client.protectRtcp(rtcp(1, 40));
        pair.server.unprotectRtp(first);
        pair.server.unprotectRtcp(report);
        for (int ssrc = 2; ssrc <= 2 * SrtpTransform.MAX_SSRCS; ssrc++) {
            pair.server.unprotectRtp(pair.client.protectRtp(rtp(ssrc, 1, 20)));
            pair.server.unprotectRtcp(pair.client.protectRtcp(rtcp(ssrc, 40)));
            if (ssrc % 500 == 0) {
                pair.server.unprotectRtp(pair.client.protectRtp(rtp(SSRC, ssrc, 20)));
                pair.server.unprotectRtcp(pair.client.protectRtcp(rtcp(SSRC, 40)));
            }
        }
        assertThat(pair.client.tryProtectRtp(rtp(1, 1, 20))).isNegative();
        assertThat(pair.server.tryUnprotectRtp(first)).isNegative();
        assertThat(pair.server.tryUnprotectRtcp(report)).isNegative();
        assertThat(pair.server.failures(SrtpError.NOT_AUTHENTIC)).isZero();
        byte[] next = pair.client.protectRtp(rtp(SSRC, 3_000, 20));
        pair.server.unprotectRtp(next);
        assertThat(pair.server.tryUnprotectRtp(next)).isEqualTo(SrtpError.REPLAYED.code());
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfForgedSourcesTakesNoPlaceOfGenuineOnes(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] forged = pair.client.protectRtp(rtp(SSRC, 1, 20));
        byte[] forgedReport = pair.client.protectRtcp(rtcp(SSRC, 40));
        for (int i = 0; i < 3 * SrtpTransform.MAX_SSRCS; i++) {
            ByteBuffer.wrap(forged).putInt(8, i);
            ByteBuffer.wrap(forgedReport).putInt(4, i);
            assertThat(pair.server.tryUnprotectRtp(forged)).isEqualTo(SrtpError.NOT_AUTHENTIC.code());
            assertThat(pair.server.tryUnprotectRtcp(forgedReport)).isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        }
        assertThat(pair.server.failures(SrtpError.NOT_AUTHENTIC)).isEqualTo(6L * SrtpTransform.MAX_SSRCS);
        for (int ssrc = 1; ssrc <= 100; ssrc++) {
            pair.server.unprotectRtp(pair.client.protectRtp(rtp(ssrc, 1, 20)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDestinationThatIsTooSmallIsNotWrittenToAndTheNumberIsStillFree(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] packet = rtp(SSRC, 3, 40);
        byte[] report = rtcp(SSRC, 40);
        byte[] sealed = new Pair(profile).client.protectRtp(packet);
        byte[] sealedReport = new Pair(profile).client.protectRtcp(report);
        ByteBuffer room = ByteBuffer.allocate(200);
        int error = SrtpError.DESTINATION_TOO_SMALL.code();

        assertThat(pair.client.transform().protectRtp(ByteBuffer.wrap(packet), room.limit(sealed.length - 1)))
                .isEqualTo(error);
        assertThat(pair.client.transform().protectRtcp(ByteBuffer.wrap(report), room.limit(sealedReport.length - 1)))
                .isEqualTo(error);
        assertThat(pair.server.transform().unprotectRtp(ByteBuffer.wrap(sealed), room.limit(packet.length - 1)))
                .isEqualTo(error);
        assertThat(pair.server.transform().unprotectRtcp(ByteBuffer.wrap(sealedReport), room.limit(report.length - 1)))
                .isEqualTo(error);

        assertThat(room.array()).containsOnly(0);
        assertThat(pair.client.failures(SrtpError.DESTINATION_TOO_SMALL)).isEqualTo(2);
        assertThat(pair.server.failures(SrtpError.DESTINATION_TOO_SMALL)).isEqualTo(2);
        assertThat(pair.client.protectRtp(packet)).isEqualTo(sealed);
        assertThat(pair.client.protectRtcp(report)).isEqualTo(sealedReport);
        assertThat(pair.server.unprotectRtp(sealed)).isEqualTo(packet);
        assertThat(pair.server.unprotectRtcp(sealedReport)).isEqualTo(report);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedPacketIsLeftAsItWasInPlaceToo(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        for (int size : new int[] {30, 800}) {
            byte[] sealed = pair.client.protectRtp(rtp(SSRC, size, size));
            byte[] report = pair.client.protectRtcp(rtcp(SSRC, size - size % 4));
            byte[] forged = flipped(sealed, 120);
            byte[] forgedReport = flipped(report, 80);
            ByteBuffer place = ByteBuffer.wrap(forged.clone());
            ByteBuffer reportPlace = ByteBuffer.wrap(forgedReport.clone());

            assertThat(pair.server.transform().unprotectRtp(place, place)).isEqualTo(SrtpError.NOT_AUTHENTIC.code());
            assertThat(pair.server.transform().unprotectRtcp(reportPlace, reportPlace))
                    .isEqualTo(SrtpError.NOT_AUTHENTIC.code());
            assertThat(place.array()).isEqualTo(forged);
            assertThat(reportPlace.array()).isEqualTo(forgedReport);
        }
    }

    private static byte[] flipped(byte[] packet, int bit) {
        byte[] flipped = packet.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private final class Pair {

        private final SrtpPeer client;
        private final SrtpPeer server;

        Pair(SrtpProfile profile) {
            client = new SrtpPeer(factory(), profile, 1, true);
            server = new SrtpPeer(factory(), profile, 1, false);
        }

        void stillWorks() {
            byte[] packet = rtp(0x5eed, 77, 50);
            assertThat(server.unprotectRtp(client.protectRtp(packet))).isEqualTo(packet);
        }
    }
}
