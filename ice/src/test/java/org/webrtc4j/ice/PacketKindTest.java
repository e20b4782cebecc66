package org.webrtc4j.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PacketKindTest {

    @Test
    void theFirstByteTellsTheKind() {
        for (int first = 0; first < 256; first++) {
            PacketKind expected = first < 4
                    ? PacketKind.STUN
                    : first < 16
                            ? PacketKind.UNKNOWN
                            : first < 20
                                    ? PacketKind.ZRTP
                                    : first < 64
                                            ? PacketKind.DTLS
                                            : first < 80
                                                    ? PacketKind.TURN_CHANNEL
                                                    : first < 128 || first > 191 ? PacketKind.UNKNOWN : PacketKind.RTP;
            assertThat(PacketKind.of(ByteBuffer.wrap(new byte[] {(byte) first, 96})))
                    .as("first byte %d", first)
                    .isEqualTo(expected);
        }
    }

    @Test
    void payloadTypes192To223AreRtcp() {
        assertThat(PacketKind.of(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 191})))
                .isEqualTo(PacketKind.RTP);
        assertThat(PacketKind.of(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 192})))
                .isEqualTo(PacketKind.RTCP);
        assertThat(PacketKind.of(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 223})))
                .isEqualTo(PacketKind.RTCP);
        assertThat(PacketKind.of(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 224})))
                .isEqualTo(PacketKind.RTP);
    }

    @Test
    void anEmptyPacketIsUnknown() {
        assertThat(PacketKind.of(ByteBuffer.allocate(0))).isEqualTo(PacketKind.UNKNOWN);
        assertThat(PacketKind.of(ByteBuffer.wrap(new byte[] {(byte) 0x80}))).isEqualTo(PacketKind.UNKNOWN);
    }
}
