package org.webrtc4j.ice.port;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualTime;

/** Checks with unknown ufrags wait for a hook, in virtual time. */
class UfragDeskTest {

    private static final String PASSWORD = "aPasswordOf22Characters";
    private static final InetSocketAddress PEER = peer(1);

    private final VirtualTime time = new VirtualTime();
    private final VirtualLoop loop = time.newLoop("socket");
    private final VirtualLoop home = time.newLoop("home");
    private final PortCounters counters = new PortCounters();
    private final AtomicInteger pending = new AtomicInteger();
    private final List<String> asked = new ArrayList<>();
    private final List<EventLoop> admitted = new ArrayList<>();
    private CompletableFuture<Optional<UfragAdmission>> answer = new CompletableFuture<>();
    private UnknownUfragHook hook = (local, remote, address) -> answer;

    private final UfragDesk desk = new UfragDesk(
            loop,
            () -> home,
            (local, remote, address) -> {
                asked.add(local + " " + remote + " " + address.getPort());
                return hook.onUnknownUfrag(local, remote, address);
            },
            counters,
            pending);

    private static InetSocketAddress peer(int number) {
        return new InetSocketAddress(Sockets.ip("192.0." + (2 + number / 60_000) + ".1"), 1_000 + number % 60_000);
    }

    private static ByteBuffer check(String username, String password) {
        ByteBuffer written = new StunWriter()
                .begin(Stun.BINDING_REQUEST, 7, 8)
                .username(username.getBytes(US_ASCII))
                .priority(1)
                .role(true, 9)
                .integrity(StunKey.shortTerm(password))
                .fingerprint()
                .finish();
        byte[] own = new byte[written.remaining()];
        written.get(own);
        return ByteBuffer.wrap(own);
    }

    private void receive(InetSocketAddress from, ByteBuffer packet) {
        loop.run(() -> desk.onRequest(from, packet, time.nanoTime()));
    }

    private void receive(InetSocketAddress from, String username) {
        receive(from, check(username, PASSWORD));
    }

    private Optional<UfragAdmission> admission() {
        return Optional.of(new UfragAdmission(PASSWORD, admitted::add));
    }

    private List<InetSocketAddress> claim(String ufrag) {
        return loop.call(() -> desk.claim(ufrag.getBytes(US_ASCII))).stream()
                .map(UfragDesk.Kept::from)
                .toList();
    }

    private void settle() {
        time.runFor(Duration.ofMillis(1));
    }

    private long count(PortCounter counter) {
        return counters.get(counter);
    }

    private void nothingIsLeft() {
        assertThat(desk.pending()).isZero();
        assertThat(pending).hasValue(0);
    }

    @Test
    void anAuthenticRequestLeadsToAnAgentWhichGetsItOnceItHasItsUfrag() {
        ByteBuffer check = check("game:peer", PASSWORD);
        receive(PEER, check);
        check.put(0, (byte) 99); // it was lent for the call
        assertThat(asked).containsExactly("game peer 1001");
        assertThat(admitted).isEmpty();

        answer.complete(admission());
        settle();
        assertThat(admitted).containsExactly(home);

        assertThat(claim("other")).isEmpty();
        List<UfragDesk.Kept> kept = loop.call(() -> desk.claim("game".getBytes(US_ASCII)));
        assertThat(kept).singleElement().satisfies(each -> {
            assertThat(each.from()).isEqualTo(PEER);
            assertThat(each.request()).isEqualTo(check("game:peer", PASSWORD));
        });
        nothingIsLeft();
        assertThat(claim("game")).isEmpty();
    }

    @Test
    void nothingIsAdmittedWithTheWrongIntegrity() {
        receive(PEER, check("game:peer", "anotherPasswordOf22Chars"));
        answer.complete(admission());
        settle();

        assertThat(admitted).isEmpty();
        assertThat(count(PortCounter.DROPPED_UFRAG_FORGED)).isEqualTo(1);
        nothingIsLeft();
    }

    @Test
    void aForgedRequestDoesNotStandInTheWayOfAnAuthenticOneWithTheSameUsername() {
        receive(peer(2), check("game:peer", "anotherPasswordOf22Chars"));
        receive(PEER, "game:peer");
        answer.complete(admission());
        settle();

        assertThat(asked).hasSize(1);
        assertThat(admitted).hasSize(1);
        assertThat(count(PortCounter.DROPPED_UFRAG_FORGED)).isEqualTo(1);

        // From now on each is judged as it comes.
        receive(peer(3), check("game:peer", "anotherPasswordOf22Chars"));
        receive(peer(4), "game:peer");
        assertThat(count(PortCounter.DROPPED_UFRAG_FORGED)).isEqualTo(2);
        assertThat(claim("game")).containsExactly(PEER, peer(4));
        assertThat(asked).hasSize(1);
        nothingIsLeft();
    }

    @Test
    void aRepeatedRequestIsCountedAndAsksNobodyAgain() {
        for (int i = 0; i < 10; i++) {
            receive(PEER, "game:peer");
            receive(PEER, "other:peer");
        }

        assertThat(asked).hasSize(1);
        assertThat(desk.pending()).isEqualTo(1);
        assertThat(count(PortCounter.DROPPED_UFRAG_WAITING)).isEqualTo(19);
    }

    @Test
    void aMutatedRequestAsksNobodyOrFailsItsIntegrity() {
        hook = (local, remote, address) -> CompletableFuture.completedFuture(admission());
        byte[] right = check("game:peer", PASSWORD).array();
        for (int i = 0; i < right.length * 8; i++) {
            byte[] mutated = right.clone();
            mutated[i / 8] ^= (byte) (1 << i % 8);
            receive(PEER, ByteBuffer.wrap(mutated));
            settle();

            assertThat(admitted).isEmpty();
            nothingIsLeft();
        }
        receive(PEER, ByteBuffer.wrap(right));
        settle();
        assertThat(admitted).hasSize(1);
    }

    @Test
    void whatIsNoCheckAsksNobody() {
        StunKey key = StunKey.shortTerm(PASSWORD);
        byte[] name = "game:peer".getBytes(US_ASCII);
        receive(
                PEER,
                new StunWriter()
                        .begin(Stun.BINDING_REQUEST, 1, 2)
                        .username(name)
                        .integrity(key)
                        .finish());
        receive(
                PEER,
                new StunWriter()
                        .begin(Stun.BINDING_REQUEST, 1, 2)
                        .username(name)
                        .fingerprint()
                        .finish());
        receive(PEER, StunSamples.request(1, "game:peer"));
        receive(PEER, "abc:peer");
        receive(PEER, "game:abc");
        receive(PEER, "game:pe er");
        receive(PEER, "game:peer:x");
        receive(PEER, "gamepeer");
        byte[] long256 = "g".repeat(252).getBytes(US_ASCII);
        StunWriter large =
                new StunWriter(2_000).begin(Stun.BINDING_REQUEST, 1, 2).username(name);
        for (int i = 0; i < 5; i++) {
            large.attribute(0x8022, long256);
        }
        receive(PEER, large.integrity(key).fingerprint().finish());

        assertThat(asked).isEmpty();
        assertThat(count(PortCounter.DROPPED_UNKNOWN_UFRAG)).isEqualTo(9);
        nothingIsLeft();
    }

    @Test
    void aHookThatRefusesIsAskedAgainByTheNextRequest() {
        hook = (local, remote, address) -> CompletableFuture.completedFuture(Optional.empty());
        for (int i = 0; i < 3; i++) {
            receive(PEER, "game:peer");
            settle();
        }

        assertThat(asked).hasSize(3);
        assertThat(count(PortCounter.DROPPED_UFRAG_REFUSED)).isEqualTo(3);
        nothingIsLeft();
    }

    @Test
    @SuppressWarnings("NullAway") // what the contract forbids, a careless hook does
    void aHookThatFailsThrowsOrAnswersNullDropsTheRequestAndHarmsNobody() {
        List<UnknownUfragHook> careless = List.of(
                (local, remote, address) -> CompletableFuture.failedFuture(new IllegalStateException("no database")),
                (local, remote, address) -> {
                    throw new IllegalStateException("no database");
                },
                (local, remote, address) -> CompletableFuture.completedFuture(null),
                (local, remote, address) -> null,
                (local, remote, address) -> {
                    CompletionStage<Optional<UfragAdmission>> late = new CompletableFuture<>();
                    late.toCompletableFuture().cancel(false);
                    return late;
                });
        for (UnknownUfragHook each : careless) {
            hook = each;
            receive(PEER, "game:peer");
            settle();
            nothingIsLeft();
        }

        assertThat(count(PortCounter.DROPPED_UFRAG_FAILED)).isEqualTo(careless.size());
        assertThat(time.takeFailures()).isEmpty();
    }

    @Test
    void anAgentThatCannotBeMadeIsCounted() {
        receive(PEER, "game:peer");
        answer.complete(Optional.of(new UfragAdmission(PASSWORD, unused -> {
            throw new IllegalStateException("no room");
        })));
        settle();

        assertThat(count(PortCounter.DROPPED_UFRAG_FAILED)).isEqualTo(1);
        nothingIsLeft();
    }

    @Test
    void aHookThatNeverAnswersIsGivenUpAfterFiveSeconds() {
        receive(PEER, "game:peer");
        time.runFor(Duration.ofSeconds(3));
        receive(peer(2), "late:peer");
        time.runFor(Duration.ofMillis(1_999));
        assertThat(desk.pending()).isEqualTo(2);

        time.runFor(Duration.ofMillis(2));
        assertThat(desk.pending()).isEqualTo(1);
        assertThat(count(PortCounter.DROPPED_UFRAG_LATE)).isEqualTo(1);
        time.runFor(Duration.ofSeconds(3));
        assertThat(count(PortCounter.DROPPED_UFRAG_LATE)).isEqualTo(2);
        nothingIsLeft();
    }

    @Test
    void anAnswerThatComesTooLateAdmitsNobody() {
        receive(PEER, "game:peer");
        time.runFor(Duration.ofSeconds(6));
        answer.complete(admission());
        settle();

        assertThat(admitted).isEmpty();
        nothingIsLeft();
    }

    @Test
    void anAgentThatNeverBindsItsUfragIsGivenUpToo() {
        answer.complete(admission());
        receive(PEER, "game:peer");
        settle();
        assertThat(admitted).hasSize(1);

        time.runFor(Duration.ofSeconds(6));
        assertThat(count(PortCounter.DROPPED_UFRAG_LATE)).isEqualTo(1);
        nothingIsLeft();
    }

    @Test
    void aFloodOfUfragsNeverFillsMoreThanTheTable() {
        int seconds = 20;
        for (int i = 0; i < 1_000 * seconds; i++) {
            receive(peer(i), "flood" + i + ":peer");
            time.runFor(Duration.ofMillis(1));
            assertThat(desk.pending()).isLessThanOrEqualTo(UfragAdmission.MAX_PENDING);
            assertThat(pending.get()).isEqualTo(desk.pending());
        }

        assertThat(asked).hasSizeLessThanOrEqualTo(UfragAdmission.MAX_PENDING * (1 + seconds / 5));
        time.runFor(Duration.ofSeconds(6));
        nothingIsLeft();
        long late = count(PortCounter.DROPPED_UFRAG_LATE);
        assertThat(late).isEqualTo(asked.size());
        assertThat(count(PortCounter.DROPPED_UFRAG_LIMIT)).isEqualTo(1_000L * seconds - late);

        // What was full is of use again.
        answer.complete(admission());
        receive(PEER, "game:peer");
        settle();
        assertThat(admitted).hasSize(1);
    }

    @Test
    void aFloodDoesNotKeepOutThoseWhomAQuickHookKnows() {
        hook = (local, remote, address) ->
                CompletableFuture.completedFuture(local.equals("game") ? admission() : Optional.empty());
        for (int i = 0; i < 5_000; i++) {
            receive(peer(10 + i), "flood" + i + ":peer");
            time.runFor(Duration.ofMillis(1));
        }
        receive(PEER, "game:peer");
        settle();

        assertThat(admitted).hasSize(1);
        assertThat(count(PortCounter.DROPPED_UFRAG_REFUSED)).isEqualTo(5_000);
        assertThat(count(PortCounter.DROPPED_UFRAG_LIMIT)).isZero();
    }

    @Test
    void theBoundHoldsForAllSocketsTogether() {
        pending.set(UfragAdmission.MAX_PENDING);
        receive(PEER, "game:peer");

        assertThat(asked).isEmpty();
        assertThat(count(PortCounter.DROPPED_UFRAG_LIMIT)).isEqualTo(1);
        assertThat(pending).hasValue(UfragAdmission.MAX_PENDING);
    }

    @Test
    void aClosedDeskForgetsEverythingAndAsksNobody() {
        receive(PEER, "game:peer");
        loop.run(desk::close);
        nothingIsLeft();

        answer.complete(admission());
        receive(PEER, "game:peer");
        settle();
        assertThat(admitted).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void aPasswordThatIsTooShortIsTheCallersMistake() {
        assertThatThrownBy(() -> new UfragAdmission("short", unused -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("short");
    }
}
