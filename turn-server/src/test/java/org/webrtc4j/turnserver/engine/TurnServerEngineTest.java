package org.webrtc4j.turnserver.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.ice.stun.TurnAttributes;

/** Requests, one by one, and their answers. */
class TurnServerEngineTest implements TurnServerEngine.Sink, TimeSource {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("203.0.113.1", 40_000);
    private static final InetSocketAddress OTHER = new InetSocketAddress("203.0.113.2", 40_000);
    private static final InetSocketAddress RELAYED = new InetSocketAddress("198.51.100.1", 50_000);
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4_000);
    private static final byte[] REALM = "example.org".getBytes(UTF_8);
    private static final StunKey ALICE = StunKey.longTerm("alice", "example.org", "secret");
    private static final StunKey BOB = StunKey.longTerm("bob", "example.org", "hidden");

    private final StunWriter writer = new StunWriter(2_048);
    private final TurnAttributes turn = new TurnAttributes();
    private final StunReader answer = StunReader.of(turn);
    private final Deque<ByteBuffer> answers = new ArrayDeque<>();
    private final List<TurnServerEngine.RelayWish> wishes = new ArrayList<>();
    private final List<String> relayed = new ArrayList<>();
    private final TurnServerEngine server = new TurnServerEngine(
            TurnServerOptions.of("example.org", TurnCredentials.ofUsers(Map.of("alice", "secret", "bob", "hidden")))
                    .withLimits(new TurnLimits(10, 10, 4, 2, 50)),
            this,
            new SplittableRandom(1),
            this);
    private byte[] nonce = new byte[0];
    private int allocation = -1;
    private int closedRelays;
    private long transaction;
    private long now = TimeUnit.HOURS.toNanos(1);

    private int send(InetSocketAddress from, int type, UnaryOperator<StunWriter> attributes) {
        transaction++;
        return resend(from, type, attributes);
    }

    /** Returns the error code of the answer, 0 for success and -1 for silence. */
    private int resend(InetSocketAddress from, int type, UnaryOperator<StunWriter> attributes) {
        answers.clear();
        ByteBuffer request =
                attributes.apply(writer.begin(type, 7, transaction)).finish();
        server.handleClientPacket(0, from, request, now);
        ByteBuffer response = answers.poll();
        if (response == null) {
            return -1;
        }
        assertThat(answer.read(response)).isTrue();
        assertThat(answer.transactionLow()).isEqualTo(transaction);
        return answer.errorCode();
    }

    private StunWriter signed(StunWriter to, String user, StunKey key) {
        return to.username(user.getBytes(UTF_8)).realm(REALM).nonce(nonce).integrity(key);
    }

    private int request(int type, UnaryOperator<StunWriter> attributes) {
        return send(CLIENT, type, to -> signed(attributes.apply(to), "alice", ALICE));
    }

    private void challenge(InetSocketAddress from) {
        assertThat(send(from, Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(Stun.TRANSPORT_UDP)))
                .isEqualTo(401);
        byte[] fresh = turn.nonce();
        assertThat(fresh).isNotNull();
        nonce = fresh == null ? nonce : fresh;
        assertThat(turn.isRealm(REALM)).isTrue();
        assertThat(answer.hasIntegrity()).isFalse();
    }

    private void allocate() {
        challenge(CLIENT);
        assertThat(request(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(Stun.TRANSPORT_UDP)))
                .isEqualTo(-1);
        answers.clear();
        assertThat(server.relayOpened(allocation, RELAYED, null, now)).isTrue();
        assertThat(answer.read(answers.remove())).isTrue();
        assertThat(answer.type()).isEqualTo(Stun.ALLOCATE_SUCCESS);
        assertThat(answer.isAuthentic(ALICE)).isTrue();
        assertThat(turn.relayedAddress(0)).isEqualTo(RELAYED);
        assertThat(turn.lifetime()).isEqualTo(600);
    }

    @Test
    void aBindingRequestIsAnsweredWithoutCredentials() {
        assertThat(send(CLIENT, Stun.BINDING_REQUEST, StunWriter::fingerprint)).isZero();
        assertThat(answer.mappedAddress()).isEqualTo(CLIENT);
        assertThat(answer.hasFingerprint()).isTrue();
        assertThat(server.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void strangersGetSoManyAnswersASecond() {
        for (int i = 0; i < 80; i++) {
            send(CLIENT, Stun.BINDING_REQUEST, to -> to);
        }
        assertThat(server.stats().drops()).containsEntry("answerLimit", 30L);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(send(CLIENT, Stun.BINDING_REQUEST, to -> to)).isZero();
    }

    @Test
    void aNonceIsGoodForItsClientAndItsTimeOnly() {
        challenge(OTHER);
        assertThat(request(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17)))
                .isEqualTo(438);
        challenge(CLIENT);
        now += TimeUnit.HOURS.toNanos(2);
        assertThat(request(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17)))
                .isEqualTo(438);
        nonce = "obMatJos2AAAD".getBytes(UTF_8);
        assertThat(request(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17)))
                .isEqualTo(438);
        assertThat(wishes).isEmpty();
    }

    @Test
    void whoSaysOnlyHalfOfTheAlgorithmsIsRefused() {
        challenge(CLIENT);
        byte[] offered = turn.passwordAlgorithms();
        assertThat(offered).isEqualTo(Answers.ALGORITHMS);
        StunKey sha256 = StunKey.longTermSha256("alice", "example.org", "secret");
        UnaryOperator<StunWriter> who = to -> to.requestedTransport(17)
                .username("alice".getBytes(UTF_8))
                .realm(REALM)
                .nonce(nonce);
        assertThat(send(CLIENT, Stun.ALLOCATE_REQUEST, to -> who.apply(to)
                        .passwordAlgorithm(Stun.ALGORITHM_SHA256)
                        .integritySha256(sha256)))
                .isEqualTo(400);
        byte[] onlyMd5 = {0, 1, 0, 0};
        assertThat(send(CLIENT, Stun.ALLOCATE_REQUEST, to -> who.apply(to)
                        .passwordAlgorithms(onlyMd5)
                        .passwordAlgorithm(Stun.ALGORITHM_MD5)
                        .integritySha256(ALICE)))
                .isEqualTo(400);
        assertThat(wishes).isEmpty();
        assertThat(send(CLIENT, Stun.ALLOCATE_REQUEST, to -> who.apply(to)
                        .passwordAlgorithms(Answers.ALGORITHMS)
                        .passwordAlgorithm(Stun.ALGORITHM_SHA256)
                        .integritySha256(sha256)))
                .isEqualTo(-1);
        server.relayOpened(allocation, RELAYED, null, now);
        assertThat(answer.read(answers.remove())).isTrue();
        assertThat(answer.hasIntegritySha256()).isTrue();
        assertThat(answer.isAuthentic(sha256)).isTrue();
    }

    @Test
    void aUserMayHideItsName() {
        challenge(CLIENT);
        assertThat(TurnAttributes.features(nonce) & Stun.FEATURE_USERNAME_ANONYMITY)
                .isNotZero();
        assertThat(send(CLIENT, Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17)
                        .userhash(StunKey.userhash("alice", "example.org"))
                        .realm(REALM)
                        .nonce(nonce)
                        .integrity(ALICE)))
                .isEqualTo(-1);
        assertThat(wishes).hasSize(1);
        assertThat(send(OTHER, Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17)
                        .userhash(new byte[32])
                        .realm(REALM)
                        .nonce(nonce)
                        .integrity(ALICE)))
                .isEqualTo(438);
    }

    @Test
    void anAllocateThatLacksSomethingOrWantsTooMuchIsRefused() {
        challenge(CLIENT);
        assertThat(request(Stun.ALLOCATE_REQUEST, to -> to)).isEqualTo(400);
        assertThat(request(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(6)))
                .isEqualTo(442);
        assertThat(request(
                        Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17).dontFragment()))
                .isEqualTo(420);
        assertThat(request(
                        Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17).reservationToken(1)))
                .isEqualTo(508);
        assertThat(request(
                        Stun.ALLOCATE_REQUEST,
                        to -> to.requestedTransport(17).reservationToken(1).evenPort(false)))
                .isEqualTo(400);
        assertThat(request(
                        Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17).evenPort(true)))
                .isEqualTo(508);
        assertThat(request(
                        Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17).requestedAddressFamily(Stun.IPV6)))
                .isEqualTo(440);
        assertThat(request(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17)
                        .requestedAddressFamily(Stun.IPV4)
                        .additionalAddressFamily(Stun.IPV6)))
                .isEqualTo(400);
        assertThat(request(
                        Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17).attribute(0x7fff, new byte[4])))
                .isEqualTo(420);
        assertThat(wishes).isEmpty();
        assertThat(request(
                        Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17).evenPort(false)))
                .isEqualTo(-1);
        assertThat(wishes).containsExactly(new TurnServerEngine.RelayWish(true, false, true));
    }

    @Test
    void anAllocateThatComesAgainIsAnsweredAgainAndAnotherRefused() {
        allocate();
        UnaryOperator<StunWriter> same = to -> signed(to.requestedTransport(Stun.TRANSPORT_UDP), "alice", ALICE);
        assertThat(resend(CLIENT, Stun.ALLOCATE_REQUEST, same)).isZero();
        assertThat(turn.relayedAddress(0)).isEqualTo(RELAYED);
        assertThat(send(CLIENT, Stun.ALLOCATE_REQUEST, same)).isEqualTo(437);
        assertThat(server.stats().allocations()).isEqualTo(1);
    }

    @Test
    void withoutASocketTheClientHearsOfMissingCapacity() {
        challenge(CLIENT);
        request(Stun.ALLOCATE_REQUEST, to -> to.requestedTransport(17));
        answers.clear();
        assertThat(server.relayOpened(allocation, null, null, now)).isFalse();
        assertThat(answer.read(answers.remove())).isTrue();
        assertThat(answer.errorCode()).isEqualTo(508);
        assertThat(server.relayOpened(allocation, RELAYED, null, now)).isFalse();
        assertThat(server.stats().allocations()).isZero();
    }

    @Test
    void anAllocationIsItsUsersOnly() {
        allocate();
        assertThat(send(CLIENT, Stun.REFRESH_REQUEST, to -> signed(to.lifetime(0), "bob", BOB)))
                .isEqualTo(441);
        assertThat(send(CLIENT, Stun.REFRESH_REQUEST, to -> signed(to.lifetime(0), "alice", BOB)))
                .isEqualTo(401);
        assertThat(closedRelays).isZero();
        assertThat(request(Stun.REFRESH_REQUEST, to -> to.lifetime(0))).isZero();
        assertThat(turn.lifetime()).isZero();
        assertThat(closedRelays).isEqualTo(1);
        assertThat(request(Stun.REFRESH_REQUEST, to -> to.lifetime(0))).isEqualTo(437);
    }

    @Test
    void lifetimesAreGrantedWithinBounds() {
        allocate();
        assertThat(request(Stun.REFRESH_REQUEST, to -> to.lifetime(10))).isZero();
        assertThat(turn.lifetime()).isEqualTo(600);
        assertThat(request(Stun.REFRESH_REQUEST, to -> to.lifetime(0xffff_ffffL)))
                .isZero();
        assertThat(turn.lifetime()).isEqualTo(3_600);
        assertThat(request(Stun.REFRESH_REQUEST, to -> to.requestedAddressFamily(Stun.IPV6)))
                .isEqualTo(443);
    }

    @Test
    void permissionsAreAllGrantedOrNone() {
        allocate();
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        assertThat(request(Stun.CREATE_PERMISSION_REQUEST, to -> to)).isEqualTo(400);
        assertThat(request(Stun.CREATE_PERMISSION_REQUEST, to -> to.xorPeerAddress(PEER)
                        .xorPeerAddress(loopback)))
                .isEqualTo(403);
        assertThat(server.stats().permissions()).isZero();
        assertThat(request(
                        Stun.CREATE_PERMISSION_REQUEST,
                        to -> to.xorPeerAddress(new InetSocketAddress("2001:db8::7", 1))))
                .isEqualTo(443);
        assertThat(request(Stun.CREATE_PERMISSION_REQUEST, to -> to.xorPeerAddress(PEER)
                        .xorPeerAddress(PEER)))
                .isZero();
        assertThat(server.stats().permissions()).isEqualTo(1);
        for (InetSocketAddress next : List.of(
                new InetSocketAddress("192.0.2.11", 1),
                new InetSocketAddress("192.0.2.12", 1),
                new InetSocketAddress("192.0.2.13", 1))) {
            assertThat(request(Stun.CREATE_PERMISSION_REQUEST, to -> to.xorPeerAddress(next)))
                    .isZero();
        }
        InetSocketAddress fifth = new InetSocketAddress("192.0.2.20", 1);
        assertThat(request(Stun.CREATE_PERMISSION_REQUEST, to -> to.xorPeerAddress(fifth)))
                .isEqualTo(508);
        assertThat(request(Stun.CREATE_PERMISSION_REQUEST, to -> to.xorPeerAddress(PEER)))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x3fff, 0x8000, 0xffff})
    void aChannelHasANumberOfItsRange(int number) {
        allocate();
        assertThat(request(Stun.CHANNEL_BIND_REQUEST, to -> to.channelNumber(number)
                        .xorPeerAddress(PEER)))
                .isEqualTo(400);
    }

    @Test
    void aChannelStaysWithItsPeerAndAPeerWithItsChannel() {
        allocate();
        InetSocketAddress second = new InetSocketAddress("192.0.2.7", 4_001);
        InetSocketAddress third = new InetSocketAddress("192.0.2.7", 4_002);
        assertThat(bind(0x4000, PEER)).isZero();
        assertThat(bind(0x4000, PEER)).isZero();
        assertThat(bind(0x4001, PEER)).isEqualTo(400);
        assertThat(bind(0x4000, second)).isEqualTo(400);
        assertThat(bind(0x4001, second)).isZero();
        assertThat(bind(0x4002, third)).isEqualTo(508);
        assertThat(server.stats().channels()).isEqualTo(2);
        assertThat(server.stats().permissions()).isEqualTo(1);
    }

    private int bind(int number, InetSocketAddress peer) {
        return request(Stun.CHANNEL_BIND_REQUEST, to -> to.channelNumber(number).xorPeerAddress(peer));
    }

    @Test
    void dataGoesWherePermissionIsAndNowhereElse() {
        allocate();
        ByteBuffer data = ByteBuffer.wrap("hello".getBytes(UTF_8));
        UnaryOperator<StunWriter> toPeer = to -> to.xorPeerAddress(PEER).data(data);
        send(CLIENT, Stun.SEND_INDICATION, toPeer);
        assertThat(relayed).isEmpty();
        request(Stun.CREATE_PERMISSION_REQUEST, to -> to.xorPeerAddress(PEER));
        send(CLIENT, Stun.SEND_INDICATION, toPeer);
        send(OTHER, Stun.SEND_INDICATION, toPeer);
        send(CLIENT, Stun.SEND_INDICATION, to -> toPeer.apply(to).dontFragment());
        assertThat(relayed).containsExactly("hello");
        now += TimeUnit.MINUTES.toNanos(5);
        send(CLIENT, Stun.SEND_INDICATION, toPeer);
        assertThat(relayed).hasSize(1);
        assertThat(server.stats().drops())
                .containsEntry("noPermission", 2L)
                .containsEntry("noAllocation", 1L)
                .containsEntry("dontFragment", 1L);
    }

    @Test
    void anAllocationThatIsNotRefreshedEnds() {
        allocate();
        request(Stun.CREATE_PERMISSION_REQUEST, to -> to.xorPeerAddress(PEER));
        now += TimeUnit.SECONDS.toNanos(600);
        server.handleRelayPacket(allocation, PEER, ByteBuffer.wrap(new byte[4]), now);
        assertThat(server.stats().packetsToClients()).isZero();
        server.handleTimeout(now);
        assertThat(closedRelays).isEqualTo(1);
        assertThat(server.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
        assertThat(server.hasAllocation(0, CLIENT)).isFalse();
    }

    @Test
    void aConnectionThatEndsTakesItsAllocationAlong() {
        allocate();
        server.clientGone(0, OTHER);
        assertThat(closedRelays).isZero();
        server.clientGone(0, CLIENT);
        assertThat(closedRelays).isEqualTo(1);
    }

    @Override
    public void transmit(int listener, InetSocketAddress client, ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(message.position(), copy);
        answers.add(ByteBuffer.wrap(copy));
    }

    @Override
    public void relay(int id, InetSocketAddress peer, ByteBuffer data) {
        relayed.add(UTF_8.decode(data).toString());
    }

    @Override
    public void openRelay(int id, TurnServerEngine.RelayWish wish) {
        allocation = id;
        wishes.add(wish);
    }

    @Override
    public void closeRelay(int id) {
        closedRelays++;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long epochMicros(long nowNanos) {
        return nowNanos / 1_000;
    }
}
