package org.webrtc4j.ice.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 5769 and RFC 8489; see vectors/stun/README.md. */
class StunVectorsTest {

    private static final StunKey KEY = StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");

    private final StunReader reader = new StunReader();
    private final StunWriter writer = new StunWriter();

    static ByteBuffer vector(String name) {
        try (InputStream in = StunVectorsTest.class.getResourceAsStream("/vectors/stun/" + name + ".hex")) {
            String hex = new String(Objects.requireNonNull(in, name).readAllBytes(), US_ASCII);
            return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSampleRequestIsReadAndAuthentic() {
        assertThat(reader.read(vector("request"))).isTrue();
        assertThat(reader.type()).isEqualTo(Stun.BINDING_REQUEST);
        assertThat(reader.transactionHigh()).isEqualTo(0xb7e7a701);
        assertThat(reader.transactionLow()).isEqualTo(0xbc34d686fa87dfaeL);
        assertThat(reader.username()).isEqualTo("evtj:h6vY");
        assertThat(reader.receiverUfrag()).isEqualTo("evtj");
        assertThat(reader.senderUfrag()).isEqualTo("h6vY");
        assertThat(reader.priority()).isEqualTo(0x6e0001ffL);
        assertThat(reader.isFromControlled()).isTrue();
        assertThat(reader.isFromControlling()).isFalse();
        assertThat(reader.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
        assertThat(reader.hasFingerprint()).isTrue();
        assertThat(reader.isAuthentic(KEY)).isTrue();
        assertThat(reader.isAuthentic(StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBu")))
                .isFalse();
    }

    @Test
    void theSampleIpv4ResponseIsReadAndAuthentic() throws UnknownHostException {
        assertThat(reader.read(vector("response-ipv4"))).isTrue();
        assertThat(reader.type()).isEqualTo(Stun.BINDING_SUCCESS);
        assertThat(reader.mappedAddress()).isEqualTo(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32853));
        assertThat(reader.isAuthentic(KEY)).isTrue();
    }

    @Test
    void theSampleIpv6ResponseIsReadAndAuthentic() throws UnknownHostException {
        assertThat(reader.read(vector("response-ipv6"))).isTrue();
        InetAddress address = InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677");
        assertThat(reader.mappedAddress()).isEqualTo(new InetSocketAddress(address, 32853));
        assertThat(reader.isAuthentic(KEY)).isTrue();
    }

    @Test
    void theSampleLongTermRequestIsReadAndAuthentic() {
        assertThat(reader.read(vector("request-long-term"))).isTrue();
        String username = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
        assertThat(reader.username()).isEqualTo(username);
        assertThat(reader.hasFingerprint()).isFalse();
        assertThat(reader.isAuthentic(StunKey.longTerm(username, "example.org", "TheMatrIX")))
                .isTrue();
    }

    @Test
    void theSampleIpv4ResponseIsWrittenButForItsPadding() throws UnknownHostException {
        InetSocketAddress mapped = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32853);
        ByteBuffer written = writer.begin(Stun.BINDING_SUCCESS, 0xb7e7a701, 0xbc34d686fa87dfaeL)
                .software("test vector".getBytes(UTF_8))
                .xorMappedAddress(mapped)
                .integrity(KEY)
                .fingerprint()
                .finish();
        ByteBuffer expected = vector("response-ipv4");
        assertThat(written.remaining()).isEqualTo(expected.remaining());
        // Up to the padding of SOFTWARE, and XOR-MAPPED-ADDRESS; integrity covers the padding and differs.
        assertThat(written.slice(0, 35)).isEqualTo(expected.slice(0, 35));
        assertThat(written.slice(36, 12)).isEqualTo(expected.slice(36, 12));
        assertThat(reader.read(written)).isTrue();
        assertThat(reader.isAuthentic(KEY)).isTrue();
    }

    @Test
    void everyBitOfTheSampleRequestThatIsTurnedIsNoticed() {
        ByteBuffer request = vector("request");
        for (int bit = 0; bit < request.remaining() * 8; bit++) {
            ByteBuffer turned = vector("request");
            turned.put(bit / 8, (byte) (turned.get(bit / 8) ^ 1 << bit % 8));
            assertThat(reader.read(turned) && reader.hasFingerprint() && reader.isAuthentic(KEY))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void theSampleSha256RequestIsReadAndAuthenticAndWritten() {
        String username = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
        StunKey key = StunKey.longTermSha256(username, "example.org", "TheMatrIX");
        TurnAttributes turn = new TurnAttributes();
        StunReader turnReader = StunReader.of(turn);
        assertThat(turnReader.read(vector("request-sha256"))).isTrue();
        assertThat(turnReader.unknownCount()).isZero();
        assertThat(turnReader.hasIntegritySha256()).isTrue();
        assertThat(turnReader.isAuthentic(key)).isTrue();
        assertThat(turnReader.isAuthentic(StunKey.longTerm(username, "example.org", "TheMatrIX")))
                .isFalse();
        byte[] nonce = "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA".getBytes(US_ASCII);
        assertThat(turn.nonce()).isEqualTo(nonce);
        assertThat(TurnAttributes.features(nonce)).isEqualTo(Stun.FEATURE_USERNAME_ANONYMITY);
        assertThat(turn.realm()).isEqualTo("example.org");
        assertThat(turn.passwordAlgorithm()).isEqualTo(Stun.ALGORITHM_SHA256);
        assertThat(turn.userhash()).isEqualTo(StunKey.userhash(username, "example.org"));

        ByteBuffer written = writer.begin(Stun.BINDING_REQUEST, 0x78ad3433, 0xc6ad72c029da412eL)
                .userhash(StunKey.userhash(username, "example.org"))
                .nonce(nonce)
                .realm("example.org".getBytes(UTF_8))
                .passwordAlgorithm(Stun.ALGORITHM_SHA256)
                .integritySha256(key)
                .finish();
        assertThat(written).isEqualTo(vector("request-sha256"));
    }
}
