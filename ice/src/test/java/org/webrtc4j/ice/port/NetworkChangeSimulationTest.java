package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;

/** The addresses of a side change while it is connected, in virtual time. */
class NetworkChangeSimulationTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final String OLD = "192.0.2.1";
    private static final String NEW = "192.0.2.77";

    private static final String OTHER = "192.0.2.2";

    private record Pair(IceWorld world, VirtualHost moving, IcePeer mover, IcePeer stayer, IceSession session) {

        String ufrag() {
            return mover.loop().call(mover.agent()::localParameters).ufrag();
        }

        /** How long until data gets through both ways again; a text is sent each way every tick. */
        long recoveryMillis(String mark, Duration limit) {
            long from = world.simulation().time().nanoTime();
            int ticks = (int) (limit.toNanos() / TICK.toNanos());
            for (int i = 0; i < ticks; i++) {
                mover.send(mark);
                stayer.send(mark);
                world.simulation().time().runFor(TICK);
                if (mover.received().contains(mark) && stayer.received().contains(mark)) {
                    return (world.simulation().time().nanoTime() - from) / 1_000_000;
                }
            }
            throw new AssertionError("no data for " + limit + ": " + mover.state() + " " + stayer.state());
        }
    }

    /** A connected pair, of which the offerer or the answerer is on the host whose addresses will change. */
    private static Pair pair(Simulation simulation, Impairments impairments, boolean offererMoves, boolean following) {
        IceWorld world = new IceWorld(simulation, impairments);
        VirtualHost moving = world.network().host("moving", OLD);
        VirtualHost staying = world.network().host("staying", OTHER);
        PortIceAgents movingAgents = following ? world.followingAgents(moving) : world.agents(moving);
        PortIceAgents stayingAgents = world.agents(staying);
        IceSession session = offererMoves
                ? new IceSession(simulation.time(), movingAgents, stayingAgents)
                : new IceSession(simulation.time(), stayingAgents, movingAgents);
        session.negotiate(IceWorld.SIGNALLING);
        session.awaitConnected(Duration.ofSeconds(20));
        return new Pair(
                world,
                moving,
                offererMoves ? session.offerer() : session.answerer(),
                offererMoves ? session.answerer() : session.offerer(),
                session);
    }

    private static Impairments quick() {
        return Impairments.NONE.withDelay(IceWorld.DELAY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewAddressIsGatheredInTheSameGenerationAndTheWorkingPairIsKept(boolean offererMoves) {
        Simulation.run(1, simulation -> {
            Pair pair = pair(simulation, quick(), offererMoves, true);
            simulation.time().runFor(SOON);
            String ufrag = pair.ufrag();

            pair.moving().addAddress(NEW);
            simulation.time().runFor(SOON);

            assertThat(pair.mover().candidates())
                    .extracting(IceCandidate::address)
                    .containsExactly(OLD, NEW);
            assertThat(pair.mover().candidates())
                    .extracting(IceCandidate::ufrag)
                    .containsOnly(ufrag);
            assertThat(pair.mover().gatheringStates())
                    .containsExactly(
                            IceGatheringState.GATHERING,
                            IceGatheringState.COMPLETE,
                            IceGatheringState.GATHERING,
                            IceGatheringState.COMPLETE);
            assertThat(pair.ufrag()).isEqualTo(ufrag);
            assertThat(pair.mover().selections()).hasSize(1);
            assertThat(pair.mover().removed()).isEmpty();
            pair.session().exchangeData("kept", SOON);
            pair.world().end(pair.session());
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSideThatMovesToAnotherAddressRecoversWithoutADescription(boolean offererMoves) {
        Simulation.run(2, simulation -> {
            Pair pair = pair(simulation, quick(), offererMoves, true);
            simulation.time().runFor(SOON);
            String ufrag = pair.ufrag();

            pair.moving().removeAddress(OLD);
            pair.moving().addAddress(NEW);
            long millis = pair.recoveryMillis("moved", Duration.ofSeconds(10));
            simulation.time().runFor(Duration.ofSeconds(10));

            System.out.printf(
                    "the %s side moved, recovered after %d ms%n", offererMoves ? "controlling" : "controlled", millis);
            assertThat(pair.ufrag()).isEqualTo(ufrag);
            assertThat(pair.mover().removed()).extracting(IceCandidate::address).containsExactly(OLD);
            assertThat(pair.mover().selectedPair().orElseThrow().local().address())
                    .isEqualTo(NEW);
            assertThat(pair.stayer().selectedPair().orElseThrow().remote().address())
                    .isEqualTo(NEW);
            assertThat(pair.mover().states()).doesNotContain(IceState.FAILED);
            assertThat(pair.stayer().states()).doesNotContain(IceState.FAILED);
            assertThat(pair.world().openPorts()).isEqualTo(2);
            pair.session().exchangeData("after", SOON);
            pair.world().end(pair.session());
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAddressThatIsLeftTakesOverAtOnce(boolean offererMoves) {
        Simulation.run(3, simulation -> {
            Pair pair = pair(simulation, quick(), offererMoves, true);
            pair.moving().addAddress(NEW);
            simulation.time().runFor(SOON);

            pair.moving().removeAddress(OLD);
            long millis = pair.recoveryMillis("left", Duration.ofSeconds(10));

            System.out.printf(
                    "the %s side lost one of two, recovered after %d ms%n",
                    offererMoves ? "controlling" : "controlled", millis);
            pair.world().end(pair.session());
        });
    }

    static LongStream seeds() {
        return Seeds.upTo(30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addressesThatComeAndGoUnderLossLeaveNothingBehind(long seed) {
        Simulation.run(seed, simulation -> {
            Impairments lossy = quick().withLoss(seed % 3 * 0.05);
            Pair pair = pair(simulation, lossy, seed % 2 == 0, true);
            String current = OLD;
            for (int i = 0; i < 12; i++) {
                String next = "192.0.2." + (100 + i % 5);
                boolean firstComes = (seed + i) % 3 == 0;
                if (firstComes) {
                    pair.moving().addAddress(next);
                    simulation.time().runFor(Duration.ofMillis(seed * 37 % 3_000));
                    pair.moving().removeAddress(current);
                } else {
                    pair.moving().removeAddress(current);
                    simulation.time().runFor(Duration.ofMillis(seed * 53 % 4_000));
                    pair.moving().addAddress(next);
                }
                current = next;
                pair.recoveryMillis("move " + i, Duration.ofSeconds(30));
            }
            simulation.time().runFor(Duration.ofSeconds(15));
            assertThat(pair.mover().states()).doesNotContain(IceState.FAILED);
            assertThat(pair.stayer().states()).doesNotContain(IceState.FAILED);
            assertThat(pair.world().openPorts()).isEqualTo(2);
            assertThat(pair.mover()
                            .loop()
                            .call(() -> pair.mover().agent().stats().localCandidates()))
                    .hasSize(1);
            pair.world().end(pair.session());
        });
    }

    @Test
    void bothSidesMoveAtOnceAndMeetByWhatTheySignal() {
        Simulation.run(4, simulation -> {
            IceWorld world = new IceWorld(simulation, quick());
            VirtualHost one = world.network().host("one", OLD);
            VirtualHost two = world.network().host("two", OTHER);
            IceSession session =
                    new IceSession(simulation.time(), world.followingAgents(one), world.followingAgents(two));
            session.negotiate(IceWorld.SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);

            one.removeAddress(OLD);
            two.removeAddress(OTHER);
            one.addAddress(NEW);
            two.addAddress("192.0.2.88");
            simulation.time().runFor(SOON);

            session.exchangeData("elsewhere", SOON);
            world.end(session);
        });
    }

    @Test
    void aHomeBehindAnotherNatIsReachedByItsNewReflexiveAddress() {
        Simulation.run(5, simulation -> {
            IceWorld world = new IceWorld(simulation, quick());
            VirtualHost one = world.hostBehind(NatBehaviour.PORT_RESTRICTED, 1);
            VirtualHost two = world.network().host("two", OTHER);
            IceSession session = new IceSession(
                    simulation.time(),
                    world.followingAgents(one),
                    IceWorld.withStun("one"),
                    world.agents(two),
                    IceWorld.withStun("two"));
            session.negotiate(IceWorld.SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);

            one.removeAddress("10.0.1.2");
            one.addAddress("10.0.1.3");
            simulation.time().runFor(SOON);

            assertThat(session.offerer().candidates())
                    .extracting(IceCandidate::type)
                    .containsExactly(
                            IceCandidateType.HOST,
                            IceCandidateType.SERVER_REFLEXIVE,
                            IceCandidateType.HOST,
                            IceCandidateType.SERVER_REFLEXIVE);
            assertThat(session.offerer().removed())
                    .extracting(IceCandidate::type)
                    .containsExactly(IceCandidateType.HOST, IceCandidateType.SERVER_REFLEXIVE);
            session.exchangeData("from home", SOON);
            world.end(session);
        });
    }

    @Test
    void withoutAnyAddressItIsDisconnectedThenFailedAndARestartRecovers() {
        Simulation.run(6, simulation -> {
            Pair pair = pair(simulation, quick(), true, true);
            simulation.time().runFor(SOON);

            pair.moving().removeAddress(OLD);
            simulation.time().runFor(TICK);
            assertThat(pair.mover().state()).isEqualTo(IceState.DISCONNECTED);
            simulation.time().runFor(Duration.ofSeconds(60));
            assertThat(pair.mover().state()).isEqualTo(IceState.FAILED);
            assertThat(pair.stayer().state()).isEqualTo(IceState.FAILED);

            pair.moving().addAddress(NEW);
            simulation.time().runFor(SOON);
            assertThat(pair.mover().state()).isEqualTo(IceState.FAILED);
            restart(pair);
            pair.session().awaitConnected(SOON);
            pair.session().exchangeData("again", SOON);
            pair.world().end(pair.session());
        });
    }

    @Test
    void anAgentThatGathersOnceKeepsItsPairAndTakesUpTheNewAddressWithARestart() {
        Simulation.run(7, simulation -> {
            Pair pair = pair(simulation, quick(), true, false);
            pair.moving().addAddress(NEW);
            simulation.time().runFor(SOON);
            assertThat(pair.mover().candidates()).hasSize(1);
            assertThat(pair.mover().isConnected()).isTrue();

            pair.moving().removeAddress(OLD);
            simulation.time().runFor(SOON);
            restart(pair);
            simulation.time().runFor(SOON);

            assertThat(pair.mover().candidates())
                    .extracting(IceCandidate::address)
                    .containsExactly(OLD, NEW);
            pair.session().exchangeData("again", SOON);
            assertThat(pair.world().openPorts()).isEqualTo(2);
            pair.world().end(pair.session());
        });
    }

    private static void restart(Pair pair) {
        for (IcePeer peer : List.of(pair.session().offerer(), pair.session().answerer())) {
            peer.loop().run(() -> peer.agent().restart());
        }
        pair.session().exchange(IceWorld.SIGNALLING);
    }

    @Test
    void anAgentThatBeganWithoutANetworkConnectsWhenThereIsOne() {
        Simulation.run(8, simulation -> {
            IceWorld world = new IceWorld(simulation, quick());
            VirtualHost one = world.network().host("one", OLD);
            one.removeAddress(OLD);
            IceSession session = new IceSession(
                    simulation.time(),
                    world.followingAgents(one),
                    world.agents(world.network().host("two", OTHER)));
            session.negotiate(IceWorld.SIGNALLING);
            simulation.time().runFor(Duration.ofSeconds(10));
            assertThat(session.offerer().candidates()).isEmpty();

            one.addAddress(NEW);
            session.awaitConnected(SOON);
            session.exchangeData("there", SOON);
            world.end(session);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerFollowsAPeerWhoseAddressChangesUnderItsSocket(boolean offererMoves) {
        Simulation.run(9, simulation -> {
            Pair pair = pair(simulation, quick(), offererMoves, false);
            simulation.time().runFor(SOON);

            pair.moving().changeAddress(OLD, NEW);
            long millis = pair.recoveryMillis("rebound", Duration.ofSeconds(20));
            simulation.time().runFor(Duration.ofSeconds(10));

            System.out.printf(
                    "the %s side got another address from its NAT, recovered after %d ms%n",
                    offererMoves ? "controlling" : "controlled", millis);
            assertThat(pair.stayer().selectedPair().orElseThrow().remote().address())
                    .isEqualTo(NEW);
            assertThat(pair.stayer().states()).doesNotContain(IceState.FAILED);
            pair.session().exchangeData("after", SOON);
            pair.world().end(pair.session());
        });
    }
}
