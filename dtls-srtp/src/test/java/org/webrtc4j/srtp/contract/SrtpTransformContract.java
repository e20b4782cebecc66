package org.webrtc4j.srtp.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.srtp.contract.SrtpPackets.NO_EXTENSION;
import static org.webrtc4j.srtp.contract.SrtpPackets.keys;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtcp;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.SrtpTransformFactory;
import org.webrtc4j.srtp.SrtpTransforms;

/** What packets go through, whatever the implementation. What does not is in {@link SrtpRefusalContract}. */
public abstract class SrtpTransformContract {

    private static final int SSRC = 0xcafe_babe;
    private static final int[] SIZES = {0, 1, 7, 8, 15, 16, 31, 33, 160, 496, 511, 512, 513, 1_200, 4_096};

    /** For the implementation's test class. */
    protected SrtpTransformContract() {}

    /**
     * Makes the implementation under test.
     *
     * @return a factory
     */
    protected abstract SrtpTransformFactory factory();

    @ParameterizedTest
    @EnumSource
    void whatOneSideProtectsTheOtherUnprotects(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        int sequence = 0;
        for (int size : SIZES) {
            byte[] packet = rtp(SSRC, sequence++, size);
            assertThat(server.unprotectRtp(client.protectRtp(packet))).isEqualTo(packet);
            assertThat(client.unprotectRtp(server.protectRtp(packet))).isEqualTo(packet);
        }
        assertThat(server.transform().counters().unprotectedRtp()).isEqualTo(SIZES.length);
        assertThat(server.transform().counters().protectedRtp()).isEqualTo(SIZES.length);
        assertThat(server.transform().counters().failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatOneSideReportsTheOtherReads(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        for (int size = 8; size <= 1_200; size += 4) {
            byte[] packet = rtcp(SSRC, size);
            assertThat(server.unprotectRtcp(client.protectRtcp(packet))).isEqualTo(packet);
        }
        assertThat(server.transform().counters().unprotectedRtcp()).isEqualTo(299);
        assertThat(client.transform().counters().protectedRtcp()).isEqualTo(299);
    }

    @ParameterizedTest
    @EnumSource
    void contributorsAndExtensionsStayReadableAndComeBack(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        int sequence = 0;
        for (int contributors = 0; contributors <= 15; contributors++) {
            for (int words = NO_EXTENSION; words <= 4; words++) {
                byte[] packet = rtp(SSRC, sequence++, contributors, words, 100);
                byte[] sealed = client.protectRtp(packet);
                int headerBytes = packet.length - 100;
                assertThat(Arrays.copyOf(sealed, headerBytes)).isEqualTo(Arrays.copyOf(packet, headerBytes));
                assertThat(server.unprotectRtp(sealed)).isEqualTo(packet);
            }
        }
    }

    /** RFC 5764 section 4.1.2 and RFC 7714 section 12. */
    @ParameterizedTest
    @EnumSource
    void protectionAddsTheTagOfTheProfileAndWithRtcpTheIndex(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        int rtpTag =
                switch (profile) {
                    case AES128_CM_HMAC_SHA1_80 -> 10;
                    case AES128_CM_HMAC_SHA1_32 -> 4;
                    case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> 16;
                };
        assertThat(client.protectRtp(rtp(SSRC, 1, 200))).hasSize(212 + rtpTag);
        assertThat(client.protectRtcp(rtcp(SSRC, 80))).hasSize(80 + 4 + Math.max(rtpTag, 10));
    }

    @ParameterizedTest
    @EnumSource
    void thePayloadIsHiddenAndTwoPacketsAlikeAreHiddenDifferently(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        byte[] packet = rtp(SSRC, 1, 64);
        Arrays.fill(packet, 12, packet.length, (byte) 0);
        byte[] first = client.protectRtp(packet);
        packet[3] = 2;
        byte[] second = client.protectRtp(packet);

        byte[] hidden = Arrays.copyOfRange(first, 12, 76);
        assertThat(hidden).isNotEqualTo(new byte[64]);
        assertThat(Arrays.copyOfRange(second, 12, 76)).isNotEqualTo(hidden);
    }

    @ParameterizedTest
    @EnumSource
    void theSameBytesComeOutInPlaceApartAndFromHeaderAndPayload(SrtpProfile profile) {
        for (int size : SIZES) {
            byte[] packet = rtp(SSRC, 9, 3, 2, size);
            byte[] expected = client(profile).protectRtp(packet);

            byte[] place = Arrays.copyOf(packet, packet.length + SrtpTransform.MAX_OVERHEAD_BYTES);
            int inPlace = client(profile)
                    .transform()
                    .protectRtp(ByteBuffer.wrap(place, 0, packet.length), ByteBuffer.wrap(place));
            assertThat(Arrays.copyOf(place, inPlace)).isEqualTo(expected);

            int headerBytes = packet.length - size;
            ByteBuffer joined = ByteBuffer.allocate(expected.length);
            int fromTwo = client(profile)
                    .transform()
                    .protectRtp(
                            ByteBuffer.wrap(Arrays.copyOf(packet, headerBytes)),
                            ByteBuffer.wrap(packet, headerBytes, size).slice(),
                            joined);
            assertThat(fromTwo).isEqualTo(expected.length);
            assertThat(joined.array()).isEqualTo(expected);

            int unprotected = server(profile)
                    .transform()
                    .unprotectRtp(ByteBuffer.wrap(place, 0, inPlace), ByteBuffer.wrap(place, 0, inPlace));
            assertThat(Arrays.copyOf(place, unprotected)).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAreProtectedAndUnprotectedInPlace(SrtpProfile profile) {
        for (int size : new int[] {8, 60, 520, 1_200}) {
            byte[] packet = rtcp(SSRC, size);
            byte[] expected = client(profile).protectRtcp(packet);
            byte[] place = Arrays.copyOf(packet, expected.length);

            int sealed =
                    client(profile).transform().protectRtcp(ByteBuffer.wrap(place, 0, size), ByteBuffer.wrap(place));
            assertThat(sealed).isEqualTo(expected.length);
            assertThat(place).isEqualTo(expected);

            ByteBuffer same = ByteBuffer.wrap(place);
            assertThat(server(profile).transform().unprotectRtcp(same, same)).isEqualTo(size);
            assertThat(Arrays.copyOf(place, size)).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void buffersAreReadAndWrittenBetweenPositionAndLimitWhichStay(SrtpProfile profile) {
        byte[] packet = rtp(SSRC, 5, 700);
        byte[] expected = client(profile).protectRtp(packet);
        ByteBuffer source = ByteBuffer.allocate(2_000).position(101).slice();
        source.position(13).put(packet).flip().position(13);
        ByteBuffer destination = ByteBuffer.allocate(2_000).position(57).slice();
        destination.position(31).limit(31 + expected.length);

        assertThat(client(profile).transform().protectRtp(source, destination)).isEqualTo(expected.length);

        assertThat(source.position()).isEqualTo(13);
        assertThat(source.limit()).isEqualTo(13 + packet.length);
        assertThat(destination.position()).isEqualTo(31);
        assertThat(destination.remaining()).isEqualTo(expected.length);
        byte[] written = destination.array();
        assertThat(Arrays.copyOfRange(written, 57 + 31, 57 + 31 + expected.length))
                .isEqualTo(expected);
        Arrays.fill(written, 57 + 31, 57 + 31 + expected.length, (byte) 0);
        assertThat(written).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReceivedNeedsNoRoomForItsTagAndMayHaveIt(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        for (int room : new int[] {0, 15, 16, 200}) {
            byte[] packet = rtp(SSRC, 5 + room, 700);
            ByteBuffer destination = ByteBuffer.allocate(2_000);
            destination.position(31).limit(31 + packet.length + room);

            assertThat(server.transform().unprotectRtp(ByteBuffer.wrap(client.protectRtp(packet)), destination))
                    .isEqualTo(packet.length);

            byte[] written = destination.array();
            assertThat(Arrays.copyOfRange(written, 31, 31 + packet.length)).isEqualTo(packet);
            Arrays.fill(written, 31, destination.limit(), (byte) 0);
            assertThat(written).containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sequenceNumbersRollOverManyTimes(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        for (long sequence = 65_000; sequence < 4 * 65_536; sequence += 500) {
            byte[] packet = rtp(SSRC, sequence, 20);
            assertThat(server.unprotectRtp(client.protectRtp(packet))).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstPacketMayBeTheLastBeforeTheRollOver(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        for (long sequence : new long[] {65_535, 65_536, 65_537}) {
            byte[] packet = rtp(SSRC, sequence, 20);
            assertThat(server.unprotectRtp(client.protectRtp(packet))).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void packetsReorderedAcrossTheRollOverArrive(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        byte[][] sealed = new byte[20][];
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = client.protectRtp(rtp(SSRC, 65_526 + i, 20));
        }
        for (int i : new int[] {0, 12, 9, 10, 3, 19, 8, 11, 1}) {
            assertThat(server.unprotectRtp(sealed[i])).isEqualTo(rtp(SSRC, 65_526 + i, 20));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sourcesCountOnTheirOwn(SrtpProfile profile) {
        SrtpPeer client = client(profile);
        SrtpPeer server = server(profile);
        for (int sequence = 100; sequence < 110; sequence++) {
            for (int ssrc : new int[] {0, 1, -1, SSRC}) {
                byte[] packet = rtp(ssrc, sequence, 30);
                byte[] report = rtcp(ssrc, 40);
                assertThat(server.unprotectRtp(client.protectRtp(packet))).isEqualTo(packet);
                assertThat(server.unprotectRtcp(client.protectRtcp(report))).isEqualTo(report);
            }
        }
    }

    @Test
    void keysOfAnotherProfileAndDestroyedKeysAreRefused() {
        KeyingMaterial keys = keys(SrtpProfile.AEAD_AES_128_GCM, 1);
        assertThatThrownBy(() -> factory().create(SrtpProfile.AES128_CM_HMAC_SHA1_80, keys, true))
                .isInstanceOf(IllegalArgumentException.class);
        keys.destroy();
        assertThatThrownBy(() -> factory().create(SrtpProfile.AEAD_AES_128_GCM, keys, true))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void theKeysMayBeDestroyedOnceTheTransformIsMade(SrtpProfile profile) {
        KeyingMaterial keys = keys(profile, 1);
        SrtpTransform client = factory().create(profile, keys, true);
        keys.destroy();
        byte[] packet = rtp(SSRC, 1, 10);
        ByteBuffer sealed = ByteBuffer.allocate(100);
        sealed.limit(client.protectRtp(ByteBuffer.wrap(packet), sealed));

        assertThat(server(profile).tryUnprotectRtp(Arrays.copyOf(sealed.array(), sealed.limit())))
                .isEqualTo(packet.length);
    }

    @ParameterizedTest
    @EnumSource
    void itIsWarmedUpOffTheCallPath(SrtpProfile profile) {
        SrtpTransforms.warmUp(factory(), profile, 2_000);
    }

    @Test
    void aTransformThatRefusesItsWarmUpSaysSo() {
        assertThatThrownBy(() -> SrtpTransforms.warmUp(
                        (profile, keys, client) -> factory().create(profile, keys, true),
                        SrtpProfile.AEAD_AES_128_GCM,
                        1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not-authentic");
    }

    @Test
    void aDirectBufferIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> client(SrtpProfile.AEAD_AES_128_GCM)
                        .transform()
                        .protectRtp(ByteBuffer.allocateDirect(100), ByteBuffer.allocate(200)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void everyErrorIsFoundByItsCode() {
        for (SrtpError error : SrtpError.values()) {
            assertThat(error.code()).isNegative();
            assertThat(SrtpError.of(error.code())).isSameAs(error);
        }
        assertThatThrownBy(() -> SrtpError.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SrtpError.of(-1_000)).isInstanceOf(IllegalArgumentException.class);
    }

    private SrtpPeer client(SrtpProfile profile) {
        return new SrtpPeer(factory(), profile, 1, true);
    }

    private SrtpPeer server(SrtpProfile profile) {
        return new SrtpPeer(factory(), profile, 1, false);
    }
}
