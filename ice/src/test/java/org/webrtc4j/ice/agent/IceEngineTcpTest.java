package org.webrtc4j.ice.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.agent.EngineFixture.ACTIVE;
import static org.webrtc4j.ice.agent.EngineFixture.PASSIVE;
import static org.webrtc4j.ice.agent.EngineFixture.PEER;
import static org.webrtc4j.ice.agent.EngineFixture.SECOND;
import static org.webrtc4j.ice.agent.EngineFixture.at;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.PeerFilter;

/** What RFC 6544 says an agent does with TCP candidates, in virtual time. */
class IceEngineTcpTest {

    /** Where the peer listens: the same address as its UDP candidate, as servers have it. */
    private static final InetSocketAddress PEER_LISTENS = PEER;

    private static final InetSocketAddress PEER_CONNECTS = at("192.0.2.2", 40_000);

    private final EngineFixture fixture = new EngineFixture().withTcp();

    private List<IceState> states() {
        return fixture.events.stream()
                .filter(IceEvent.StateChanged.class::isInstance)
                .map(event -> ((IceEvent.StateChanged) event).state())
                .toList();
    }

    private IceProtocol selectedProtocol() {
        return fixture.selected().toSelectedPair().local().protocol();
    }

    private List<EngineFixture.Sent> requestsFrom(int port) {
        return fixture.requests().stream().filter(each -> each.port() == port).toList();
    }

    /** By the connection that the peer has opened. */
    private void connectPassively() {
        fixture.begin(IceRole.CONTROLLED);
        fixture.receive(PASSIVE, PEER_CONNECTS, fixture.controllingCheck().useCandidate());
        fixture.answerAll();
        fixture.sent.clear();
    }

    private void connectActively() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.engine.endOfRemoteCandidates("", fixture.now);
        fixture.answerAll();
        fixture.answerAll();
        fixture.sent.clear();
    }

    @Test
    void prioritiesPutEveryDirectWayByUdpBeforeTcpAndTcpBeforeRelays() {
        int active = CandidatePriority.tcpLocalPreference(IceTcpType.ACTIVE, 0);
        int passive = CandidatePriority.tcpLocalPreference(IceTcpType.PASSIVE, 0);
        assertThat(active >>> 13).isEqualTo(6);
        assertThat(passive >>> 13).isEqualTo(4);
        assertThat(CandidatePriority.tcpLocalPreference(IceTcpType.SO, 0) >>> 13)
                .isEqualTo(2);
        assertThat(CandidatePriority.tcpLocalPreference(IceTcpType.PASSIVE, 1)).isEqualTo(passive - 1);
        assertThat(CandidatePriority.of(IceCandidateType.HOST, IceProtocol.TCP, active))
                .isLessThan(CandidatePriority.of(IceCandidateType.SERVER_REFLEXIVE, 0))
                .isGreaterThan(CandidatePriority.of(IceCandidateType.RELAYED, 65_535));
        assertThat(CandidatePriority.of(IceCandidateType.PEER_REFLEXIVE, IceProtocol.TCP, passive))
                .isGreaterThan(CandidatePriority.of(IceCandidateType.RELAYED, 65_535));
    }

    @Test
    void onlyActiveMeetsPassiveAndTcpMeetsTcp() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemoteTcp(at("192.0.2.2", IceCandidate.ACTIVE_PORT), IceTcpType.ACTIVE);
        fixture.addRemoteTcp(at("192.0.2.3", 5_000), IceTcpType.SO);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.addRemote(PEER);
        fixture.run(3 * SECOND);
        assertThat(fixture.engine.pairs()).hasSize(2).allSatisfy(pair -> assertThat(
                        pair.local().protocol())
                .isEqualTo(pair.remote().protocol()));
        assertThat(requestsFrom(ACTIVE))
                .allSatisfy(sent -> assertThat(sent.to()).isEqualTo(PEER_LISTENS));
        assertThat(requestsFrom(PASSIVE)).isEmpty();
        assertThat(fixture.drops.get(DropReason.CANDIDATE_UNUSABLE)).isEqualTo(1);
    }

    @Test
    void aCheckOverTcpIsSentOnceAndWaitedForLong() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.addRemote(PEER);
        fixture.run(39 * SECOND);
        assertThat(requestsFrom(ACTIVE)).hasSize(1);
        assertThat(requestsFrom(0).size()).isGreaterThan(6);
        fixture.answer(requestsFrom(ACTIVE).get(0), PEER_LISTENS);
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.TCP);
    }

    @Test
    void aPeerThatConnectsIsCheckedOnItsConnection() {
        connectPassively();
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
        IceStats.Pair pair = fixture.engine.pairs().get(0);
        assertThat(pair.local().tcpType()).isEqualTo(IceTcpType.PASSIVE);
        assertThat(pair.remote().type()).isEqualTo(IceCandidateType.PEER_REFLEXIVE);
        assertThat(pair.remote().tcpType()).isEqualTo(IceTcpType.ACTIVE);
        assertThat(pair.remote().protocol()).isEqualTo(IceProtocol.TCP);
        assertThat(fixture.engine.verifiedPair(PASSIVE, PEER_CONNECTS)).isNotNull();
        assertThat(fixture.engine.verifiedPair(0, PEER_CONNECTS)).isNull();
    }

    @Test
    void datagramsAreWaitedForBeforeTcpIsNominated() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.run(SECOND / 10);
        fixture.answer(requestsFrom(ACTIVE).get(0), PEER_LISTENS);
        fixture.run(SECOND / 5);
        assertThat(requestsFrom(ACTIVE)).hasSize(1);
        fixture.answer(requestsFrom(0).get(0), PEER);
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.UDP);
        fixture.answerAll();
        assertThat(fixture.selected().nominated).isTrue();
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.UDP);
    }

    @Test
    void tcpIsNominatedWhenDatagramsDoNotGetThrough() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.run(SECOND / 10);
        fixture.answer(requestsFrom(ACTIVE).get(0), PEER_LISTENS);
        fixture.run(SECOND);
        assertThat(requestsFrom(ACTIVE)).hasSize(2);
        fixture.answer(requestsFrom(ACTIVE).get(1), PEER_LISTENS);
        assertThat(fixture.selected().nominated).isTrue();
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.TCP);
    }

    @Test
    void aConnectionThatIsNotNeededAnyMoreIsGivenUp() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.run(SECOND / 10);
        fixture.answerAll();
        fixture.answerAll();
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.UDP);
        assertThat(fixture.events).contains(new IceEvent.RemoteForgotten(ACTIVE, PEER_LISTENS));
        assertThat(fixture.engine.verifiedPair(ACTIVE, PEER_LISTENS)).isNull();
        assertThat(fixture.engine.verifiedPair(0, PEER)).isNotNull();
    }

    @Test
    void consentIsAskedForOverTcpAsOverUdp() {
        connectActively();
        for (int i = 0; i < 10; i++) {
            fixture.run(6 * SECOND);
            assertThat(requestsFrom(ACTIVE)).isNotEmpty();
            fixture.answerAll();
        }
        assertThat(states()).doesNotContain(IceState.DISCONNECTED, IceState.FAILED);
        fixture.run(40 * SECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
        assertThat(states()).contains(IceState.DISCONNECTED);
    }

    @Test
    void aConnectionThatCannotBeMadeFailsItsPairAtOnceAndSaysWhy() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.engine.connectionEnded(ACTIVE, PEER_LISTENS, ConnectionEnd.REFUSED, fixture.now);
        assertThat(fixture.engine.pairs().get(0).state()).isEqualTo(IceStats.PairState.FAILED);
        assertThat(fixture.engine.explain()).contains(", 1 TCP connection was refused,");
        fixture.engine.endOfRemoteCandidates("", fixture.now);
        fixture.run(40 * SECOND);
        assertThat(requestsFrom(ACTIVE)).hasSize(1);
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
    }

    @Test
    void aConnectionOfOursThatHadWorkedIsMadeAnew() {
        connectActively();
        fixture.engine.connectionEnded(ACTIVE, PEER_LISTENS, ConnectionEnd.CLOSED, fixture.now);
        assertThat(fixture.engine.selected()).isNull();
        assertThat(fixture.engine.state()).isEqualTo(IceState.DISCONNECTED);
        assertThat(requestsFrom(ACTIVE)).hasSize(1);
        fixture.answerAll();
        fixture.answerAll();
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.TCP);
        assertThat(fixture.selected().nominated).isTrue();
    }

    @Test
    void aConnectionThatAlwaysBreaksIsNotMadeForEver() {
        connectActively();
        int times = 0;
        while (fixture.engine.state() != IceState.FAILED && times < 1_000) {
            fixture.answerAll();
            fixture.engine.connectionEnded(ACTIVE, PEER_LISTENS, ConnectionEnd.CLOSED, fixture.now);
            fixture.run(SECOND);
            times++;
        }
        assertThat(times).isLessThan(60);
    }

    @Test
    void aConnectionThatHoldsForAWhileIsMadeAnewHoweverOftenItBreaks() {
        connectActively();
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 10; j++) {
                fixture.run(5 * SECOND);
                fixture.answerAll();
            }
            fixture.engine.connectionEnded(ACTIVE, PEER_LISTENS, ConnectionEnd.CLOSED, fixture.now);
            fixture.answerAll();
            fixture.answerAll();
            assertThat(selectedProtocol()).isEqualTo(IceProtocol.TCP);
        }
    }

    @Test
    void aCallWithoutItsConnectionMovesToAnotherPair() {
        fixture.begin(IceRole.CONTROLLING);
        fixture.addRemote(PEER);
        fixture.addRemoteTcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.run(SECOND / 10);
        fixture.answer(requestsFrom(ACTIVE).get(0), PEER_LISTENS);
        fixture.run(SECOND);
        fixture.answer(requestsFrom(ACTIVE).get(1), PEER_LISTENS);
        for (int i = 0; i < 10; i++) {
            fixture.sent.clear();
            fixture.run(6 * SECOND);
            requestsFrom(ACTIVE).forEach(consent -> fixture.answer(consent, PEER_LISTENS));
        }
        fixture.sent.clear();
        fixture.engine.connectionEnded(ACTIVE, PEER_LISTENS, ConnectionEnd.CLOSED, fixture.now);
        fixture.run(SECOND);
        fixture.answer(requestsFrom(0).get(0), PEER);
        fixture.answerAll();
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.UDP);
        assertThat(fixture.selected().nominated).isTrue();
    }

    @Test
    void aPeerThatDoesNotConnectAgainIsLostWhenPatienceIsOver() {
        connectPassively();
        fixture.run(10 * SECOND);
        fixture.answerAll();
        fixture.sent.clear();
        fixture.engine.connectionEnded(PASSIVE, PEER_CONNECTS, ConnectionEnd.CLOSED, fixture.now);
        assertThat(fixture.engine.state()).isEqualTo(IceState.DISCONNECTED);
        fixture.run(39 * SECOND);
        assertThat(fixture.sent).isEmpty();
        assertThat(fixture.engine.state()).isEqualTo(IceState.DISCONNECTED);
        fixture.run(SECOND);
        assertThat(fixture.engine.state()).isEqualTo(IceState.FAILED);
        assertThat(fixture.engine.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
        assertThat(fixture.engine.explain()).contains("1 TCP connection was closed");
    }

    @Test
    void aPeerMayConnectAgainFromManyAddressesWithoutReachingALimit() {
        EngineFixture small = new EngineFixture(false, new IceLimits(3, 3, 5, 3, 3, 3, 1_000), PeerFilter.client());
        small.withTcp().begin(IceRole.CONTROLLED);
        for (int i = 0; i < 50; i++) {
            InetSocketAddress from = at("192.0.2.2", 40_000 + i);
            small.receive(PASSIVE, from, small.controllingCheck().useCandidate());
            small.run(SECOND / 10);
            small.answerAll();
            assertThat(small.selected().remoteAddress()).isEqualTo(from);
            small.engine.connectionEnded(PASSIVE, from, ConnectionEnd.CLOSED, small.now);
        }
        assertThat(small.engine.pairs()).hasSizeLessThanOrEqualTo(2);
        assertThat(small.drops.get(DropReason.PEER_REFLEXIVE_LIMIT)).isZero();
    }

    @Test
    void aRestartKeepsTheConnectionUntilTheNewGenerationHasAPair() {
        connectActively();
        fixture.engine.restart(
                new IceParameters("next", "next+password+of+enough+bits", false, true, true), fixture.now);
        fixture.engine.setRemoteParameters(
                new IceParameters("peer", EngineFixture.THEIRS.pwd(), false, true, true), fixture.now);
        IceCandidate again = EngineFixture.tcp(PEER_LISTENS, IceTcpType.PASSIVE);
        fixture.engine.addRemoteCandidate(
                new IceCandidate(
                        again.foundation(),
                        again.protocol(),
                        again.priority(),
                        again.address(),
                        again.port(),
                        again.type(),
                        again.tcpType(),
                        null,
                        -1,
                        "peer",
                        null,
                        null),
                PEER_LISTENS,
                fixture.now);
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.TCP);
        fixture.answerAll();
        fixture.answerAll();
        fixture.run(4 * SECOND);
        assertThat(selectedProtocol()).isEqualTo(IceProtocol.TCP);
        assertThat(fixture.events).doesNotContain(new IceEvent.RemoteForgotten(ACTIVE, PEER_LISTENS));
        assertThat(fixture.events).contains(new IceEvent.GenerationEnded(EngineFixture.OURS.ufrag()));
    }
}
