package org.webrtc4j.srtp.jca;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.contract.SrtpPackets;

/** Whatever a stranger sends, or whoever sends by way of us: no exception leaves, and nothing forged is believed. */
class SrtpFuzzTest {

    private static final int SSRC = 0xcafe_babe;

    @FuzzTest
    void header(byte[] packet) {
        if (packet.length < RtpHeader.FIXED_BYTES) {
            return;
        }
        int length = RtpHeader.length(packet, 0, packet.length);
        check(length == -1 || (length >= RtpHeader.FIXED_BYTES && length <= packet.length));
        check(length == -1 || length % 4 == 0);
    }

    @FuzzTest
    void strangersPackets(byte[] packet) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            JcaSrtpTransform server = transform(profile, false);
            byte[] source = packet.clone();
            check(server.unprotectRtp(ByteBuffer.wrap(source), ByteBuffer.allocate(packet.length)) < 0);
            check(server.unprotectRtcp(ByteBuffer.wrap(source), ByteBuffer.allocate(packet.length)) < 0);
            ByteBuffer place = ByteBuffer.wrap(source);
            check(server.unprotectRtp(place, place) < 0);
            check(server.unprotectRtcp(place, place) < 0);
            check(Arrays.equals(source, packet));
            check(server.incoming().rtpStreams().size() == 0);
            check(server.incoming().rtcpStreams().size() == 0);
        }
    }

    @FuzzTest
    void mutatedPackets(FuzzedDataProvider data) {
        SrtpProfile profile = data.pickValue(SrtpProfile.values());
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        int sequence = data.consumeInt(0, 0xffff);
        byte[] packet = SrtpPackets.rtp(
                SSRC, sequence, data.consumeInt(0, 15), data.consumeInt(-1, 8), data.consumeInt(0, 600));
        byte[] report = SrtpPackets.rtcp(SSRC, 8 + 4 * data.consumeInt(0, 150));
        byte[] room = new byte[packet.length + 20];
        int sealedBytes = client.protectRtp(ByteBuffer.wrap(packet), ByteBuffer.wrap(room));
        byte[] sealed = Arrays.copyOf(room, sealedBytes);
        byte[] reportRoom = new byte[report.length + 20];
        int sealedReportBytes = client.protectRtcp(ByteBuffer.wrap(report), ByteBuffer.wrap(reportRoom));
        byte[] sealedReport = Arrays.copyOf(reportRoom, sealedReportBytes);
        mutate(data, sealed);
        mutate(data, sealedReport);
        boolean changed = !Arrays.equals(sealed, Arrays.copyOf(room, sealedBytes));
        boolean changedReport = !Arrays.equals(sealedReport, Arrays.copyOf(reportRoom, sealedReportBytes));

        int length = server.unprotectRtp(ByteBuffer.wrap(sealed), ByteBuffer.allocate(sealed.length));
        check(changed ? length < 0 : length == packet.length);
        check(server.incoming().rtpStreams().size() == (changed ? 0 : 1));
        length = server.unprotectRtcp(ByteBuffer.wrap(sealedReport), ByteBuffer.allocate(sealedReport.length));
        check(changedReport ? length < 0 : length == report.length);
        check(server.incoming().rtcpStreams().size() == (changedReport ? 0 : 1));
    }

    /** A forwarder protects what others have written. */
    @FuzzTest
    void packetsToProtect(byte[] packet) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            JcaSrtpTransform client = transform(profile, true);
            JcaSrtpTransform server = transform(profile, false);
            ByteBuffer sealed = ByteBuffer.allocate(packet.length + 20);
            ByteBuffer opened = ByteBuffer.allocate(packet.length);

            int length = client.protectRtp(ByteBuffer.wrap(packet), sealed);
            if (length >= 0) {
                check(server.unprotectRtp(sealed.limit(length), opened) == packet.length);
                check(Arrays.equals(opened.array(), packet));
            }
            length = client.protectRtcp(ByteBuffer.wrap(packet), sealed.clear());
            if (length >= 0) {
                check(server.unprotectRtcp(sealed.limit(length), opened) == packet.length);
                check(Arrays.equals(opened.array(), packet));
            }
        }
    }

    /** Some calls with packets that mean one another: replayed, renumbered, of few SSRCs. */
    @FuzzTest
    void calls(FuzzedDataProvider data) {
        SrtpProfile profile = data.pickValue(SrtpProfile.values());
        JcaSrtpTransform client = transform(profile, true);
        JcaSrtpTransform server = transform(profile, false);
        long taken = 0;
        for (int call = 0; call < 200 && data.remainingBytes() > 0; call++) {
            int ssrc = data.consumeInt(0, 3);
            byte[] packet = SrtpPackets.rtp(ssrc, data.consumeInt(0, 0xffff), 20);
            ByteBuffer sealed = ByteBuffer.allocate(60);
            int length = client.protectRtp(ByteBuffer.wrap(packet), sealed);
            if (length >= 0) {
                ByteBuffer opened = ByteBuffer.allocate(60);
                int result = server.unprotectRtp(sealed.limit(length), opened);
                // Lost packets make the receiver guess; it never takes one for another.
                check(result < 0 || Arrays.equals(Arrays.copyOf(opened.array(), result), packet));
                taken += result < 0 ? 0 : 1;
                int again = server.unprotectRtp(sealed, opened);
                check(result < 0 || again == SrtpError.REPLAYED.code());
            }
            check(client.protectRtp(ByteBuffer.wrap(packet), sealed.clear()) < 0);
        }
        check(server.counters().unprotectedRtp() == taken);
        check(server.incoming().rtpStreams().size() <= 4
                && client.outgoing().rtpStreams().size() <= 4);
    }

    private static void mutate(FuzzedDataProvider data, byte[] packet) {
        int changes = data.consumeInt(0, 4);
        for (int i = 0; i < changes; i++) {
            packet[data.consumeInt(0, packet.length - 1)] = data.consumeByte();
        }
    }

    private static JcaSrtpTransform transform(SrtpProfile profile, boolean client) {
        return (JcaSrtpTransform) new JcaSrtp().create(profile, SrtpPackets.keys(profile, 1), client);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
