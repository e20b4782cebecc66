package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets.Extension;

class RtpPacketTest {

    private final RtpPacket packet = new RtpPacket();

    private @Nullable RtpDrop parse(byte[] bytes) {
        // Borrowed from the middle of a larger array, as a port would.
        byte[] array = new byte[bytes.length + 20];
        Arrays.fill(array, (byte) 0xff);
        System.arraycopy(bytes, 0, array, 7, bytes.length);
        return packet.parse(ByteBuffer.wrap(array, 7, bytes.length), 42);
    }

    private @Nullable RtpDrop parse(String hex) {
        return parse(Packets.hex(hex));
    }

    @Test
    void theFieldsOfTheFixedHeaderAreRead() {
        assertThat(parse("80e0 fffe 89abcdef deadbeef 010203")).isNull();

        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.sequenceNumber()).isEqualTo(0xfffe);
        assertThat(packet.timestamp()).isEqualTo(0x89abcdef);
        assertThat(packet.ssrc()).isEqualTo(0xdeadbeef);
        assertThat(packet.headerLength()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.payloadOffset()).isEqualTo(packet.offset() + 12);
        assertThat(packet.arrivalNanos()).isEqualTo(42);
        assertThat(packet.extensionCount()).isZero();
        byte[] payload = new byte[3];
        packet.payload().get(payload);
        assertThat(payload).containsExactly(1, 2, 3);
    }

    @Test
    void csrcsPrecedeThePayload() {
        assertThat(parse("8260 0001 00000002 00000003 00000004 00000005 aa")).isNull();

        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.csrc(0)).isEqualTo(4);
        assertThat(packet.csrc(1)).isEqualTo(5);
        assertThat(packet.payloadLength()).isEqualTo(1);
    }

    @Test
    void settersWriteThroughToTheBytes() {
        parse("8060 0001 00000002 00000003 aa");

        packet.setPayloadType(111);
        packet.setMarker(true);
        packet.setSequenceNumber(0x1fffe);
        packet.setTimestamp(0x01020304);
        packet.setSsrc(0x05060708);

        byte[] bytes = Arrays.copyOfRange(packet.array(), packet.offset(), packet.offset() + packet.size());
        assertThat(bytes).isEqualTo(Packets.hex("80ef fffe 01020304 05060708 aa"));
        assertThat(packet.payloadType()).isEqualTo(111);
        assertThat(packet.sequenceNumber()).isEqualTo(0xfffe);
    }

    @Test
    void paddingIsTakenFromThePayload() {
        assertThat(parse("a060 0001 00000002 00000003 aa 00 00 03")).isNull();
        assertThat(packet.payloadLength()).isEqualTo(1);
        assertThat(packet.paddingLength()).isEqualTo(3);

        assertThat(parse("a060 0001 00000002 00000003 00 00 03"))
                .as("padding only")
                .isNull();
        assertThat(packet.payloadLength()).isZero();
    }

    @Test
    void paddingOfZeroOrAboveThePayloadIsRefused() {
        assertThat(parse("a060 0001 00000002 00000003 aa 00")).isEqualTo(RtpDrop.BAD_PADDING);
        assertThat(parse("a060 0001 00000002 00000003 aa 03")).isEqualTo(RtpDrop.BAD_PADDING);
        assertThat(parse("a060 0001 00000002 00000003")).isEqualTo(RtpDrop.BAD_PADDING);
    }

    @Test
    void packetsThatAreNotRtpAreRefused() {
        assertThat(parse("80600001 00000002 000000")).isEqualTo(RtpDrop.SHORT_PACKET);
        assertThat(parse("")).isEqualTo(RtpDrop.SHORT_PACKET);
        assertThat(parse("40600001 00000002 00000003")).isEqualTo(RtpDrop.BAD_VERSION);
        assertThat(parse("80c80001 00000002 00000003")).isEqualTo(RtpDrop.RTCP_PAYLOAD_TYPE);
        assertThat(parse("80df0001 00000002 00000003")).isEqualTo(RtpDrop.RTCP_PAYLOAD_TYPE);
        assertThat(parse("8f600001 00000002 00000003 00000004")).isEqualTo(RtpDrop.BAD_CSRC);
        assertThat(parse("90600001 00000002 00000003 bede")).isEqualTo(RtpDrop.BAD_EXTENSION);
        assertThat(parse("90600001 00000002 00000003 bede0002 10000000")).isEqualTo(RtpDrop.BAD_EXTENSION);
        assertThat(parse("90600001 00000002 00000003 bedeffff 10000000")).isEqualTo(RtpDrop.BAD_EXTENSION);
        assertThat(parse(Packets.rtp(96, 1, 2, 3, 1489))).isEqualTo(RtpDrop.OVERSIZED_PACKET);
        assertThat(parse(Packets.rtp(96, 1, 2, 3, 1488))).isNull();
    }

    @Test
    void rtcpAndRtpAreToldApartByTheSecondByte() {
        assertThat(RtpPacket.isRtcp(ByteBuffer.wrap(Packets.hex("80c8")))).isTrue();
        assertThat(RtpPacket.isRtcp(ByteBuffer.wrap(Packets.hex("81cd")))).isTrue();
        assertThat(RtpPacket.isRtcp(ByteBuffer.wrap(Packets.hex("80df")))).isTrue();
        assertThat(RtpPacket.isRtcp(ByteBuffer.wrap(Packets.hex("80e0")))).isFalse();
        assertThat(RtpPacket.isRtcp(ByteBuffer.wrap(Packets.hex("80bf")))).isFalse();
        assertThat(RtpPacket.isRtcp(ByteBuffer.wrap(Packets.hex("806f")))).isFalse();
        assertThat(RtpPacket.isRtpOrRtcp(ByteBuffer.wrap(Packets.hex("7fc8")))).isFalse();
        assertThat(RtpPacket.isRtpOrRtcp(ByteBuffer.wrap(Packets.hex("80")))).isTrue();
        assertThat(RtpPacket.isRtpOrRtcp(ByteBuffer.wrap(Packets.hex("bf")))).isTrue();
        assertThat(RtpPacket.isRtpOrRtcp(ByteBuffer.wrap(Packets.hex("c0")))).isFalse();
    }

    private void extended(Extension extension) {
        assertThat(parse(Packets.rtp(96, false, 1, 2, 3, extension, new byte[] {9})))
                .isNull();
        assertThat(packet.payloadLength()).isEqualTo(1);
    }

    private byte[] element(int id) {
        int at = packet.extensionOffset(id);
        return Arrays.copyOfRange(packet.array(), at, at + packet.extensionLength(id));
    }

    @Test
    void elementsOfTheOneByteFormAreIndexed() {
        extended(Extension.oneByte("10aa 00 21bbcc 00 e2010203 00"));

        assertThat(packet.extensionCount()).isEqualTo(3);
        assertThat(element(1)).isEqualTo(Packets.hex("aa"));
        assertThat(element(2)).isEqualTo(Packets.hex("bbcc"));
        assertThat(element(14)).isEqualTo(Packets.hex("010203"));
        assertThat(packet.extensionId(2)).isEqualTo(14);
        assertThat(packet.hasExtension(3)).isFalse();
        assertThat(packet.extensionOffset(3)).isEqualTo(-1);
        assertThat(packet.extensionMalformed()).isFalse();
    }

    @Test
    void elementsOfTheTwoByteFormMayBeEmptyAndHaveLargeIdentifiers() {
        extended(Extension.twoByte("0100 00 ff03010203 0f01aa 00"));

        assertThat(packet.extensionLength(1)).isZero();
        assertThat(element(255)).isEqualTo(Packets.hex("010203"));
        assertThat(element(15)).isEqualTo(Packets.hex("aa"));
    }

    @Test
    void theApplicationBitsOfTheTwoByteFormAreIgnored() {
        extended(new Extension(0x100f, Packets.hex("0101aa00")));

        assertThat(element(1)).isEqualTo(Packets.hex("aa"));
    }

    @Test
    void identifier15EndsTheOneByteForm() {
        extended(Extension.oneByte("10aa f0bb 20cc 0000"));

        assertThat(packet.extensionCount()).isEqualTo(1);
        assertThat(packet.hasExtension(2)).isFalse();
    }

    @Test
    void identifier0WithALengthEndsTheOneByteForm() {
        extended(Extension.oneByte("10aa 01bbcc 20dd 00"));

        assertThat(packet.extensionCount()).isEqualTo(1);
        assertThat(packet.extensionMalformed()).isTrue();
    }

    @Test
    void anElementPastTheEndLeavesThoseBeforeIt() {
        extended(Extension.oneByte("10aa 2fbb"));
        assertThat(packet.extensionCount()).isEqualTo(1);
        assertThat(packet.extensionMalformed()).isTrue();

        extended(Extension.twoByte("0101aa 02"));
        assertThat(packet.extensionCount()).isEqualTo(1);
        assertThat(packet.extensionMalformed()).isTrue();
    }

    @Test
    void otherProfilesAreOpaque() {
        extended(new Extension(0x1234, Packets.hex("10aa0000")));

        assertThat(packet.extensionCount()).isZero();
        assertThat(packet.headerLength()).isEqualTo(20);
    }

    @Test
    void nothingOfAPacketIsLeftInTheNext() {
        extended(Extension.oneByte("10aa 20bb"));
        parse("8060 0001 00000002 00000003 aa");

        assertThat(packet.extensionCount()).isZero();
        assertThat(packet.hasExtension(1)).isFalse();
    }

    @Test
    void aRetransmissionBecomesThePacketItRepeats() {
        byte[] original = Packets.rtp(96, true, 500, 9000, 11, Extension.oneByte("10aa 0000"), Packets.hex("010203"));
        byte[] rtx = Packets.rtp(97, true, 7, 9000, 22, Extension.oneByte("10aa 0000"), Packets.hex("01f4 010203"));
        assertThat(parse(rtx)).isNull();

        assertThat(packet.restoreRetransmission(96, 11)).isTrue();

        assertThat(packet.repaired()).isTrue();
        assertThat(packet.sequenceNumber()).isEqualTo(500);
        assertThat(Arrays.copyOfRange(packet.array(), packet.offset(), packet.offset() + packet.size()))
                .isEqualTo(original);
        assertThat(element(1)).isEqualTo(Packets.hex("aa"));
    }

    @Test
    void aRetransmissionWithoutRoomForASequenceNumberStaysAsItIs() {
        parse("8061 0001 00000002 00000003 aa");
        assertThat(packet.restoreRetransmission(96, 11)).isFalse();
        assertThat(packet.payloadType()).isEqualTo(97);
    }
}
