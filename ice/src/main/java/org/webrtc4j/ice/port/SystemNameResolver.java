package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.webrtc4j.common.EventLoop;

/** Resolves names as the JDK does, blocking a thread of the given executor for each; for the names of servers. */
public final class SystemNameResolver implements NameResolver {

    private final Executor lookups;

    /**
     * Creates a resolver.
     *
     * @param lookups runs the blocking look-ups; when it refuses one, the name counts as unknown
     */
    public SystemNameResolver(Executor lookups) {
        this.lookups = Objects.requireNonNull(lookups, "lookups");
    }

    @Override
    public void resolve(String name, EventLoop loop, Consumer<List<InetAddress>> answer) {
        try {
            lookups.execute(() -> {
                List<InetAddress> addresses = lookUp(name);
                deliver(loop, () -> answer.accept(addresses));
            });
        } catch (RejectedExecutionException refused) {
            answer.accept(List.of());
        }
    }

    private static List<InetAddress> lookUp(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    private static void deliver(EventLoop loop, Runnable answer) {
        try {
            loop.execute(answer);
        } catch (RejectedExecutionException ended) {
            // The loop has ended and the agent with it: nobody waits for the answer.
            return;
        }
    }
}
