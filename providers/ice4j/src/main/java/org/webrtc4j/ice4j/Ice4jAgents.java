package org.webrtc4j.ice4j;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.PeerFilter;

/**
 * Makes agents of ice4j, on sockets of their own. Safe to use from any thread; the agents are confined to their loops.
 *
 * <p>Their threads are ice4j's: two for each local address of an agent while it lives, and pools of the whole process for
 * timers. Nothing of them reaches the loop but posted tasks, and nothing on the loop waits for them. What is sent leaves at
 * once, by a system call each.
 *
 * <p>What ice4j has, and the default agent too: host, server-reflexive and relayed candidates by UDP, trickled candidates
 * of the peer, either role and the repair of conflicts, consent. A restart is a second agent of ice4j beside the first, on
 * new ports. What it has not: lite, TCP, TURN by TCP or TLS, {@code .local} names, renomination, candidates that come more
 * than five seconds after all others failed, round-trip times. Checks wait for the answers of TURN servers, since ice4j makes
 * no pairs of local candidates found later. Consent is asked for every 15 seconds unless ice4j's configuration says
 * otherwise, and with a relay ice4j queues what is sent without a bound.
 *
 * <p>ice4j is configured in the process, by {@code ice4j.*} of its application.conf or of system properties. Its search for
 * mapped addresses (AWS, STUN mappings) is done without the network when the first factory is built: its agents here do not
 * use them. A program that uses ice4j for other things too, and wants these, calls ice4j's
 * {@code MappingCandidateHarvesters.initialize()} before.
 *
 * <p>On the module path this is the automatic module org.webrtc4j.ice4j, as ice4j is one: a named module that requires it
 * requires kotlin.stdlib, kotlin.reflect, java.desktop, java.logging, java.net.http and java.xml, too.
 */
public final class Ice4jAgents implements IceAgentFactory {

    /** Threads for what ice4j is told, and for what makes and ends its agents. */
    private static final int CONTROL_THREADS = 4;

    /** Threads that wait for STUN and TURN servers; further ones are asked when one is free. */
    private static final int LOOKUP_THREADS = 64;

    private static final int IDLE_SECONDS = 5;

    private final List<InetAddress> addresses;
    private final PeerFilter filter;
    private final RandomGenerator random;
    private final IceLimits limits;
    private final Executor control = pool("webrtc4j-ice4j-control-", CONTROL_THREADS);
    private final Executor lookups = pool("webrtc4j-ice4j-lookup-", LOOKUP_THREADS);
    private final Set<Ice4jAgent> agents = ConcurrentHashMap.newKeySet();

    private Ice4jAgents(Builder builder) {
        addresses = builder.addresses;
        filter = builder.filter;
        random = builder.random;
        limits = builder.limits;
        StartUp.withoutLookUps();
    }

    /** How a factory is made. */
    public static final class Builder {

        private List<InetAddress> addresses = List.of();
        private PeerFilter filter = PeerFilter.client();
        private RandomGenerator random = new SecureRandom();
        private IceLimits limits = IceLimits.defaults();

        private Builder() {}

        /**
         * Uses these local addresses only.
         *
         * @param local the addresses; none for those of all interfaces, without link-local ones, and loopback where a
         *     connection asks for it
         * @return this
         */
        public Builder bind(InetAddress... local) {
            addresses = List.of(local);
            return this;
        }

        /**
         * Says which signalled addresses are checked; that of a client by default.
         *
         * @param peers the filter
         * @return this
         */
        public Builder filter(PeerFilter peers) {
            filter = peers;
            return this;
        }

        /**
         * Says where credentials come from; a SecureRandom by default. Tie-breakers are ice4j's own.
         *
         * @param source guarded here, so that it need not be thread-safe
         * @return this
         */
        public Builder random(RandomGenerator source) {
            random = source;
            return this;
        }

        /**
         * Sets the bounds of each agent: those of remote candidates, of peer-reflexive ones and of pairs in statistics. ice4j
         * itself checks at most 100 pairs.
         *
         * @param bounds the bounds
         * @return this
         */
        public Builder limits(IceLimits bounds) {
            limits = bounds;
            return this;
        }

        /**
         * Builds the factory. The first one in a process initialises ice4j, which takes up to a second: not for a loop.
         *
         * @return the factory
         */
        public Ice4jAgents build() {
            return new Ice4jAgents(this);
        }
    }

    /**
     * Begins a factory.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public IceAgent create(EventLoop loop, IceAgentOptions options) {
        Ice4jAgent agent = new Ice4jAgent(this, loop, options);
        agents.add(agent);
        return agent;
    }

    @Override
    public void close() {
        for (Ice4jAgent agent : List.copyOf(agents)) {
            agent.post(agent::close);
        }
    }

    void closed(Ice4jAgent agent) {
        agents.remove(agent);
    }

    /** The local addresses of an agent; asks the system, so not on a loop. */
    List<InetAddress> addresses(boolean includeLoopback) {
        return addresses.isEmpty() ? LocalInterfaces.list(includeLoopback) : addresses;
    }

    PeerFilter filter(boolean includeLoopback) {
        return includeLoopback ? filter.withLoopback() : filter;
    }

    IceLimits limits() {
        return limits;
    }

    Executor control() {
        return control;
    }

    Executor lookups() {
        return lookups;
    }

    /** Credentials as this side has them: it never is lite, and does not renominate. */
    IceParameters draw() {
        synchronized (random) {
            return plain(IceParameters.draw(random, false));
        }
    }

    static IceParameters plain(IceParameters chosen) {
        return new IceParameters(chosen.ufrag(), chosen.pwd(), false, chosen.trickle(), false);
    }

    /** Daemon threads that end when they are idle, so that nothing is left to be shut down. */
    private static Executor pool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
