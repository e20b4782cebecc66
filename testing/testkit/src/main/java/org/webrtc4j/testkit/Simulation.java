package org.webrtc4j.testkit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One seeded run: a clock, loops, links and networks, and every bit of chance from one seed.
 *
 * <pre>{@code
 * Simulation.run(seed, simulation -> {
 *     VirtualLoop loop = simulation.newLoop("server");
 *     VirtualLink link = simulation.newLink(Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.1));
 *     ...
 *     simulation.time().runUntil(() -> received.size() == 100, Duration.ofMinutes(1));
 * });
 * }</pre>
 */
public final class Simulation {

    private final long seed;
    private final VirtualTime time = new VirtualTime();
    private final PacketTrace trace = new PacketTrace(time);
    private int links;

    /** What happens in a simulation. */
    @FunctionalInterface
    public interface Body {

        /**
         * Builds and runs the simulation.
         *
         * @param simulation a fresh one
         * @throws Exception when the run fails
         */
        void run(Simulation simulation) throws Exception;
    }

    private Simulation(long seed) {
        this.seed = seed;
    }

    /**
     * Runs a simulation.
     *
     * @param seed decides everything that is left to chance
     * @param body what happens
     * @return the finished run, to compare counters of several
     * @throws AssertionError when the body throws: it names the seed, how to repeat the run, and the latest packets; the
     *     cause is what the body threw
     */
    public static Simulation run(long seed, Body body) {
        Simulation simulation = new Simulation(seed);
        try {
            body.run(simulation);
            return simulation;
        } catch (Exception | AssertionError | StackOverflowError failure) {
            throw new AssertionError(simulation.describe(failure), failure);
        }
    }

    /**
     * Returns the seed.
     *
     * @return the seed of this run
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns the clock.
     *
     * @return the clock and queue of this run
     */
    public VirtualTime time() {
        return time;
    }

    /**
     * Returns the trace of all links and networks.
     *
     * @return the latest packets
     */
    public PacketTrace trace() {
        return trace;
    }

    /**
     * Makes a loop.
     *
     * @param name for messages
     * @return a new loop of this run's clock
     */
    public VirtualLoop newLoop(String name) {
        return time.newLoop(name);
    }

    /**
     * Makes a source of randomness of its own, so that one more draw in one part changes nothing in another.
     *
     * @param purpose tells the sources of one run apart
     * @return the same sequence for the same seed and purpose
     */
    public RandomGenerator newRandom(String purpose) {
        // A multiplication spreads both over all bits; SplittableRandom mixes further.
        return new SplittableRandom((seed * 0x9e37_79b9_7f4a_7c15L) ^ (purpose.hashCode() * 0xc2b2_ae3d_27d4_eb4fL));
    }

    /**
     * Makes a link.
     *
     * @param impairments of both directions
     * @return a new link
     */
    public VirtualLink newLink(Impairments impairments) {
        return new VirtualLink(time, newRandom("link " + links++), impairments, trace);
    }

    /**
     * Makes a bottleneck that several links share.
     *
     * @param there what it does to the packets of all of them
     * @return a new bottleneck, without links
     */
    public SharedBottleneck newBottleneck(Impairments there) {
        return new SharedBottleneck(time, newRandom("bottleneck " + links++), there, trace);
    }

    /**
     * Makes a network.
     *
     * @param impairments of the way out and the way in of every host, unless set otherwise there
     * @return a new network, without hosts
     */
    public VirtualNetwork newNetwork(Impairments impairments) {
        return new VirtualNetwork(time, newRandom("network " + links++), impairments, trace);
    }

    private String describe(Throwable failure) {
        return failure.getMessage() + "\nseed " + seed + ", at " + time.elapsed() + " of virtual time; repeat with -D"
                + Seeds.SEED_PROPERTY + "=" + seed + "\n" + trace.print();
    }
}
