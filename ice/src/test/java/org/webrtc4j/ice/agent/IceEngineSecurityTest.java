package org.webrtc4j.ice.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.agent.EngineFixture.OURS;
import static org.webrtc4j.ice.agent.EngineFixture.PEER;
import static org.webrtc4j.ice.agent.EngineFixture.SECOND;
import static org.webrtc4j.ice.agent.EngineFixture.STRANGER;
import static org.webrtc4j.ice.agent.EngineFixture.THEIRS;
import static org.webrtc4j.ice.agent.EngineFixture.at;
import static org.webrtc4j.ice.agent.EngineFixture.bytes;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;

/** What strangers send changes nothing but counters. */
class IceEngineSecurityTest {

    private static final StunKey WRONG = StunKey.shortTerm("guessed+password+of+a+stranger");

    private static final int FINGERPRINT_BYTES = 8;
    private static final int FINGERPRINT_XOR = 0x5354_554e;

    private final EngineFixture fixture = new EngineFixture();

    /** Everything that could grow, in one line. */
    private String footprint() {
        return fixture.engine.pairs().size() + " pairs, " + fixture.engine.remoteCandidates() + ", "
                + fixture.events.size() + " events, " + fixture.sent.size() + " sent, " + fixture.engine.state();
    }

    @Test
    void aStrangerWhoKnowsTheUfragGrowsNoStateAndGetsNoAnswer() {
        fixture.begin(IceRole.CONTROLLED);
        String before = footprint();
        for (int i = 0; i < 1_000; i++) {
            fixture.receiveRaw(
                    at("203.0.113.9", 1_000 + i),
                    fixture.controllingCheck()
                            .useCandidate()
                            .integrity(WRONG)
                            .fingerprint()
                            .finish());
        }
        assertThat(footprint()).isEqualTo(before);
        assertThat(fixture.drops.get(DropReason.WRONG_INTEGRITY)).isEqualTo(1_000);
        assertThat(fixture.engine.verifiedPair(0, at("203.0.113.9", 1_000))).isNull();
        assertThat(fixture.engine.isEarlyPeer(0, at("203.0.113.9", 1_000))).isFalse();
    }

    @Test
    void aStrangerCannotTakeAConnectionOver() {
        fixture.connect(IceRole.CONTROLLED);
        CandidatePair selected = fixture.engine.selected();
        String before = footprint();
        fixture.receiveRaw(
                STRANGER,
                fixture.controllingCheck()
                        .useCandidate()
                        .nomination(1_000)
                        .integrity(WRONG)
                        .fingerprint()
                        .finish());
        assertThat(fixture.engine.selected()).isSameAs(selected);
        assertThat(footprint()).isEqualTo(before);
    }

    @Test
    void requestsWithoutIntegrityFingerprintOrUsernameAreNotAnswered() {
        fixture.begin(IceRole.CONTROLLED);
        StunKey right = StunKey.shortTerm(OURS.pwd());
        fixture.receiveRaw(PEER, fixture.controllingCheck().fingerprint().finish());
        fixture.receiveRaw(PEER, fixture.controllingCheck().integrity(right).finish());
        fixture.receiveRaw(
                PEER,
                fixture.writer
                        .begin(Stun.BINDING_REQUEST, 1, 1)
                        .priority(1)
                        .integrity(right)
                        .fingerprint()
                        .finish());
        assertThat(fixture.sent).isEmpty();
        assertThat(fixture.engine.pairs()).isEmpty();
        assertThat(fixture.drops.get(DropReason.UNAUTHENTICATED)).isEqualTo(2);
        assertThat(fixture.drops.get(DropReason.UNKNOWN_UFRAG)).isEqualTo(1);
    }

    @Test
    void aRequestForAnotherUfragIsNotAnswered() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.receive(
                PEER,
                fixture.writer
                        .begin(Stun.BINDING_REQUEST, 1, 1)
                        .username(bytes("other:" + THEIRS.ufrag()))
                        .priority(1));
        assertThat(fixture.sent).isEmpty();
        assertThat(fixture.drops.get(DropReason.UNKNOWN_UFRAG)).isEqualTo(1);
    }

    @Test
    void anUnauthenticatedResponseIsIgnored() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        EngineFixture.Sent check = fixture.requests().get(0);
        fixture.answer(check, PEER, WRONG);
        assertThat(fixture.engine.selected()).isNull();
        assertThat(fixture.drops.get(DropReason.WRONG_INTEGRITY)).isEqualTo(1);
        // The right answer still counts: the forged one has not used the transaction up.
        fixture.answer(check, PEER);
        assertThat(fixture.engine.selected()).isNotNull();
    }

    @Test
    void aResponseFromAnotherAddressIsIgnored() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        EngineFixture.Sent check = fixture.requests().get(0);
        fixture.answer(check, at("192.0.2.2", 6001));
        assertThat(fixture.engine.selected()).isNull();
        assertThat(fixture.drops.get(DropReason.ASYMMETRIC_RESPONSE)).isEqualTo(1);
        fixture.answer(check, PEER);
        assertThat(fixture.engine.selected()).isNotNull();
    }

    @Test
    void aResponseToNothingAndAReplayedOneAreIgnored() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        EngineFixture.Sent check = fixture.requests().get(0);
        fixture.answer(check, PEER);
        String before = footprint();
        fixture.answer(check, PEER);
        assertThat(footprint()).isEqualTo(before);
        assertThat(fixture.drops.get(DropReason.UNEXPECTED_RESPONSE)).isEqualTo(1);
    }

    @Test
    void ourOwnRequestReflectedIsNotAnswered() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        EngineFixture.Sent check = fixture.requests().get(0);
        fixture.sent.clear();
        fixture.receiveRaw(PEER, check.message());
        assertThat(fixture.sent).isEmpty();
        assertThat(fixture.drops.get(DropReason.UNKNOWN_UFRAG)).isEqualTo(1);
    }

    @Test
    void aResponseWithoutMappedAddressIsIgnored() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.reader.read(fixture.requests().get(0).message());
        fixture.receiveRaw(
                PEER,
                fixture.writer
                        .begin(Stun.BINDING_SUCCESS, fixture.reader.transactionHigh(), fixture.reader.transactionLow())
                        .integrity(StunKey.shortTerm(THEIRS.pwd()))
                        .fingerprint()
                        .finish());
        assertThat(fixture.engine.selected()).isNull();
    }

    @Test
    void anUnknownComprehensionRequiredAttributeIsAnsweredWith420() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.receive(PEER, fixture.controllingCheck().attribute(0x7abc, new byte[4]));
        assertThat(fixture.sent).hasSize(1);
        assertThat(fixture.reader.read(fixture.sent.get(0).message())).isTrue();
        assertThat(fixture.reader.errorCode()).isEqualTo(420);
        assertThat(fixture.reader.isAuthentic(StunKey.shortTerm(OURS.pwd()))).isTrue();
        assertThat(fixture.engine.pairs()).isEmpty();
    }

    @Test
    void aRequestWithoutPriorityIsAnsweredWith400() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.receive(PEER, fixture.check().role(true, 1));
        assertThat(fixture.reader.read(fixture.sent.get(0).message())).isTrue();
        assertThat(fixture.reader.errorCode()).isEqualTo(400);
    }

    @Test
    void answersAreLimitedPerSecond() {
        fixture.begin(IceRole.CONTROLLED);
        for (int i = 0; i < 150; i++) {
            fixture.receive(PEER, fixture.controllingCheck());
        }
        assertThat(fixture.ofType(Stun.BINDING_SUCCESS)).hasSize(100);
        assertThat(fixture.drops.get(DropReason.ANSWER_LIMIT)).isEqualTo(50);
        fixture.now += SECOND;
        fixture.receive(PEER, fixture.controllingCheck());
        assertThat(fixture.ofType(Stun.BINDING_SUCCESS)).hasSize(101);
    }

    @Test
    void peerReflexiveCandidatesAreLimited() {
        EngineFixture limited = new EngineFixture(false, new IceLimits(5, 3, 10, 5, 2, 2, 1_000), PeerFilter.client());
        limited.begin(IceRole.CONTROLLED);
        for (int i = 0; i < 20; i++) {
            limited.receive(at("192.0.2.2", 6000 + i), limited.controllingCheck());
        }
        assertThat(limited.engine.remoteCandidates()).hasSize(3);
        assertThat(limited.drops.get(DropReason.PEER_REFLEXIVE_LIMIT)).isEqualTo(17);
    }

    @Test
    void remoteCandidatesPairsAndEarlyOnesAreLimited() {
        EngineFixture limited = new EngineFixture(false, new IceLimits(5, 3, 4, 5, 2, 2, 1_000), PeerFilter.client());
        for (int i = 0; i < 10; i++) {
            limited.addRemote(at("192.0.2.3", 6000 + i));
        }
        assertThat(limited.drops.get(DropReason.CANDIDATE_LIMIT)).isEqualTo(8);
        limited.begin(IceRole.CONTROLLING);
        for (int i = 0; i < 10; i++) {
            limited.addRemote(at("192.0.2.2", 6000 + i));
        }
        assertThat(limited.engine.remoteCandidates()).hasSize(5);
        assertThat(limited.engine.pairs()).hasSize(4);
        assertThat(limited.drops.get(DropReason.PAIR_LIMIT)).isEqualTo(1);
    }

    @Test
    void signallingAfterTheCheckMakesNoRoomBeyondTheLimit() {
        EngineFixture limited = new EngineFixture(false, new IceLimits(5, 3, 10, 5, 2, 2, 1_000), PeerFilter.client());
        limited.begin(IceRole.CONTROLLED);
        for (int i = 0; i < 20; i++) {
            limited.receive(at("192.0.2.2", 6000 + i), limited.controllingCheck());
            limited.addRemote(at("192.0.2.2", 6000 + i));
        }
        assertThat(limited.engine.remoteCandidates()).hasSize(5 + 3);
        assertThat(limited.drops.get(DropReason.PEER_REFLEXIVE_LIMIT)).isPositive();
        assertThat(limited.drops.get(DropReason.CANDIDATE_LIMIT)).isPositive();
    }

    @Test
    void aPairThatThePeerAskedForFindsRoomInAFullList() {
        EngineFixture limited = new EngineFixture(false, new IceLimits(5, 3, 4, 5, 2, 2, 1_000), PeerFilter.client());
        limited.begin(IceRole.CONTROLLED);
        for (int i = 0; i < 4; i++) {
            limited.addRemote(at("192.0.2.2", 6000 + i));
        }
        limited.receive(at("192.0.2.2", 7000), limited.controllingCheck());
        assertThat(limited.engine.verifiedPair(0, at("192.0.2.2", 7000))).isNotNull();
        assertThat(limited.engine.pairs()).hasSize(4);
    }

    @Test
    void aServerSendsNoChecksIntoItsOwnNetwork() {
        EngineFixture server = new EngineFixture(false, IceLimits.defaults(), PeerFilter.server(false));
        server.begin(IceRole.CONTROLLING);
        for (String address : new String[] {"127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.0.1", "224.0.0.1"}) {
            server.addRemote(at(address, 80));
        }
        server.run(10 * SECOND);
        assertThat(server.sent).isEmpty();
        assertThat(server.drops.get(DropReason.CANDIDATE_FILTERED)).isEqualTo(5);
        assertThat(server.engine.explain()).contains("5 remote candidates were not allowed");
    }

    @Test
    void aCandidateWithPort0IsNotUsed() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(at("192.0.2.2", 0));
        assertThat(fixture.sent).isEmpty();
        assertThat(fixture.drops.get(DropReason.CANDIDATE_UNUSABLE)).isEqualTo(1);
    }

    @Test
    void checksOfManyAgentsToOneUnverifiedAddressAreCapped() {
        CheckBudget budget = new CheckBudget();
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            sent += budget.tryAddress(STRANGER, 5 * SECOND) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(CheckBudget.DEFAULT_CHECKS_PER_ADDRESS);
        assertThat(budget.tryAddress(STRANGER, CheckBudget.nextWindow(5 * SECOND)))
                .isTrue();
    }

    @Test
    void badBytesAreCountedAndNothingElse() {
        fixture.connect(IceRole.CONTROLLING);
        String before = footprint();
        fixture.receiveRaw(PEER, ByteBuffer.allocate(3));
        fixture.receiveRaw(PEER, ByteBuffer.allocate(100));
        assertThat(footprint()).isEqualTo(before);
        assertThat(fixture.drops.get(DropReason.MALFORMED)).isEqualTo(2);
    }

    @Test
    void anEarlyCheckOfAnotherGenerationGivesNoPair() {
        fixture.engine.setRole(IceRole.CONTROLLING, fixture.now);
        fixture.engine.start(fixture.now);
        fixture.receive(PEER, fixture.controlledCheck());
        assertThat(fixture.ofType(Stun.BINDING_SUCCESS)).hasSize(1);
        fixture.engine.setRemoteParameters(
                new IceParameters("else", "password+of+somebody+else", false, true, true), fixture.now);
        assertThat(fixture.engine.pairs()).isEmpty();
        assertThat(fixture.requests()).isEmpty();
        assertThat(fixture.engine.isEarlyPeer(0, PEER)).isFalse();
    }

    @Test
    void anErrorWithoutIntegrityDoesNotEndACheck() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        EngineFixture.Sent check = fixture.requests().get(0);
        fixture.reader.read(check.message());
        fixture.receiveRaw(
                PEER,
                fixture.writer
                        .begin(Stun.BINDING_ERROR, fixture.reader.transactionHigh(), fixture.reader.transactionLow())
                        .errorCode(487, bytes("Role Conflict"))
                        .fingerprint()
                        .finish());
        assertThat(fixture.engine.role()).isEqualTo(IceRole.CONTROLLING);
        fixture.answer(check, PEER);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
        assertThat(fixture.engine.selected()).isNotNull();
    }

    @Test
    void anAuthenticCheckOfWhichOneBitWasTurnedChangesNothing() {
        fixture.begin(IceRole.CONTROLLED);
        ByteBuffer check = fixture.controllingCheck()
                .useCandidate()
                .integrity(StunKey.shortTerm(OURS.pwd()))
                .fingerprint()
                .finish();
        String before = footprint();
        long sent = sendWithEachBitTurned(copy(check), STRANGER);
        assertThat(footprint()).isEqualTo(before);
        // One of them has become an indication, which asks for nothing and is nobody's loss.
        assertThat(dropped()).isEqualTo(sent - 1);
    }

    @Test
    void anAuthenticAnswerOfWhichOneBitWasTurnedEndsNoCheck() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.reader.read(fixture.requests().get(0).message());
        ByteBuffer answer = fixture.writer
                .begin(Stun.BINDING_SUCCESS, fixture.reader.transactionHigh(), fixture.reader.transactionLow())
                .xorMappedAddress(EngineFixture.BASE)
                .integrity(StunKey.shortTerm(THEIRS.pwd()))
                .fingerprint()
                .finish();
        String before = footprint();
        long sent = sendWithEachBitTurned(copy(answer), PEER);
        assertThat(footprint()).isEqualTo(before);
        assertThat(fixture.engine.selected()).isNull();
        assertThat(dropped()).isEqualTo(sent);
    }

    @Test
    void anAuthenticCheckReplayedFromManyAddressesSelectsNothingAndStaysWithinTheLimits() {
        fixture.connect(IceRole.CONTROLLED);
        CandidatePair selected = fixture.selected();
        ByteBuffer check = copy(fixture.controllingCheck()
                .useCandidate()
                .nomination(1_000)
                .integrity(StunKey.shortTerm(OURS.pwd()))
                .fingerprint()
                .finish());
        IceLimits limits = IceLimits.defaults();
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 200; i++) {
                fixture.receiveRaw(at("203.0.113." + i % 100, 1_000 + second * 200 + i), copy(check));
            }
            assertThat(fixture.engine.pairs()).hasSizeLessThanOrEqualTo(limits.pairs());
            assertThat(fixture.engine.remoteCandidates())
                    .hasSizeLessThanOrEqualTo(limits.remoteCandidates() + limits.peerReflexiveCandidates());
            answerThePeersOnly();
            fixture.run(SECOND);
            assertThat(fixture.selected()).isSameAs(selected);
        }
        assertThat(fixture.engine.state()).isIn(IceState.CONNECTED, IceState.COMPLETED);
        assertThat(fixture.drops.get(DropReason.PEER_REFLEXIVE_LIMIT)).isPositive();
    }

    /** A peer at its own address: whoever replays has no password to answer with. */
    private void answerThePeersOnly() {
        List<EngineFixture.Sent> requests = fixture.requests();
        fixture.sent.clear();
        requests.stream().filter(each -> each.to().equals(PEER)).forEach(each -> fixture.answer(each, PEER));
    }

    /** Each bit that the integrity covers: as it lies, and with a fingerprint that fits again, which needs no secret. */
    private long sendWithEachBitTurned(ByteBuffer message, InetSocketAddress from) {
        int size = message.remaining();
        long sent = 0;
        for (int bit = 0; bit < (size - FINGERPRINT_BYTES) * 8; bit++) {
            byte[] bytes = new byte[size];
            message.get(message.position(), bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            ByteBuffer turned = ByteBuffer.wrap(bytes);
            fixture.receiveRaw(from, copy(turned));
            CRC32 crc = new CRC32();
            crc.update(bytes, 0, size - FINGERPRINT_BYTES);
            turned.putInt(size - 4, (int) crc.getValue() ^ FINGERPRINT_XOR);
            fixture.receiveRaw(from, turned);
            sent += 2;
        }
        return sent;
    }

    private long dropped() {
        return Arrays.stream(DropReason.values()).mapToLong(fixture.drops::get).sum();
    }

    private static ByteBuffer copy(ByteBuffer message) {
        ByteBuffer copy = ByteBuffer.allocate(message.remaining());
        copy.put(0, message, message.position(), message.remaining());
        return copy;
    }
}
