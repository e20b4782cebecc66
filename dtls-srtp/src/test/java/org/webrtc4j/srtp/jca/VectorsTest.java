package org.webrtc4j.srtp.jca;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;

/** Published vectors. The source of each is named at its test. */
class VectorsTest {

    private static final String COUNTER_SALT = "f0f1f2f3f4f5f6f7f8f9fafbfcfd";

    /** RFC 3711 appendix B.2: SSRC and index of zero, the first three blocks of the key stream. */
    @Test
    void theKeyStreamOfAes128IsThatOfRfc3711() {
        byte[] stream = keyStream("2b7e151628aed2a6abf7158809cf4f3c", 48);
        assertThat(hex(stream))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4"
                        + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0");
    }

    /** RFC 3711 appendix B.2: blocks 0xfeff to 0xff01 of the same key stream, which is one mebibyte long in all. */
    @Test
    void theKeyStreamOfAes128IsThatOfRfc3711ToItsEnd() {
        byte[] stream = keyStream("2b7e151628aed2a6abf7158809cf4f3c", 0xff02 * 16);
        assertThat(hex(Arrays.copyOfRange(stream, 0xfeff * 16, 0xff02 * 16)))
                .isEqualTo("ec8cdf7398607cb0f2d21675ea9ea1e4"
                        + "362b7c3c6773516318a077d7fc5073ae"
                        + "6a2cc3787889374fbeb4c81b17ba6c44");
    }

    /** RFC 6188 section 7.1. */
    @Test
    void theKeyStreamOfAes256IsThatOfRfc6188() {
        byte[] stream = keyStream("57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98", 32);
        assertThat(hex(stream)).isEqualTo("92bdd28a93c3f52511c677d08b5515a49da71b2378a854f67050756ded165bac");
    }

    /** Small packets and large ones take different ways to the same key stream. */
    @Test
    void theKeyStreamIsTheSameWhateverTheLength() {
        byte[] whole = keyStream("2b7e151628aed2a6abf7158809cf4f3c", 2_000);
        for (int length = 0; length < 600; length++) {
            assertThat(keyStream("2b7e151628aed2a6abf7158809cf4f3c", length)).isEqualTo(Arrays.copyOf(whole, length));
        }
    }

    /** RFC 3711 appendix B.3. */
    @Test
    void theSessionKeysOfAes128AreThoseOfRfc3711() {
        KeyDerivation derivation =
                new KeyDerivation(bytes("e1f97a0d3e018be0d64fa32c06de4139"), bytes("0ec675ad498afeebb6960b3aabe6"));
        assertThat(hex(derivation.derive(KeyDerivation.RTP_ENCRYPTION, 16)))
                .isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(hex(derivation.derive(KeyDerivation.RTP_SALT, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(hex(derivation.derive(KeyDerivation.RTP_AUTHENTICATION, 94)))
                .isEqualTo("cebe321f6ff7716b6fd4ab49af256a15"
                        + "6d38baa48f0a0acf3c34e2359e6cdbce"
                        + "e049646c43d9327ad175578ef7227098"
                        + "6371c10c9a369ac2f94a8c5fbcdddc25"
                        + "6d6e919a48b610ef17c2041e47403576"
                        + "6b68642c59bbfc2f34db60dbdfb2");
    }

    /** RFC 6188 section 7.2. */
    @Test
    void theSessionKeysOfAes256AreThoseOfRfc6188() {
        KeyDerivation derivation = new KeyDerivation(
                bytes("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"),
                bytes("3b04803de51ee7c96423ab5b78d2"));
        assertThat(hex(derivation.derive(KeyDerivation.RTP_ENCRYPTION, 32)))
                .isEqualTo("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4");
        assertThat(hex(derivation.derive(KeyDerivation.RTP_SALT, 14))).isEqualTo("fa31791685ca444a9e07c6c64e93");
        assertThat(hex(derivation.derive(KeyDerivation.RTP_AUTHENTICATION, 20)))
                .isEqualTo("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05");
    }

    /** RFC 2202 section 3, cases 1 to 3. */
    @Test
    void theTagOfHmacSha1IsThatOfRfc2202() {
        assertThat(hex(hmac("0b".repeat(20), "Hi There".getBytes(US_ASCII))))
                .isEqualTo("b617318655057264e28bc0b6fb378c8ef146be00");
        assertThat(hex(hmac(hex("Jefe".getBytes(US_ASCII)), "what do ya want for nothing?".getBytes(US_ASCII))))
                .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assertThat(hex(hmac("aa".repeat(20), bytes("dd".repeat(50)))))
                .isEqualTo("125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    }

    /** The reference packets of libsrtp's own test of its default policy (test/srtp_driver.c, srtp_validate). */
    @Test
    void aPacketOfCounterModeIsThatOfTheReferenceImplementation() {
        SrtpTransform client = transform(true);
        byte[] packet = bytes("800f1234decafbadcafebabe" + "ab".repeat(16));
        ByteBuffer sealed = ByteBuffer.allocate(100);
        int length = client.protectRtp(ByteBuffer.wrap(packet), sealed);
        assertThat(hex(Arrays.copyOf(sealed.array(), length)))
                .isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
    }

    /** The same source. Its first index is 1, ours 0 as RFC 3711 section 3.2.1 says; so this is unprotected. */
    @Test
    void aReportOfCounterModeIsThatOfTheReferenceImplementation() {
        SrtpTransform server = transform(false);
        byte[] sealed = bytes("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
        ByteBuffer report = ByteBuffer.allocate(100);
        int length = server.unprotectRtcp(ByteBuffer.wrap(sealed), report);
        assertThat(hex(Arrays.copyOf(report.array(), length))).isEqualTo("81c8000bcafebabe" + "ab".repeat(16));
    }

    /** RFC 7714 sections 16.1.1, 16.1.2. */
    @Test
    void aPacketOfAes128GcmIsThatOfRfc7714() {
        assertRtpOfRfc7714(
                16,
                "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                        + "899d7f27beb16a9152cf765ee4390cce");
    }

    /** RFC 7714 sections 16.2.1, 16.2.2. */
    @Test
    void aPacketOfAes256GcmIsThatOfRfc7714() {
        assertRtpOfRfc7714(
                32,
                "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                        + "7aa3db36dfffd6b0f9bb7878d7a76c13");
    }

    /** RFC 7714 section 17.1. */
    @Test
    void aReportOfAes128GcmIsThatOfRfc7714() {
        assertRtcpOfRfc7714(
                16,
                "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                        + "c84aa45896cf4d2fc5abf87245d9eade800005d4");
    }

    /** RFC 7714 section 17.2. */
    @Test
    void aReportOfAes256GcmIsThatOfRfc7714() {
        assertRtcpOfRfc7714(
                32,
                "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                        + "1d1eb30c4446839f57ff6f6cb26ac3be800005d4");
    }

    private static void assertRtpOfRfc7714(int keyBytes, String sealed) {
        byte[] header = bytes("8040f17b8041f8d35501a0b2");
        byte[] payload = "Gallia est omnis divisa in partes tres".getBytes(US_ASCII);
        PacketSlices packet = packet(header.length, payload.length, 0x5501_a0b2, 0xf17b);
        GcmCipher cipher = cipherOfRfc7714(keyBytes);
        byte[] out = new byte[packet.outLimit];
        byte[] source = joined(header, payload);
        cipher.protectRtp(source, source, out, packet);
        assertThat(hex(Arrays.copyOf(out, 66))).isEqualTo(hex(header) + sealed);

        byte[] opened = new byte[packet.outLimit];
        assertThat(cipher.unprotectRtp(out, opened, packet)).isTrue();
        assertThat(Arrays.copyOfRange(opened, 12, 50)).isEqualTo(payload);
    }

    private static void assertRtcpOfRfc7714(int keyBytes, String sealed) {
        byte[] header = bytes("81c8000d4d617273");
        byte[] rest = bytes("4e5450314e545032525450200000042a0000e9304c756e61" + "deadbeef".repeat(5));
        PacketSlices packet = packet(header.length, rest.length, 0x4d61_7273, 0x5d4);
        GcmCipher cipher = cipherOfRfc7714(keyBytes);
        byte[] out = new byte[packet.outLimit];
        cipher.protectRtcp(joined(header, rest), out, packet);
        assertThat(hex(Arrays.copyOf(out, 72))).isEqualTo(hex(header) + sealed);

        byte[] opened = new byte[packet.outLimit];
        assertThat(cipher.unprotectRtcp(out, opened, packet)).isTrue();
        assertThat(Arrays.copyOfRange(opened, 8, 52)).isEqualTo(rest);
    }

    private static GcmCipher cipherOfRfc7714(int keyBytes) {
        byte[] key = bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        return new GcmCipher(Arrays.copyOf(key, keyBytes), bytes("517569642070726f2071756f"));
    }

    private static byte[] joined(byte[] header, byte[] payload) {
        byte[] packet = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, packet, header.length, payload.length);
        return packet;
    }

    private static PacketSlices packet(int headerBytes, int payloadBytes, int ssrc, long index) {
        PacketSlices packet = new PacketSlices();
        packet.headerLength = headerBytes;
        packet.payloadOffset = headerBytes;
        packet.payloadLength = payloadBytes;
        packet.outLimit = 100;
        packet.ssrc = ssrc;
        packet.index = index;
        return packet;
    }

    private static SrtpTransform transform(boolean client) {
        String key = "e1f97a0d3e018be0d64fa32c06de4139";
        String salt = "0ec675ad498afeebb6960b3aabe6";
        SrtpProfile profile = SrtpProfile.AES128_CM_HMAC_SHA1_80;
        KeyingMaterial keys = new KeyingMaterial(profile, bytes(key + "00".repeat(16) + salt + "00".repeat(14)));
        return new JcaSrtp().create(profile, keys, client);
    }

    private static byte[] keyStream(String key, int length) {
        byte[] stream = new byte[length];
        new CounterMode(bytes(key), bytes(COUNTER_SALT)).apply(0, 0, new byte[length], 0, stream, 0, length);
        return stream;
    }

    private static byte[] hmac(String key, byte[] text) {
        return new HmacSha1(bytes(key)).tag(text, 0, text.length);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
