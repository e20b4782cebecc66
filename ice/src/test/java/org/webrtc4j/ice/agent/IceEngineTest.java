package org.webrtc4j.ice.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.agent.EngineFixture.MILLISECOND;
import static org.webrtc4j.ice.agent.EngineFixture.OURS;
import static org.webrtc4j.ice.agent.EngineFixture.PEER;
import static org.webrtc4j.ice.agent.EngineFixture.SECOND;
import static org.webrtc4j.ice.agent.EngineFixture.THEIRS;
import static org.webrtc4j.ice.agent.EngineFixture.at;
import static org.webrtc4j.ice.agent.EngineFixture.host;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;

/** The rules of checks, nomination, roles and consent, one message at a time. */
class IceEngineTest {

    private final EngineFixture fixture = new EngineFixture();

    private List<IceState> states() {
        List<IceState> states = new ArrayList<>();
        for (IceEvent event : fixture.events) {
            if (event instanceof IceEvent.StateChanged changed) {
                states.add(changed.state());
            }
        }
        return states;
    }

    private void read(EngineFixture.Sent sent) {
        assertThat(fixture.reader.read(sent.message())).isTrue();
    }

    @Test
    void aCheckCarriesWhatRfc8445Asks() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        assertThat(fixture.sent).hasSize(1);
        read(fixture.sent.get(0));
        assertThat(fixture.reader.username()).isEqualTo(THEIRS.ufrag() + ":" + OURS.ufrag());
        assertThat(fixture.reader.isAuthentic(StunKey.shortTerm(THEIRS.pwd()))).isTrue();
        assertThat(fixture.reader.hasFingerprint()).isTrue();
        assertThat(fixture.reader.isFromControlling()).isTrue();
        assertThat(fixture.reader.priority()).isEqualTo(CandidatePriority.of(IceCandidateType.PEER_REFLEXIVE, 65_535));
        assertThat(fixture.reader.useCandidate()).isFalse();
    }

    @Test
    void theControllingSideNominatesTheFirstValidPairAtOnce() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.answerAll();
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
        assertThat(fixture.requests()).hasSize(1);
        read(fixture.requests().get(0));
        assertThat(fixture.reader.useCandidate()).isTrue();
        assertThat(fixture.reader.nomination()).isEqualTo(1);
        fixture.answerAll();
        assertThat(fixture.engine.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.nominated()).isTrue();
            assertThat(pair.state()).isEqualTo(IceStats.PairState.SUCCEEDED);
        });
    }

    @Test
    void nominationIsNotNumberedForAPeerWithoutRenomination() {
        fixture.engine.setRole(IceRole.CONTROLLING, fixture.now);
        fixture.engine.start(fixture.now);
        fixture.engine.setRemoteParameters(
                new IceParameters(THEIRS.ufrag(), THEIRS.pwd(), false, true, false), fixture.now);
        fixture.addRemote(PEER);
        fixture.answerAll();
        read(fixture.requests().get(0));
        assertThat(fixture.reader.useCandidate()).isTrue();
        assertThat(fixture.reader.nomination()).isEqualTo(-1);
    }

    @Test
    void aNominationGoesOnThoughAnOlderCheckIsAnsweredMeanwhile() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        EngineFixture.Sent first = fixture.requests().get(0);
        fixture.receive(PEER, fixture.controlledCheck());
        EngineFixture.Sent triggered = fixture.requests().get(1);
        fixture.answer(first, PEER);
        assertThat(fixture.requests()).hasSize(3);
        fixture.answer(triggered, PEER);
        fixture.sent.clear();
        fixture.run(SECOND);
        EngineFixture.Sent again = fixture.requests().get(0);
        read(again);
        assertThat(fixture.reader.useCandidate()).isTrue();
        fixture.answer(again, PEER);
        assertThat(fixture.selected().nominated).isTrue();
    }

    @Test
    void aBetterPairInProgressIsWaitedForNoLongerThan50Milliseconds() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.engine.addRemoteCandidate(host(PEER, 2_000_000_000), PEER, fixture.now);
        fixture.engine.addRemoteCandidate(host(at("192.0.2.3", 1), 1_000_000_000), at("192.0.2.3", 1), fixture.now);
        List<EngineFixture.Sent> checks = fixture.requests();
        assertThat(checks).hasSize(2);
        fixture.sent.clear();
        fixture.answer(checks.get(1), at("192.0.2.3", 1));
        assertThat(fixture.requests()).isEmpty();
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
        fixture.run(49 * MILLISECOND);
        assertThat(fixture.requests()).isEmpty();
        fixture.run(MILLISECOND);
        assertThat(fixture.requests()).singleElement().satisfies(nomination -> {
            assertThat(nomination.to()).isEqualTo(at("192.0.2.3", 1));
            read(nomination);
            assertThat(fixture.reader.useCandidate()).isTrue();
        });
    }

    @Test
    void theBetterPairThatAnswersInTimeIsNominated() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.engine.addRemoteCandidate(host(PEER, 2_000_000_000), PEER, fixture.now);
        fixture.engine.addRemoteCandidate(host(at("192.0.2.3", 1), 1_000_000_000), at("192.0.2.3", 1), fixture.now);
        List<EngineFixture.Sent> checks = fixture.requests();
        fixture.sent.clear();
        fixture.answer(checks.get(1), at("192.0.2.3", 1));
        fixture.run(20 * MILLISECOND);
        fixture.answer(checks.get(0), PEER);
        assertThat(fixture.requests()).singleElement().satisfies(nomination -> assertThat(nomination.to())
                .isEqualTo(PEER));
    }

    @Test
    void aBetterPairLaterIsRenominatedWhenThePeerUnderstands() {
        fixture.connect(IceRole.CONTROLLING);
        fixture.engine.addRemoteCandidate(host(at("192.0.2.3", 1), (1L << 31) - 1), at("192.0.2.3", 1), fixture.now);
        fixture.answerAll();
        read(fixture.requests().get(0));
        assertThat(fixture.reader.nomination()).isEqualTo(2);
        assertThat(fixture.selected().remoteAddress()).isEqualTo(PEER);
        fixture.answerAll();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(at("192.0.2.3", 1));
    }

    @Test
    void aPairOfTheSameOrLowerPriorityIsNotRenominated() {
        fixture.connect(IceRole.CONTROLLING);
        fixture.engine.addRemoteCandidate(host(at("192.0.2.3", 1), 1_000), at("192.0.2.3", 1), fixture.now);
        fixture.run(SECOND);
        assertThat(fixture.requests()).isEmpty();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(PEER);
    }

    @Test
    void theControlledSideFollowsTheNomination() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.addRemote(PEER);
        fixture.addRemote(at("192.0.2.3", 1));
        fixture.receive(PEER, fixture.controllingCheck());
        fixture.receive(at("192.0.2.3", 1), fixture.controllingCheck().useCandidate());
        fixture.answerAll();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(at("192.0.2.3", 1));
    }

    @Test
    void ofAggressiveNominationsTheHighestPriorityWins() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.engine.addRemoteCandidate(host(PEER, 2_000_000_000), PEER, fixture.now);
        fixture.engine.addRemoteCandidate(host(at("192.0.2.3", 1), 1_000_000_000), at("192.0.2.3", 1), fixture.now);
        fixture.receive(at("192.0.2.3", 1), fixture.controllingCheck().useCandidate());
        fixture.receive(PEER, fixture.controllingCheck().useCandidate());
        fixture.answerAll();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(PEER);
        fixture.receive(at("192.0.2.3", 1), fixture.controllingCheck().useCandidate());
        assertThat(fixture.selected().remoteAddress()).isEqualTo(PEER);
    }

    @Test
    void theHighestNominationValueWinsOverPriority() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.engine.addRemoteCandidate(host(PEER, 2_000_000_000), PEER, fixture.now);
        fixture.engine.addRemoteCandidate(host(at("192.0.2.3", 1), 1_000_000_000), at("192.0.2.3", 1), fixture.now);
        fixture.receive(PEER, fixture.controllingCheck().useCandidate().nomination(1));
        fixture.answerAll();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(PEER);
        fixture.receive(
                at("192.0.2.3", 1), fixture.controllingCheck().useCandidate().nomination(2));
        fixture.answerAll();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(at("192.0.2.3", 1));
    }

    @Test
    void anEarlyCheckIsAnsweredAtOnceAndTriggersOneWhenTheParametersCome() {
        fixture.engine.setRole(IceRole.CONTROLLING, fixture.now);
        fixture.engine.start(fixture.now);
        fixture.receive(PEER, fixture.controlledCheck());
        assertThat(fixture.ofType(Stun.BINDING_SUCCESS)).hasSize(1);
        assertThat(fixture.requests()).isEmpty();
        assertThat(fixture.engine.isEarlyPeer(0, PEER)).isTrue();
        fixture.engine.setRemoteParameters(THEIRS, fixture.now);
        assertThat(fixture.requests()).hasSize(1);
        fixture.answerAll();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(PEER);
        assertThat(fixture.engine.remoteCandidates()).singleElement().satisfies(remote -> assertThat(remote.type())
                .isEqualTo(IceCandidateType.PEER_REFLEXIVE));
    }

    @Test
    void aPeerReflexiveCandidateThatIsSignalledLaterKeepsItsPair() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.receive(PEER, fixture.controllingCheck().useCandidate());
        fixture.answerAll();
        CandidatePair selected = fixture.engine.selected();
        fixture.events.clear();
        fixture.addRemote(PEER);
        assertThat(fixture.engine.selected()).isSameAs(selected);
        assertThat(fixture.engine.remoteCandidates()).singleElement().satisfies(remote -> assertThat(remote.type())
                .isEqualTo(IceCandidateType.HOST));
        assertThat(states()).isEmpty();
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void theCandidateOfAMappedAddressStandsForTheLocalSide() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.receive(PEER, fixture.controllingCheck().useCandidate());
        read(fixture.requests().get(0));
        fixture.receiveRaw(
                PEER,
                fixture.writer
                        .begin(Stun.BINDING_SUCCESS, fixture.reader.transactionHigh(), fixture.reader.transactionLow())
                        .xorMappedAddress(at("198.51.100.1", 4000))
                        .integrity(StunKey.shortTerm(THEIRS.pwd()))
                        .fingerprint()
                        .finish());
        assertThat(fixture.selected().toSelectedPair().local()).satisfies(local -> {
            assertThat(local.type()).isEqualTo(IceCandidateType.PEER_REFLEXIVE);
            assertThat(local.address()).isEqualTo("198.51.100.1");
            assertThat(local.relatedAddress()).isEqualTo("192.0.2.1");
        });
    }

    @Test
    void a487SwitchesTheRoleAndTheCheckIsRepeatedAtOnce() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        EngineFixture.Sent check = fixture.requests().get(0);
        read(check);
        long tieBreaker = fixture.reader.tieBreaker();
        fixture.sent.clear();
        fixture.refuse(check, 487);
        assertThat(fixture.engine.role()).isEqualTo(IceRole.CONTROLLED);
        assertThat(fixture.requests()).hasSize(1);
        read(fixture.requests().get(0));
        assertThat(fixture.reader.isFromControlled()).isTrue();
        assertThat(fixture.reader.tieBreaker()).isNotEqualTo(tieBreaker);
    }

    @Test
    void a487ToARequestFromBeforeTheSwitchIsStale() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.addRemote(at("192.0.2.3", 1));
        List<EngineFixture.Sent> checks = fixture.requests();
        fixture.refuse(checks.get(0), 487);
        fixture.refuse(checks.get(1), 487);
        assertThat(fixture.engine.role()).isEqualTo(IceRole.CONTROLLED);
    }

    @Test
    void aConflictIsDecidedByTheTieBreaker() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.receive(PEER, fixture.check().role(true, 0).priority(1));
        read(fixture.sent.get(0));
        assertThat(fixture.reader.errorCode()).isEqualTo(487);
        assertThat(fixture.engine.role()).isEqualTo(IceRole.CONTROLLING);
        fixture.receive(PEER, fixture.check().role(true, -1).priority(1));
        assertThat(fixture.ofType(Stun.BINDING_SUCCESS)).hasSize(1);
        assertThat(fixture.engine.role()).isEqualTo(IceRole.CONTROLLED);
    }

    @Test
    void anotherErrorEndsTheCheckUntilThePeerAsks() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.addRemote(PEER);
        fixture.refuse(fixture.requests().get(0), 400);
        fixture.sent.clear();
        fixture.run(5 * SECOND);
        assertThat(fixture.requests()).isEmpty();
        fixture.receive(PEER, fixture.controllingCheck());
        assertThat(fixture.requests()).hasSize(1);
    }

    @Test
    void anUnansweredCheckIsSentSevenTimesAtLeast500MillisecondsApart() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.run(11 * SECOND);
        List<Long> gaps = new ArrayList<>();
        List<EngineFixture.Sent> sends = fixture.requests();
        for (int i = 1; i < sends.size(); i++) {
            gaps.add((sends.get(i).atNanos() - sends.get(i - 1).atNanos()) / MILLISECOND);
        }
        assertThat(gaps).containsExactly(500L, 1000L, 2000L, 2000L, 2000L, 2000L);
    }

    @Test
    void failedComesWhenPatienceHasRunOutAndNotBefore() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.engine.endOfRemoteCandidates("", fixture.now);
        fixture.engine.endOfLocalCandidates(fixture.now);
        fixture.run(39_499 * MILLISECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CHECKING);
        fixture.run(MILLISECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
        assertThat(fixture.engine.explain())
                .startsWith("No pair connected; 1 pairs were tried with")
                .contains("0 answers came", "no authentic check came from the peer");
        fixture.sent.clear();
        fixture.run(100 * SECOND);
        assertThat(fixture.sent).isEmpty();
        assertThat(fixture.engine.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void withoutAnyRemoteCandidateAnOpenTrickleIsWaitedFor() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.run(1_000 * SECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.NEW);
        fixture.addRemote(PEER);
        fixture.answerAll();
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
    }

    @Test
    void aFirstCheckOrAnEndOfCandidatesThatComesLateBeginsPatience() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.run(100 * SECOND);
        fixture.receive(PEER, fixture.controllingCheck());
        fixture.run(39 * SECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CHECKING);
        EngineFixture other = new EngineFixture().begin(IceRole.CONTROLLING);
        other.run(100 * SECOND);
        other.engine.endOfRemoteCandidates("", other.now);
        other.run(39 * SECOND);
        assertThat(other.engine.state()).isEqualTo(IceState.NEW);
        other.run(SECOND);
        assertThat(other.engine.state()).isEqualTo(IceState.FAILED);
        assertThat(other.engine.explain()).startsWith("There was nothing to check: no usable remote candidate came");
    }

    @Test
    void aLateCandidateBeginsPatienceAnew() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.run(30 * SECOND);
        fixture.addRemote(at("192.0.2.3", 1));
        fixture.run(30 * SECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CHECKING);
        fixture.run(10 * SECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
    }

    @Test
    void consentIsAskedForEvery5SecondsRandomisedBy20Percent() {
        fixture.connect(IceRole.CONTROLLING);
        List<Long> gaps = new ArrayList<>();
        long last = fixture.now;
        for (int i = 0; i < 50; i++) {
            fixture.run(fixture.engine.nextTimeout() - fixture.now);
            gaps.add(fixture.now - last);
            last = fixture.now;
            assertThat(fixture.requests()).hasSize(1);
            fixture.answerAll();
        }
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isBetween(4 * SECOND, 6 * SECOND));
        assertThat(gaps).doesNotHaveDuplicates();
        assertThat(fixture.engine.pairs().get(0).consentRequestsSent()).isEqualTo(50);
        assertThat(fixture.engine.pairs().get(0).requestsSent()).isEqualTo(2);
    }

    @Test
    void withoutAnswersTheStateIsDisconnectedAfter5SecondsAndFailedAfter30() {
        fixture.connect(IceRole.CONTROLLING);
        long renewed = fixture.now;
        fixture.run(fixture.engine.nextTimeout() - fixture.now);
        long first = fixture.now;
        fixture.run(4_999 * MILLISECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
        fixture.run(MILLISECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.DISCONNECTED);
        List<EngineFixture.Sent> requests = fixture.requests();
        assertThat(requests.get(1).atNanos() - first).isEqualTo(500 * MILLISECOND);
        fixture.run(renewed + 30 * SECOND - MILLISECOND - fixture.now);
        assertThat(fixture.engine.state()).isEqualTo(IceState.DISCONNECTED);
        assertThat(fixture.engine.selected()).isNotNull();
        fixture.run(MILLISECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
        assertThat(fixture.engine.selected()).isNull();
        assertThat(fixture.engine.explain()).startsWith("Consent ran out");
    }

    @Test
    void oneAnswerRecoversADisconnectedPair() {
        fixture.connect(IceRole.CONTROLLING);
        fixture.run(15 * SECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.DISCONNECTED);
        List<EngineFixture.Sent> requests = fixture.requests();
        fixture.answer(requests.get(requests.size() - 1), PEER);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
    }

    @Test
    void dataOfThePeerIsNoConsent() {
        fixture.connect(IceRole.CONTROLLING);
        for (int i = 0; i < 31; i++) {
            fixture.run(SECOND);
            CandidatePair pair = fixture.engine.verifiedPair(0, PEER);
            if (pair != null) {
                pair.countReceived(100, fixture.now);
            }
        }
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
    }

    @Test
    void aRequestOfThePeerIsNoConsentEither() {
        fixture.connect(IceRole.CONTROLLING);
        for (int i = 0; i < 31; i++) {
            fixture.run(SECOND);
            fixture.receive(PEER, fixture.controlledCheck());
        }
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
        fixture.sent.clear();
        fixture.run(SECOND);
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void whenTheSelectedPairIsLostAnotherThatAnswersTakesOver() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.addRemote(at("192.0.2.3", 1));
        fixture.answerAll();
        fixture.answerAll();
        assertThat(fixture.selected().remoteAddress()).isEqualTo(PEER);
        for (int i = 0; i < 30; i++) {
            fixture.run(500 * MILLISECOND);
            List<EngineFixture.Sent> requests = fixture.requests();
            fixture.sent.clear();
            for (EngineFixture.Sent request : requests) {
                if (!request.to().equals(PEER)) {
                    fixture.answer(request, request.to());
                }
            }
        }
        assertThat(fixture.selected().remoteAddress()).isEqualTo(at("192.0.2.3", 1));
        assertThat(states()).containsSubsequence(IceState.DISCONNECTED, IceState.CONNECTED);
    }

    @Test
    void aLiteAgentSendsNoChecksAndFollowsUseCandidate() {
        EngineFixture lite = new EngineFixture(true);
        lite.engine.start(lite.now);
        lite.engine.setRemoteParameters(THEIRS, lite.now);
        assertThat(lite.engine.role()).isEqualTo(IceRole.CONTROLLED);
        lite.addRemote(PEER);
        lite.receive(PEER, lite.controllingCheck());
        assertThat(lite.engine.selected()).isNull();
        lite.receive(PEER, lite.controllingCheck().useCandidate());
        assertThat(lite.selected().remoteAddress()).isEqualTo(PEER);
        lite.run(10 * SECOND);
        assertThat(lite.requests()).isEmpty();
        lite.receive(PEER, lite.controllingCheck());
        lite.run(14 * SECOND);
        assertThat(lite.engine.state()).isEqualTo(IceState.CONNECTED);
        lite.run(SECOND);
        assertThat(lite.engine.state()).isEqualTo(IceState.DISCONNECTED);
        lite.run(15 * SECOND);
        assertThat(lite.engine.state()).isEqualTo(IceState.FAILED);
        assertThat(lite.requests()).isEmpty();
    }

    @Test
    void aLiteAgentStaysControlledWhateverThePeerClaims() {
        EngineFixture lite = new EngineFixture(true);
        lite.engine.start(lite.now);
        lite.engine.setRemoteParameters(THEIRS, lite.now);
        lite.receive(PEER, lite.check().role(false, 0).priority(1));
        lite.receive(PEER, lite.check().role(false, -1).priority(1));
        assertThat(lite.engine.role()).isEqualTo(IceRole.CONTROLLED);
        assertThat(lite.ofType(Stun.BINDING_ERROR)).hasSize(2);
    }

    @Test
    void beforeALitePeerThisSideControls() {
        fixture.engine.setRole(IceRole.CONTROLLED, fixture.now);
        fixture.engine.start(fixture.now);
        fixture.engine.setRemoteParameters(
                new IceParameters(THEIRS.ufrag(), THEIRS.pwd(), true, false, false), fixture.now);
        assertThat(fixture.engine.role()).isEqualTo(IceRole.CONTROLLING);
    }

    @Test
    void checksLeaveNoFasterThanTheBucketAllows() {
        fixture.begin(IceRole.CONTROLLING);
        for (int i = 0; i < 100; i++) {
            fixture.addRemote(at("192.0.2." + (2 + i), 6000));
        }
        assertThat(fixture.sent).hasSize(Pacer.BURST - Pacer.KEPT_FOR_URGENT);
        long start = fixture.now;
        fixture.run(4 * SECOND);
        List<EngineFixture.Sent> first = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (EngineFixture.Sent sent : fixture.requests()) {
            read(sent);
            String id = fixture.reader.transactionHigh() + " " + fixture.reader.transactionLow();
            if (!ids.contains(id)) {
                ids.add(id);
                first.add(sent);
            }
        }
        for (int i = 0; i < first.size(); i++) {
            for (int j = i; j < first.size(); j++) {
                long span = first.get(j).atNanos() - first.get(i).atNanos();
                assertThat((long) j - i + 1).isLessThanOrEqualTo(Pacer.BURST + span / Pacer.TA_NANOS);
            }
        }
        assertThat(first.size()).isEqualTo(3 + (int) (4 * SECOND / Pacer.TA_NANOS));
        assertThat(start).isLessThan(fixture.now);
    }

    @Test
    void theTimeoutGrowsWithTheLiveChecks() {
        fixture.begin(IceRole.CONTROLLING);
        for (int i = 0; i < 40; i++) {
            fixture.addRemote(at("192.0.2." + (2 + i), 6000));
        }
        fixture.run(4 * SECOND);
        long first = fixture.requests().get(3).atNanos();
        long second = 0;
        read(fixture.requests().get(3));
        long id = fixture.reader.transactionLow();
        for (EngineFixture.Sent sent : fixture.requests()) {
            read(sent);
            second = fixture.reader.transactionLow() == id ? sent.atNanos() : second;
        }
        assertThat((second - first) / Pacer.TA_NANOS).isBetween(36L, 40L);
    }

    @Test
    void aClosedEngineIsSilentForGood() {
        fixture.connect(IceRole.CONTROLLING);
        fixture.engine.close();
        fixture.receive(PEER, fixture.controlledCheck());
        fixture.run(100 * SECOND);
        assertThat(fixture.sent).isEmpty();
        assertThat(fixture.engine.state()).isEqualTo(IceState.CLOSED);
        assertThat(fixture.engine.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
        assertThat(states()).endsWith(IceState.CLOSED);
    }

    @Test
    void anEarlyOrLateTimerDoesNoHarm() {
        fixture.connect(IceRole.CONTROLLING);
        for (int i = 0; i < 100; i++) {
            fixture.engine.handleTimeout(fixture.now);
        }
        assertThat(fixture.sent).isEmpty();
        fixture.now += 20 * SECOND;
        fixture.engine.handleTimeout(fixture.now);
        assertThat(fixture.requests()).hasSize(1);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
    }
}
