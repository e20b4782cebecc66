package org.webrtc4j.ice.port;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.agent.CheckBudget;

/**
 * Makes the agents of this library over the ports of a {@link PortProvider}: sockets, or a simulated network.
 *
 * <p>Safe to use from any thread; each agent is confined to its loop. Agents of one loop share a budget of checks.
 */
public final class PortIceAgents implements IceAgentFactory {

    private final PortProvider ports;
    private final RandomGenerator random;
    private final IceLimits limits;
    private final PeerFilter filter;
    private final NameResolver mdnsNames;
    private final NameResolver serverNames;
    private final int checksPerSecond;
    private final int checksPerAddress;
    private final boolean continual;
    private final @Nullable NamePublisher publisher;
    private final Map<EventLoop, CheckBudget> budgets = new ConcurrentHashMap<>();
    private final Set<PortIceAgent> agents = ConcurrentHashMap.newKeySet();

    private PortIceAgents(Builder builder) {
        ports = builder.ports;
        random = builder.random;
        limits = builder.limits;
        filter = builder.filter;
        mdnsNames = builder.mdnsNames;
        serverNames = builder.serverNames;
        checksPerSecond = builder.checksPerSecond;
        checksPerAddress = builder.checksPerAddress;
        continual = builder.continual;
        publisher = builder.publisher;
    }

    /**
     * Begins with the defaults: secure randomness, default limits, a client's filter, no names resolved.
     *
     * @param ports opens the ports; closed with the factory
     * @return a builder
     */
    public static Builder builder(PortProvider ports) {
        return new Builder(ports);
    }

    @Override
    public IceAgent create(EventLoop loop, IceAgentOptions options) {
        PortIceAgent agent = new PortIceAgent(this, loop, options);
        agents.add(agent);
        return agent;
    }

    @Override
    public void close() {
        for (PortIceAgent agent : List.copyOf(agents)) {
            try {
                agent.loop().execute(agent::close);
            } catch (RejectedExecutionException ended) {
                agents.remove(agent);
            }
        }
        ports.close();
    }

    PortProvider ports() {
        return ports;
    }

    RandomGenerator random() {
        return random;
    }

    IceLimits limits() {
        return limits;
    }

    PeerFilter filter() {
        return filter;
    }

    boolean isContinual() {
        return continual;
    }

    /** Who makes names for local addresses known; null where these are told as they are. */
    @Nullable
    NamePublisher publisher() {
        return publisher;
    }

    NameResolver mdnsNames() {
        return mdnsNames;
    }

    NameResolver serverNames() {
        return serverNames;
    }

    CheckBudget budget(EventLoop loop) {
        return budgets.computeIfAbsent(loop, unknown -> new CheckBudget(checksPerSecond, checksPerAddress));
    }

    void closed(PortIceAgent agent) {
        agents.remove(agent);
    }

    /** What the agents shall be like. Not thread-safe. */
    public static final class Builder {

        private final PortProvider ports;
        private RandomGenerator random = new SecureRandom();
        private IceLimits limits = IceLimits.defaults();
        private PeerFilter filter = PeerFilter.client();
        private NameResolver mdnsNames = (name, loop, answer) -> answer.accept(List.of());
        private NameResolver serverNames = (name, loop, answer) -> answer.accept(List.of());

        private int checksPerSecond = CheckBudget.DEFAULT_CHECKS_PER_SECOND;
        private int checksPerAddress = CheckBudget.DEFAULT_CHECKS_PER_ADDRESS;
        private boolean continual;
        private @Nullable NamePublisher publisher;

        private Builder(PortProvider ports) {
            this.ports = Objects.requireNonNull(ports, "ports");
        }

        /**
         * Sets where credentials, transaction ids and jitter come from.
         *
         * @param random thread-safe when agents live on several loops; unpredictable outside tests
         * @return this
         */
        public Builder random(RandomGenerator random) {
            this.random = Objects.requireNonNull(random, "random");
            return this;
        }

        /**
         * Sets the bounds of each agent.
         *
         * @param limits the bounds
         * @return this
         */
        public Builder limits(IceLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Sets which signalled addresses are checked.
         *
         * @param filter {@link PeerFilter#client} or {@link PeerFilter#server}
         * @return this
         */
        public Builder filter(PeerFilter filter) {
            this.filter = Objects.requireNonNull(filter, "filter");
            return this;
        }

        /**
         * Sets who resolves the .local names of remote candidates (RFC 6762).
         *
         * @param resolver the resolver
         * @return this
         */
        public Builder mdnsNames(NameResolver resolver) {
            this.mdnsNames = Objects.requireNonNull(resolver, "resolver");
            return this;
        }

        /**
         * Sets who resolves the names of STUN servers; must not block the loop.
         *
         * @param resolver such as a {@link SystemNameResolver}
         * @return this
         */
        public Builder serverNames(NameResolver resolver) {
            this.serverNames = Objects.requireNonNull(resolver, "resolver");
            return this;
        }

        /**
         * Sets how many checks the agents of a loop may send together. Those that find the budget used up wait.
         *
         * @param perSecond in all; default 2,000
         * @param perAddress in a second to one address that has not proved itself; default 20, so that nobody can aim a
         *     server at a victim. A process that is to open many connections to one port at once needs more
         * @return this
         */
        public Builder checkRates(int perSecond, int perAddress) {
            if (perSecond < 1 || perAddress < 1) {
                throw new IllegalArgumentException("rates are positive");
            }
            checksPerSecond = perSecond;
            checksPerAddress = perAddress;
            return this;
        }

        /**
         * Sets whether agents go on gathering after the first time, in the same generation: when the machine's addresses
         * change they open ports on new ones, tell the candidates, and give up what is gone.
         *
         * @param continual default false: a restart takes up what has changed
         * @return this
         */
        public Builder continualGathering(boolean continual) {
            this.continual = continual;
            return this;
        }

        /**
         * Hides local addresses: host candidates carry random names under .local in their place, which peers of the same
         * link resolve (draft-ietf-mmusic-mdns-ice-candidates). Others need servers to connect.
         *
         * @param names makes the names known, such as a {@link MulticastDns}; by default candidates carry addresses
         * @return this
         */
        public Builder hideAddresses(NamePublisher names) {
            publisher = Objects.requireNonNull(names, "names");
            return this;
        }

        /**
         * Makes the factory.
         *
         * @return a factory that owns the ports given
         */
        public PortIceAgents build() {
            return new PortIceAgents(this);
        }
    }
}
