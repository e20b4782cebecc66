package org.webrtc4j.srtp.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.srtp.contract.SrtpPackets.keys;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtcp;
import static org.webrtc4j.srtp.contract.SrtpPackets.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;

/** What is kept of an SSRC, seen from inside: when it comes to be, and where its indices end. */
class StreamStateTest {

    private static final int SSRC = 0x1234_5678;

    @ParameterizedTest
    @EnumSource
    void aFloodOfForgedSourcesLeavesNoState(SrtpProfile profile) {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        byte[] packet = protectRtp(client, rtp(SSRC, 1, 30));
        byte[] report = protectRtcp(client, rtcp(SSRC, 40));
        for (int i = 0; i < 2_000; i++) {
            ByteBuffer.wrap(packet).putInt(8, i);
            ByteBuffer.wrap(report).putInt(4, i);
            assertThat(server.unprotectRtp(ByteBuffer.wrap(packet), ByteBuffer.allocate(100)))
                    .isEqualTo(SrtpError.NOT_AUTHENTIC.code());
            assertThat(server.unprotectRtcp(ByteBuffer.wrap(report), ByteBuffer.allocate(100)))
                    .isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        }
        assertThat(server.incoming().rtpStreams().size()).isZero();
        assertThat(server.incoming().rtcpStreams().size()).isZero();
        assertThat(server.counters().failures(SrtpError.NOT_AUTHENTIC)).isEqualTo(4_000);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedPacketFarAheadMovesNothing(SrtpProfile profile) {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        unprotectRtp(server, protectRtp(client, rtp(SSRC, 1, 30)));
        byte[] forged = protectRtp(client, rtp(SSRC, 2, 30));
        ByteBuffer.wrap(forged).putShort(2, (short) 30_000);
        assertThat(unprotectRtp(server, forged)).isEqualTo(SrtpError.NOT_AUTHENTIC.code());
        assertThat(window(server.incoming().rtpStreams()).highest()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theLastIndexIsProtectedAndNoneBehindIt(SrtpProfile profile) {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        open(client.outgoing().rtpStreams(), Rollover.MAX_INDEX - 2);
        open(server.incoming().rtpStreams(), Rollover.MAX_INDEX - 2);
        for (int sequence = 65_534; sequence <= 65_535; sequence++) {
            byte[] packet = rtp(SSRC, sequence, 30);
            assertThat(unprotectRtp(server, protectRtp(client, packet))).isEqualTo(packet.length);
        }
        assertThat(client.protectRtp(ByteBuffer.wrap(rtp(SSRC, 65_536, 30)), ByteBuffer.allocate(100)))
                .isEqualTo(SrtpError.INDEX_EXHAUSTED.code());
        assertThat(unprotectRtp(server, rtp(SSRC, 65_536, 30))).isEqualTo(SrtpError.INDEX_EXHAUSTED.code());
        assertThat(client.counters().failures(SrtpError.INDEX_EXHAUSTED)).isEqualTo(1);
        assertThat(server.counters().failures(SrtpError.INDEX_EXHAUSTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theLastReportIsProtectedAndNoneBehindIt(SrtpProfile profile) {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        open(client.outgoing().rtcpStreams(), Srtcp.MAX_INDEX - 1);
        byte[] report = rtcp(SSRC, 40);
        assertThat(server.unprotectRtcp(ByteBuffer.wrap(protectRtcp(client, report)), ByteBuffer.allocate(100)))
                .isEqualTo(40);
        assertThat(client.protectRtcp(ByteBuffer.wrap(report), ByteBuffer.allocate(100)))
                .isEqualTo(SrtpError.INDEX_EXHAUSTED.code());
        assertThat(client.counters().failures(SrtpError.INDEX_EXHAUSTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theRollOverCounterTakesAllOfItsBits(SrtpProfile profile) {
        for (long rollover : new long[] {0x7fff_ffffL, 0x8000_0000L, 0xffff_fffeL}) {
            JcaSrtpTransform client = transform(profile, true);
            JcaSrtpTransform server = transform(profile, false);
            long last = rollover << 16 | 0xffff;
            open(client.outgoing().rtpStreams(), last - 1);
            open(server.incoming().rtpStreams(), last - 1);
            for (long index = last; index < last + 3; index++) {
                byte[] packet = rtp(SSRC, index, 30);
                assertThat(unprotectRtp(server, protectRtp(client, packet))).isEqualTo(packet.length);
            }
            assertThat(window(server.incoming().rtpStreams()).highest()).isEqualTo(last + 2);
        }
    }

    /** RFC 3711 section 3.3.1 would take it for one of the roll-over before, of which there is none. */
    @ParameterizedTest
    @EnumSource
    void nothingIsProtectedBeforeTheFirstRollOver(SrtpProfile profile) {
        JcaSrtpTransform client = transform(profile, true);
        protectRtp(client, rtp(SSRC, 5, 20));
        assertThat(client.protectRtp(ByteBuffer.wrap(rtp(SSRC, 65_530, 20)), ByteBuffer.allocate(100)))
                .isEqualTo(SrtpError.TOO_OLD.code());
        protectRtp(client, rtp(SSRC, 6, 20));
    }

    @ParameterizedTest
    @EnumSource
    void aLeapOfMoreThanHalfTheRangeBeforeTheFirstRollOverIsTriedAsOne(SrtpProfile profile) {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        byte[][] sealed = new byte[3][];
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = protectRtp(client, rtp(SSRC, 10 + 20_000 * i, 20));
        }
        assertThat(unprotectRtp(server, sealed[0])).isEqualTo(32);
        assertThat(unprotectRtp(server, sealed[2])).isEqualTo(32);
        assertThat(unprotectRtp(server, sealed[1])).isEqualTo(SrtpError.TOO_OLD.code());
    }

    @ParameterizedTest
    @EnumSource
    void aRetiredSourceGoesOnBehindItsHighestIndex(SrtpProfile profile) {
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        byte[] old = new byte[0];
        for (int sequence = 65_530; sequence < 65_540; sequence++) {
            old = protectRtp(client, rtp(SSRC, sequence, 20));
            unprotectRtp(server, old);
        }
        for (int ssrc = 1; ssrc <= SrtpTransform.MAX_SSRCS; ssrc++) {
            unprotectRtp(server, protectRtp(client, rtp(ssrc, 1, 20)));
        }
        assertThat(client.outgoing().rtpStreams().get(SSRC)).isNull();
        assertThat(server.incoming().rtpStreams().get(SSRC)).isNull();
        assertThat(client.protectRtp(ByteBuffer.wrap(rtp(SSRC, 65_539, 20)), ByteBuffer.allocate(100)))
                .isEqualTo(SrtpError.ALREADY_PROTECTED.code());
        assertThat(client.protectRtp(ByteBuffer.wrap(rtp(SSRC, 65_000, 20)), ByteBuffer.allocate(100)))
                .isEqualTo(SrtpError.ALREADY_PROTECTED.code());
        assertThat(unprotectRtp(server, old)).isEqualTo(SrtpError.REPLAYED.code());
        byte[] next = protectRtp(client, rtp(SSRC, 65_540, 20));
        assertThat(unprotectRtp(server, next)).isEqualTo(32);
        assertThat(unprotectRtp(server, next)).isEqualTo(SrtpError.REPLAYED.code());
        assertThat(unprotectRtp(server, old)).isEqualTo(SrtpError.REPLAYED.code());
    }

    @Test
    void whatIsRememberedHasALimitToo() {
        JcaSrtpTransform client = transform(SrtpProfile.AEAD_AES_128_GCM, true);
        int limit = SrtpTransform.MAX_SSRCS + SrtpTransform.MAX_RETIRED_SSRCS;
        for (int ssrc = 1; ssrc <= limit; ssrc++) {
            protectRtp(client, rtp(ssrc, 1, 20));
        }
        assertThat(client.protectRtp(ByteBuffer.wrap(rtp(limit + 1, 1, 20)), ByteBuffer.allocate(100)))
                .isEqualTo(SrtpError.TOO_MANY_SSRCS.code());
        protectRtp(client, rtp(limit, 2, 20));
        for (int ssrc = 1; ssrc <= limit; ssrc++) {
            assertThat(client.protectRtp(ByteBuffer.wrap(rtp(ssrc, 1, 20)), ByteBuffer.allocate(100)))
                    .isEqualTo(SrtpError.ALREADY_PROTECTED.code());
        }
    }

    private static JcaSrtpTransform transform(SrtpProfile profile, boolean client) {
        return (JcaSrtpTransform) new JcaSrtp().create(profile, keys(profile, 1), client);
    }

    private static void open(SsrcTable streams, long highest) {
        streams.use(streams.open(SSRC), highest);
    }

    private static StreamWindow window(SsrcTable streams) {
        StreamWindow window = streams.get(SSRC);
        if (window == null) {
            throw new AssertionError("no state");
        }
        return window;
    }

    private static byte[] protectRtp(JcaSrtpTransform transform, byte[] packet) {
        byte[] sealed = new byte[packet.length + 20];
        int length = transform.protectRtp(ByteBuffer.wrap(packet), ByteBuffer.wrap(sealed));
        assertThat(length).isPositive();
        return Arrays.copyOf(sealed, length);
    }

    private static byte[] protectRtcp(JcaSrtpTransform transform, byte[] packet) {
        byte[] sealed = new byte[packet.length + 20];
        int length = transform.protectRtcp(ByteBuffer.wrap(packet), ByteBuffer.wrap(sealed));
        assertThat(length).isPositive();
        return Arrays.copyOf(sealed, length);
    }

    private static int unprotectRtp(JcaSrtpTransform transform, byte[] packet) {
        return transform.unprotectRtp(ByteBuffer.wrap(packet), ByteBuffer.allocate(packet.length));
    }
}
