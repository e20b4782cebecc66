package org.webrtc4j;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.memory.InMemoryIceAgents;

/** Agents in memory, found again by the names of their connections. */
final class NotedAgents implements IceAgentFactory {

    private final InMemoryIceAgents agents = new InMemoryIceAgents(new SecureRandom());
    private final Map<String, IceAgent> byName = new ConcurrentHashMap<>();

    @Override
    public IceAgent create(EventLoop loop, IceAgentOptions options) {
        IceAgent agent = agents.create(loop, options);
        byName.put(options.name(), agent);
        return agent;
    }

    /** Sends a packet past DTLS, as a stranger on the path would. Completes when it is on its way. */
    CompletableFuture<@Nullable Void> sendRaw(String connection, byte[] packet) {
        IceAgent agent = requireNonNull(byName.get(connection));
        return CompletableFuture.runAsync(
                () -> {
                    agent.send(ByteBuffer.wrap(packet));
                    agent.flush();
                },
                agent.loop());
    }

    @Override
    public void close() {
        agents.close();
    }
}
