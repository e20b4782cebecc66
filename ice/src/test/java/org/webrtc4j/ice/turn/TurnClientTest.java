package org.webrtc4j.ice.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.ice.stun.TurnAttributes;

/** The client against a server that says what the test wants. */
class TurnClientTest implements TurnClient.Sink {

    private static final InetSocketAddress RELAYED = new InetSocketAddress("198.51.100.1", 50_000);
    private static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.1", 40_000);
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4_000);
    private static final String PLAIN_NONCE = "f00d";
    private static final byte[] ALGORITHMS = {0, 2, 0, 0, 0, 1, 0, 0};
    private static final StunKey MD5 = StunKey.longTerm("alice", "example.org", "secret");
    private static final StunKey SHA256 = StunKey.longTermSha256("alice", "example.org", "secret");

    private final TurnClient client = new TurnClient(new SplittableRandom(1), "alice", "secret", false, this);
    private final TurnAttributes turn = new TurnAttributes();
    private final StunReader request = StunReader.of(turn);
    private final StunWriter writer = new StunWriter();
    private final List<ByteBuffer> sent = new ArrayList<>();
    private final List<InetSocketAddress> allocated = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private @Nullable InetSocketAddress redirect;
    private @Nullable String domain;
    private int failure;
    private boolean silent;
    private long now = 1_000_000;

    private void readLatest() {
        assertThat(request.read(sent.get(sent.size() - 1).duplicate())).isTrue();
    }

    private ByteBuffer answer(int responseClass, UnaryOperator<StunWriter> attributes) {
        readLatest();
        writer.begin(request.type() | responseClass, request.transactionHigh(), request.transactionLow());
        return attributes.apply(writer).finish();
    }

    private void succeed(UnaryOperator<StunWriter> attributes) {
        client.handlePacket(answer(0x0100, attributes), now);
    }

    private void refuse(int code, UnaryOperator<StunWriter> attributes) {
        client.handlePacket(answer(0x0110, to -> attributes.apply(to.errorCode(code, "no".getBytes(UTF_8)))), now);
    }

    private void challenge(String nonce, byte @Nullable [] algorithms) {
        refuse(
                401,
                to -> algorithms == null
                        ? to.realm("example.org".getBytes(UTF_8)).nonce(nonce.getBytes(UTF_8))
                        : to.realm("example.org".getBytes(UTF_8))
                                .nonce(nonce.getBytes(UTF_8))
                                .passwordAlgorithms(algorithms));
    }

    private void allocate() {
        client.allocate(now);
        challenge(PLAIN_NONCE, null);
        succeed(to -> to.xorRelayedAddress(RELAYED)
                .xorMappedAddress(MAPPED)
                .lifetime(600)
                .integrity(MD5));
        assertThat(allocated).containsExactly(RELAYED);
    }

    private void permit() {
        client.send(PEER, ByteBuffer.wrap(new byte[] {1, 2}), now);
        succeed(to -> to.integrity(MD5));
        readLatest();
        assertThat(request.type()).isEqualTo(Stun.SEND_INDICATION);
    }

    @Test
    void anOldServerIsAnsweredWithMd5AndSha1() {
        allocate();
        client.send(PEER, ByteBuffer.wrap(new byte[] {1}), now);
        readLatest();
        assertThat(request.username()).isEqualTo("alice");
        assertThat(request.hasIntegritySha256()).isFalse();
        assertThat(request.isAuthentic(MD5)).isTrue();
    }

    @Test
    void aServerThatOffersSha256IsAnsweredWithItAndItsListSentBack() {
        client.allocate(now);
        challenge(TurnAttributes.nonceCookie(Stun.FEATURE_PASSWORD_ALGORITHMS) + "x", ALGORITHMS);
        readLatest();
        assertThat(request.hasIntegritySha256()).isTrue();
        assertThat(request.isAuthentic(SHA256)).isTrue();
        assertThat(turn.passwordAlgorithm()).isEqualTo(Stun.ALGORITHM_SHA256);
        assertThat(turn.passwordAlgorithms()).isEqualTo(ALGORITHMS);
    }

    @Test
    void aServerThatHidesNamesIsSentAHash() {
        client.allocate(now);
        challenge(TurnAttributes.nonceCookie(Stun.FEATURE_USERNAME_ANONYMITY) + "x", null);
        readLatest();
        assertThat(request.username()).isNull();
        assertThat(turn.userhash()).isEqualTo(StunKey.userhash("alice", "example.org"));
    }

    @Test
    void aChallengeThatWasBidDownIsIgnored() {
        client.allocate(now);
        int before = sent.size();
        challenge(TurnAttributes.nonceCookie(Stun.FEATURE_PASSWORD_ALGORITHMS) + "x", null);
        challenge(PLAIN_NONCE, ALGORITHMS);
        assertThat(sent).hasSize(before);
        assertThat(failure).isZero();
        challenge(PLAIN_NONCE, null);
        assertThat(sent).hasSize(before + 1);
    }

    @Test
    void aSuccessWithoutOrWithWrongIntegrityIsIgnored() {
        client.allocate(now);
        challenge(PLAIN_NONCE, null);
        succeed(to -> to.xorRelayedAddress(RELAYED).xorMappedAddress(MAPPED));
        succeed(to -> to.xorRelayedAddress(RELAYED).xorMappedAddress(MAPPED).integrity(SHA256));
        assertThat(allocated).isEmpty();
        assertThat(client.drops()).containsEntry(TurnDrop.WRONG_INTEGRITY, 2L);
        succeed(to -> to.xorRelayedAddress(RELAYED).xorMappedAddress(MAPPED).integrity(MD5));
        assertThat(allocated).containsExactly(RELAYED);
    }

    @Test
    void aResponseToNothingIsIgnored() {
        allocate();
        ByteBuffer stray = writer.begin(Stun.REFRESH_SUCCESS, 1, 2).lifetime(0).finish();
        client.handlePacket(stray, now);
        client.handlePacket(ByteBuffer.wrap(new byte[30]), now);
        assertThat(client.drops())
                .containsEntry(TurnDrop.UNEXPECTED_RESPONSE, 1L)
                .containsEntry(TurnDrop.MALFORMED, 1L);
        assertThat(client.isAllocated()).isTrue();
    }

    @Test
    void dataOfAPeerWithoutPermissionAndOfAnUnboundChannelIsIgnored() {
        allocate();
        ByteBuffer data = ByteBuffer.wrap("hello".getBytes(UTF_8));
        client.handlePacket(
                writer.begin(Stun.DATA_INDICATION, 1, 2)
                        .xorPeerAddress(PEER)
                        .data(data)
                        .finish(),
                now);
        ByteBuffer framed = ByteBuffer.allocate(20);
        ChannelData.write(Stun.FIRST_CHANNEL, data, framed);
        client.handlePacket(framed, now);
        assertThat(received).isEmpty();
        assertThat(client.drops())
                .containsEntry(TurnDrop.NO_PERMISSION, 1L)
                .containsEntry(TurnDrop.UNBOUND_CHANNEL, 1L);
        permit();
        client.handlePacket(
                writer.begin(Stun.DATA_INDICATION, 1, 2)
                        .xorPeerAddress(PEER)
                        .data(data)
                        .finish(),
                now);
        assertThat(received).containsExactly("hello");
    }

    @Test
    void aServerThatDoesNotKnowTheSecondFamilyIsAskedForOne() {
        client.allocate(now);
        readLatest();
        assertThat(turn.additionalAddressFamily()).isEqualTo(Stun.IPV6);
        refuse(Stun.ERROR_UNKNOWN_ATTRIBUTE, to -> to);
        readLatest();
        assertThat(turn.additionalAddressFamily()).isEqualTo(-1);
        refuse(Stun.ERROR_FAMILY_NOT_SUPPORTED, to -> to);
        readLatest();
        assertThat(turn.requestedAddressFamily()).isEqualTo(Stun.IPV6);
        refuse(Stun.ERROR_FAMILY_NOT_SUPPORTED, to -> to);
        assertThat(failure).isEqualTo(Stun.ERROR_FAMILY_NOT_SUPPORTED);
    }

    @Test
    void anotherServerIsNamedWithItsDomain() {
        client.allocate(now);
        refuse(300, to -> to.alternateServer(RELAYED).alternateDomain("turn.example.org".getBytes(UTF_8)));
        assertThat(redirect).isEqualTo(RELAYED);
        assertThat(domain).isEqualTo("turn.example.org");
        assertThat(client.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void aServerThatKeepsCallingItsNoncesStaleIsGivenUp() {
        client.allocate(now);
        challenge(PLAIN_NONCE, null);
        for (int i = 0; i < 10 && failure == 0; i++) {
            refuse(438, to -> to.realm("example.org".getBytes(UTF_8)).nonce(PLAIN_NONCE.getBytes(UTF_8)));
        }
        assertThat(failure).isEqualTo(438);
    }

    @Test
    void packetsForPeersWithoutPermissionWaitUpToALimit() {
        allocate();
        for (int i = 0; i < TurnClient.MAX_HELD; i++) {
            assertThat(client.send(PEER, ByteBuffer.wrap(new byte[] {1}), now)).isTrue();
        }
        assertThat(client.send(PEER, ByteBuffer.wrap(new byte[] {1}), now)).isFalse();
        assertThat(client.send(PEER, ByteBuffer.wrap(new byte[TurnClient.MAX_DATA_BYTES + 1]), now))
                .isFalse();
        assertThat(client.drops()).containsEntry(TurnDrop.LIMIT, 1L).containsEntry(TurnDrop.TOO_LARGE, 1L);
    }

    @Test
    void requestsAreRepeatedWithTheSameTransactionAndThenGivenUp() {
        client.allocate(now);
        readLatest();
        long transaction = request.transactionLow();
        runUntil(() -> silent);
        assertThat(now).isBetween(TimeUnit.SECONDS.toNanos(9), TimeUnit.SECONDS.toNanos(10));
        assertThat(sent).hasSize(7 + 1);
        runUntil(() -> failure != 0);
        readLatest();
        assertThat(request.transactionLow()).isEqualTo(transaction);
        assertThat(failure).isEqualTo(TurnClient.SERVER_SILENT);
        assertThat(now).isBetween(TimeUnit.SECONDS.toNanos(39), TimeUnit.SECONDS.toNanos(42));
    }

    @Test
    void aServerThatCountsAsSilentMayAnswerYet() {
        client.allocate(now);
        runUntil(() -> silent);
        challenge(PLAIN_NONCE, null);
        succeed(to -> to.xorRelayedAddress(RELAYED)
                .xorMappedAddress(MAPPED)
                .lifetime(600)
                .integrity(MD5));
        assertThat(allocated).containsExactly(RELAYED);
        assertThat(failure).isZero();
    }

    private void runUntil(BooleanSupplier end) {
        while (!end.getAsBoolean()) {
            now = client.nextTimeout();
            client.handleTimeout(now);
        }
    }

    @Test
    void closingTellsTheServerOnce() {
        allocate();
        client.close(now);
        readLatest();
        assertThat(request.type()).isEqualTo(Stun.REFRESH_REQUEST);
        assertThat(turn.lifetime()).isZero();
        assertThat(request.isAuthentic(MD5)).isTrue();
        int count = sent.size();
        client.close(now);
        assertThat(client.send(PEER, ByteBuffer.wrap(new byte[] {1}), now)).isFalse();
        assertThat(sent).hasSize(count);
        assertThat(client.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Override
    public void transmit(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(message.position(), copy);
        sent.add(ByteBuffer.wrap(copy));
    }

    @Override
    public void onAllocated(InetSocketAddress relayed, InetSocketAddress mapped) {
        allocated.add(relayed);
    }

    @Override
    public void onData(InetSocketAddress peer, ByteBuffer data) {
        received.add(UTF_8.decode(data).toString());
    }

    @Override
    public void onRedirected(InetSocketAddress server, @Nullable String name) {
        redirect = server;
        domain = name;
    }

    @Override
    public void onSilent() {
        silent = true;
    }

    @Override
    public void onFailed(int code, String reason) {
        failure = code;
    }
}
