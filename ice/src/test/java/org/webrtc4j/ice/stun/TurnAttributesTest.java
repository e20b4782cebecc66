package org.webrtc4j.ice.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TurnAttributesTest {

    private static final InetSocketAddress IPV4 = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress IPV6 = new InetSocketAddress("2001:db8::7", 65_535);

    private final StunWriter writer = new StunWriter();
    private final TurnAttributes turn = new TurnAttributes();
    private final StunReader reader = StunReader.of(turn);

    private ByteBuffer message(int type, UnaryOperator<StunWriter> attributes) {
        return attributes
                .apply(writer.begin(type, 0x01020304, 0x05060708090a0b0cL))
                .finish();
    }

    private void read(int type, UnaryOperator<StunWriter> attributes) {
        assertThat(reader.read(message(type, attributes))).isTrue();
        assertThat(reader.unknownCount()).isZero();
    }

    @Test
    void anAllocateRequestIsReadAsItWasWritten() {
        read(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(Stun.TRANSPORT_UDP)
                .additionalAddressFamily(Stun.IPV6)
                .evenPort(true)
                .dontFragment()
                .lifetime(0xffff_fffeL));
        assertThat(turn.requestedTransport()).isEqualTo(17);
        assertThat(turn.additionalAddressFamily()).isEqualTo(Stun.IPV6);
        assertThat(turn.requestedAddressFamily()).isEqualTo(-1);
        assertThat(turn.evenPort()).isTrue();
        assertThat(turn.reservesNextPort()).isTrue();
        assertThat(turn.dontFragment()).isTrue();
        assertThat(turn.hasReservationToken()).isFalse();
        assertThat(turn.lifetime()).isEqualTo(0xffff_fffeL);
    }

    @Test
    void anAllocateResponseIsReadAsItWasWritten() {
        read(Stun.ALLOCATE_SUCCESS, to -> to.xorRelayedAddress(IPV4)
                .xorRelayedAddress(IPV6)
                .xorMappedAddress(IPV4)
                .reservationToken(7)
                .lifetime(600));
        assertThat(turn.relayedAddress(0)).isEqualTo(IPV4);
        assertThat(turn.relayedAddress(1)).isEqualTo(IPV6);
        assertThat(turn.relayedAddress(2)).isNull();
        assertThat(reader.mappedAddress()).isEqualTo(IPV4);
        assertThat(turn.hasReservationToken()).isTrue();
    }

    @Test
    void aChallengeIsReadAsItWasWritten() {
        byte[] algorithms = {0, 2, 0, 0, 0, 1, 0, 0};
        String nonce =
                TurnAttributes.nonceCookie(Stun.FEATURE_PASSWORD_ALGORITHMS | Stun.FEATURE_USERNAME_ANONYMITY) + "x";
        read(Stun.ALLOCATE_ERROR, to -> to.errorCode(401, "Unauthenticated".getBytes(UTF_8))
                .realm("example.org".getBytes(UTF_8))
                .nonce(nonce.getBytes(UTF_8))
                .passwordAlgorithms(algorithms)
                .alternateServer(IPV6)
                .alternateDomain("turn.example.org".getBytes(UTF_8)));
        assertThat(reader.errorCode()).isEqualTo(401);
        assertThat(turn.realm()).isEqualTo("example.org");
        assertThat(turn.isRealm("example.org".getBytes(UTF_8))).isTrue();
        assertThat(TurnAttributes.features(nonce.getBytes(UTF_8))).isEqualTo(3);
        assertThat(turn.passwordAlgorithms()).isEqualTo(algorithms);
        assertThat(TurnAttributes.offers(algorithms, Stun.ALGORITHM_MD5)).isTrue();
        assertThat(TurnAttributes.offers(algorithms, 3)).isFalse();
        assertThat(turn.alternateServer()).isEqualTo(IPV6);
        assertThat(turn.alternateDomain()).isEqualTo("turn.example.org");
    }

    @Test
    void aNonceWithoutTheCookieHasNoFeatures() {
        assertThat(TurnAttributes.features("obMatJos3AAAB".getBytes(UTF_8))).isZero();
        assertThat(TurnAttributes.features("obMatJos2AAA".getBytes(UTF_8))).isZero();
        assertThat(TurnAttributes.features("obMatJos2AA*B".getBytes(UTF_8))).isZero();
        assertThat(TurnAttributes.features("obMatJos2AA==".getBytes(UTF_8))).isZero();
    }

    @Test
    void thePacketIsNarrowedToTheDataOfAnIndication() {
        ByteBuffer data = ByteBuffer.wrap("hello".getBytes(UTF_8));
        ByteBuffer packet = message(
                Stun.SEND_INDICATION, to -> to.xorPeerAddress(IPV6).data(data).channelNumber(0x4001));
        // As it arrives: somewhere in a larger buffer.
        ByteBuffer arrived = ByteBuffer.allocate(200).position(9);
        arrived.put(packet).flip().position(9);
        assertThat(reader.read(arrived)).isTrue();
        assertThat(turn.peerAddress(0)).isEqualTo(IPV6);
        assertThat(turn.channelNumber()).isEqualTo(0x4001);
        assertThat(turn.narrowToData(arrived)).isTrue();
        assertThat(UTF_8.decode(arrived).toString()).isEqualTo("hello");
    }

    @Test
    void whatFollowsTheIntegrityDoesNotCount() {
        StunKey key = StunKey.longTerm("user", "realm", "password");
        read(
                Stun.REFRESH_REQUEST,
                to -> to.realm("realm".getBytes(UTF_8)).integrity(key).lifetime(0));
        assertThat(reader.isAuthentic(key)).isTrue();
        assertThat(turn.lifetime()).isEqualTo(-1);
        assertThat(turn.realm()).isEqualTo("realm");
    }

    @Test
    void anAttributeOfTheWrongLengthIsRefused() {
        assertThat(reader.read(message(Stun.REFRESH_REQUEST, to -> to.attribute(Stun.LIFETIME, new byte[3]))))
                .isFalse();
        assertThat(reader.read(message(Stun.ALLOCATE_REQUEST, to -> to.attribute(Stun.USERHASH, new byte[20]))))
                .isFalse();
        assertThat(reader.read(message(Stun.ALLOCATE_REQUEST, to -> to.attribute(Stun.REALM, new byte[764]))))
                .isFalse();
        assertThat(turn.lifetime()).isEqualTo(-1);
    }

    @Test
    void toAReaderOfIceTheAttributesOfTurnAreUnknown() {
        StunReader ice = new StunReader();
        assertThat(ice.read(message(Stun.BINDING_REQUEST, to -> to.channelNumber(0x4000))))
                .isTrue();
        assertThat(ice.unknownCount()).isEqualTo(1);
    }

    @Test
    void dataThatDoesNotFitIsNoticed() {
        StunWriter small = new StunWriter(64);
        small.begin(Stun.SEND_INDICATION, 1, 2).data(ByteBuffer.allocate(100));
        assertThat(small.overflowed()).isTrue();
        assertThatThrownBy(small::finish).isInstanceOf(IllegalStateException.class);
    }
}
