package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.simulation.HolePunching;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.NatBehaviour.Dependence;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;

/**
 * Any two NATs between which a pair is possible, any loss up to half of the packets, any pace of signalling: they connect, and
 * where nothing is lost they stay connected.
 */
class NatSeedsTest {

    private static final int LOSS_STEPS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PATIENCE_AT_HALF = Duration.ofSeconds(60);

    static LongStream seeds() {
        return Seeds.upTo(120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whereAPairIsPossibleItIsFoundAtAnyLoss(long seed) {
        Simulation.run(seed, simulation -> {
            RandomGenerator random = simulation.newRandom("choice");
            NatBehaviour one = any(random);
            NatBehaviour two = any(random);
            while (!new HolePunching(one, two).succeeds()) {
                two = any(random);
            }
            int step = (int) (seed % LOSS_STEPS);
            Duration signalling = Duration.ofMillis(random.nextInt(500));
            IceWorld world = new IceWorld(simulation, losing(step * 0.1, random));
            IceSession session = world.sessionWithStun(world.hostBehind(one, 1), world.hostBehind(two, 2));
            session.negotiate(signalling);
            session.awaitConnected(step == LOSS_STEPS - 1 ? PATIENCE_AT_HALF : PATIENCE);
            assertThat(session.offerer().states()).doesNotContain(IceState.FAILED);
            assertThat(session.answerer().states()).doesNotContain(IceState.FAILED);
            if (step == 0) {
                simulation.time().runFor(PATIENCE_AT_HALF);
                assertThat(session.offerer().states()).doesNotContain(IceState.DISCONNECTED);
                assertThat(session.answerer().states()).doesNotContain(IceState.DISCONNECTED);
                session.exchangeData("x", PATIENCE);
            }
            world.end(session);
        });
    }

    private static NatBehaviour any(RandomGenerator random) {
        Dependence[] all = Dependence.values();
        return NatBehaviour.of(all[random.nextInt(all.length)], all[random.nextInt(all.length)]);
    }

    /** The loss is of a packet from one host to the other: it leaves one and enters the other. */
    private static Impairments losing(double loss, RandomGenerator random) {
        Impairments path = Impairments.NONE
                .withDelay(Duration.ofMillis(1 + random.nextInt(60)))
                .withReordering(Duration.ofMillis(random.nextInt(20)));
        return path.withLoss(1 - Math.sqrt(1 - loss));
    }
}
