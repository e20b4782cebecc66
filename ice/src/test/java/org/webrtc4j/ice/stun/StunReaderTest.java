package org.webrtc4j.ice.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunReaderTest {

    private static final StunKey KEY = StunKey.shortTerm("a+password+of+22+chars");
    private static final String HEADER = "2112a442 000102030405060708090a0b";

    private final StunReader reader = new StunReader();
    private final StunWriter writer = new StunWriter();

    private static byte[] bytesOf(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return bytes;
    }

    private boolean reads(String type, String attributes) {
        byte[] body = HexFormat.of().parseHex(attributes.replace(" ", ""));
        String length = HexFormat.of().toHexDigits((short) body.length);
        String hex = (type + length + HEADER).replace(" ", "") + HexFormat.of().formatHex(body);
        return reader.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @Test
    void aHeaderAloneIsAMessage() {
        assertThat(reads("0001", "")).isTrue();
        assertThat(reader.hasIntegrity()).isFalse();
        assertThat(reader.isAuthentic(KEY)).isFalse();
        assertThat(reader.username()).isNull();
        assertThat(reader.priority()).isEqualTo(-1);
        assertThat(reader.mappedAddress()).isNull();
    }

    @Test
    void shortAndUnevenDatagramsAreRefused() {
        for (int size = 0; size < 20; size++) {
            assertThat(reader.read(ByteBuffer.allocate(size))).isFalse();
        }
        ByteBuffer uneven = ByteBuffer.allocate(22);
        uneven.putShort(2, (short) 2).putInt(4, 0x2112a442);
        assertThat(reader.read(uneven)).isFalse();
    }

    @Test
    void aLengthThatIsNotTheDatagramsIsRefused() {
        for (int length : new int[] {1, 4, 65_532}) {
            ByteBuffer message = ByteBuffer.allocate(20);
            message.putShort(2, (short) length).putInt(4, 0x2112a442);
            assertThat(reader.read(message)).isFalse();
        }
        ByteBuffer longer = ByteBuffer.allocate(28);
        longer.putShort(2, (short) 4).putInt(4, 0x2112a442);
        assertThat(reader.read(longer)).isFalse();
    }

    @Test
    void aWrongCookieAndTheFirstTwoBitsAreRefused() {
        ByteBuffer message = ByteBuffer.allocate(20);
        message.putInt(4, 0x2112a443);
        assertThat(reader.read(message)).isFalse();
        message.putInt(4, 0x2112a442).put(0, (byte) 0x40);
        assertThat(reader.read(message)).isFalse();
        message.put(0, (byte) 0x80);
        assertThat(reader.read(message)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00060005 61626364", // longer than the message
                "0006ffff 61626364",
                "00080000", // integrity without a value
                "00080004 00000000",
                "00080018 000000000000000000000000000000000000000000000000",
                "001c000c 000000000000000000000000",
                "80280000",
                "80280004 00000000", // a wrong fingerprint
                "00240003 00000000",
                "00250004 00000000",
                "802a0004 00000000",
                "80290000",
                "00200008 0000a147e112a643", // family 0
                "00200008 0003a147e112a643",
                "00200008 0002a147e112a643", // IPv6 in 4 bytes
                "00200004 0001a147",
                "00200000",
                "00090004 00000000", // class 0
                "00090004 00000700",
                "00090004 00000464", // number 100
                "00090000"
            })
    void malformedAttributesAreRefused(String attributes) {
        assertThat(reads("0001", attributes)).isFalse();
    }

    @Test
    void aUsernameOf509BytesIsRefusedAndOneOf508IsNot() {
        assertThat(reader.read(writer.begin(1, 0, 0).username(new byte[508]).finish()))
                .isTrue();
        assertThat(reader.read(writer.begin(1, 0, 0).username(new byte[509]).finish()))
                .isFalse();
    }

    @Test
    void ofTwoUsernamesTheFirstCounts() {
        assertThat(reads("0001", "00060004 613a6263 00060004 783a797a")).isTrue();
        assertThat(reader.username()).isEqualTo("a:bc");
    }

    @Test
    void aUsernameWithoutColonIsForNobody() {
        assertThat(reads("0001", "00060004 61626364")).isTrue();
        assertThat(reader.receiverUfrag()).isNull();
        assertThat(reader.senderUfrag()).isNull();
        assertThat(reader.isUsernameFor("abcd".getBytes(UTF_8))).isFalse();
        assertThat(reader.isUsernameFor("abc".getBytes(UTF_8))).isFalse();
    }

    @Test
    void aUsernameIsForTheUfragBeforeItsFirstColon() {
        assertThat(reads("0001", "00060005 61623a633a000000")).isTrue();
        assertThat(reader.receiverUfrag()).isEqualTo("ab");
        assertThat(reader.senderUfrag()).isEqualTo("c:");
        assertThat(reader.isUsernameFor("ab".getBytes(UTF_8))).isTrue();
        assertThat(reader.isUsernameFor("a".getBytes(UTF_8))).isFalse();
        assertThat(reader.isUsername("ab:c:".getBytes(UTF_8))).isTrue();
        assertThat(reader.isUsername("ab:c".getBytes(UTF_8))).isFalse();
    }

    @Test
    void attributesAfterTheIntegrityAreIgnored() {
        ByteBuffer message = writer.begin(Stun.BINDING_REQUEST, 1, 2)
                .username("a:b".getBytes(UTF_8))
                .integrity(KEY)
                .useCandidate()
                .priority(7)
                .fingerprint()
                .finish();
        assertThat(reader.read(message)).isTrue();
        assertThat(reader.isAuthentic(KEY)).isTrue();
        assertThat(reader.useCandidate()).isFalse();
        assertThat(reader.priority()).isEqualTo(-1);
    }

    @Test
    void anythingAfterTheFingerprintIsRefused() {
        ByteBuffer message = writer.begin(Stun.BINDING_REQUEST, 1, 2)
                .fingerprint()
                .useCandidate()
                .finish();
        assertThat(reader.read(message)).isFalse();
    }

    @Test
    void theSha256FormIsVerifiedAndWinsOverSha1() {
        ByteBuffer both = writer.begin(Stun.BINDING_REQUEST, 1, 2)
                .username("a:b".getBytes(UTF_8))
                .integrity(KEY)
                .integritySha256(KEY)
                .fingerprint()
                .finish();
        assertThat(reader.read(both)).isTrue();
        assertThat(reader.isAuthentic(KEY)).isTrue();
        byte[] bytes = bytesOf(both);
        int value = bytes.length - 8 - 32;
        bytes[value] ^= 1;
        ByteBuffer tampered = ByteBuffer.wrap(bytes, 0, bytes.length - 8);
        tampered.putShort(2, (short) (bytes.length - 8 - 20));
        assertThat(reader.read(tampered)).isTrue();
        assertThat(reader.isAuthentic(KEY)).isFalse();
    }

    @Test
    void comprehensionRequiredAttributesThatAreUnknownAreListed() {
        assertThat(reads("0001", "7f010000 80110000 7f020001 00000000")).isTrue();
        assertThat(reader.unknownCount()).isEqualTo(2);
        assertThat(reader.unknown(0)).isEqualTo(0x7f01);
        assertThat(reader.unknown(1)).isEqualTo(0x7f02);
    }

    @Test
    void errorCodesAreReadWithTheirReason() {
        ByteBuffer error = writer.begin(Stun.BINDING_ERROR, 1, 2)
                .errorCode(487, "Role Conflict".getBytes(UTF_8))
                .finish();
        assertThat(reader.read(error)).isTrue();
        assertThat(reader.errorCode()).isEqualTo(487);
        assertThat(reader.errorReason()).isEqualTo("Role Conflict");
    }

    @Test
    void whatAnOfferedCheckSaysIsReadBack() {
        ByteBuffer check = writer.begin(Stun.BINDING_REQUEST, -3, Long.MIN_VALUE)
                .role(true, -5)
                .priority(0xffff_ffffL)
                .useCandidate()
                .nomination(9)
                .finish();
        assertThat(reader.read(check)).isTrue();
        assertThat(reader.transactionHigh()).isEqualTo(-3);
        assertThat(reader.transactionLow()).isEqualTo(Long.MIN_VALUE);
        assertThat(reader.isFromControlling()).isTrue();
        assertThat(reader.tieBreaker()).isEqualTo(-5);
        assertThat(reader.priority()).isEqualTo(0xffff_ffffL);
        assertThat(reader.useCandidate()).isTrue();
        assertThat(reader.nomination()).isEqualTo(9);
    }

    @Test
    void aPacketInTheMiddleOfAnArrayIsReadWhereItLies() {
        ByteBuffer written = writer.begin(Stun.BINDING_SUCCESS, 1, 2)
                .xorMappedAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711))
                .integrity(KEY)
                .fingerprint()
                .finish();
        byte[] padded = new byte[written.remaining() + 30];
        System.arraycopy(bytesOf(written), 0, padded, 13, written.remaining());
        ByteBuffer slice = ByteBuffer.wrap(padded, 6, padded.length - 6).slice();
        slice.position(7).limit(7 + written.remaining());
        assertThat(reader.read(slice)).isTrue();
        assertThat(reader.isAuthentic(KEY)).isTrue();
        assertThat(reader.mappedAddress()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711));
        assertThat(slice.position()).isEqualTo(7);
    }
}
