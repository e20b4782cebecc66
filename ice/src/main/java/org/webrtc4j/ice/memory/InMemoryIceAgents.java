package org.webrtc4j.ice.memory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;

/**
 * Makes agents that connect in memory, across loops, when each was given the other's parameters.
 *
 * <p>They follow the rules of negotiation as agents on a network do: nothing connects before both sides have started and
 * know each other's credentials, at least one of them a candidate; a restart keeps the old path until the new credentials
 * have met. Packets are neither lost nor reordered; they are dropped and counted only when more than
 * {@link #MAX_BATCHES_IN_FLIGHT} runs wait for the other loop. Safe to use from any thread; the agents are confined to
 * their loops.
 */
public final class InMemoryIceAgents implements IceAgentFactory {

    /** How many flushed runs may wait for the peer's loop; after that packets are dropped and counted. */
    public static final int MAX_BATCHES_IN_FLIGHT = 256;

    /** The payload that fits a packet unless said otherwise: Ethernet's 1500 less IPv4 and UDP headers. */
    public static final int DEFAULT_MAX_PAYLOAD = 1472;

    private static final long HOST_PRIORITY = (126L << 24) | (65_535L << 8) | 255;

    private final Map<String, InMemoryIceAgent> agentsByUfrag = new ConcurrentHashMap<>();
    private final AtomicInteger nextPort = new AtomicInteger();
    private final RandomGenerator random;
    private final int maxPayload;

    /**
     * Makes a factory whose agents can reach each other and no others.
     *
     * @param random draws credentials and tie-breakers; guarded here, so that it need not be thread-safe
     */
    public InMemoryIceAgents(RandomGenerator random) {
        this(random, DEFAULT_MAX_PAYLOAD);
    }

    /**
     * Makes a factory whose agents can reach each other and no others.
     *
     * @param random draws credentials and tie-breakers; guarded here, so that it need not be thread-safe
     * @param maxPayload what {@link IceAgent#maxPayload} says, in bytes; larger packets are dropped and counted
     */
    public InMemoryIceAgents(RandomGenerator random, int maxPayload) {
        if (maxPayload < 1 || maxPayload > PacketBatch.CAPACITY_BYTES) {
            throw new IllegalArgumentException("maxPayload must be 1 to " + PacketBatch.CAPACITY_BYTES);
        }
        this.random = random;
        this.maxPayload = maxPayload;
    }

    @Override
    public IceAgent create(EventLoop loop, IceAgentOptions options) {
        return new InMemoryIceAgent(this, loop, options, maxPayload);
    }

    @Override
    public void close() {
        for (InMemoryIceAgent agent : List.copyOf(agentsByUfrag.values())) {
            agent.post(agent::close);
        }
    }

    IceParameters draw(boolean lite) {
        synchronized (random) {
            return IceParameters.draw(random, lite);
        }
    }

    long drawTieBreaker() {
        synchronized (random) {
            return random.nextLong();
        }
    }

    /** A candidate of an agent in memory. Address and port only tell candidates apart; nothing is bound. */
    IceCandidate candidate(IceCandidateType type, String ufrag) {
        return new IceCandidate(
                "memory",
                IceProtocol.UDP,
                HOST_PRIORITY,
                "127.0.0.1",
                1024 + nextPort.getAndIncrement() % 60_000,
                type,
                null,
                null,
                -1,
                ufrag,
                null,
                null);
    }

    void register(String ufrag, InMemoryIceAgent agent) {
        agentsByUfrag.put(ufrag, agent);
    }

    void unregister(String ufrag, InMemoryIceAgent agent) {
        agentsByUfrag.remove(ufrag, agent);
    }

    @Nullable
    InMemoryIceAgent find(String ufrag) {
        return agentsByUfrag.get(ufrag);
    }
}
