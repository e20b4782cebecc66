package org.webrtc4j.turnserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;

/** An agent on real sockets that uses relayed candidates only. Everything but the futures is confined to its loop. */
final class RelayedSide implements IceListener, PacketReceiver {

    private static final long LIMIT_SECONDS = 60;

    final CompletableFuture<String> connected = new CompletableFuture<>();
    final CompletableFuture<String> received = new CompletableFuture<>();
    final CompletableFuture<IceCandidateError> error = new CompletableFuture<>();
    private final EventLoop loop;
    private final IceAgent agent;
    private @Nullable RelayedSide other;

    RelayedSide(EventLoop loop, IceAgentFactory agents, IceRole role, String url, String user, String password)
            throws Exception {
        this.loop = loop;
        IceServer server = new IceServer(List.of(url), user, password);
        IceAgentOptions options = new IceAgentOptions("relayed", List.of(server), false, false, true, Optional.empty());
        agent = on(loop, () -> agents.create(loop, options));
        run(() -> {
            agent.addListener(this);
            agent.setReceiver(this);
            agent.setRole(role);
        });
    }

    static <T> T on(EventLoop loop, Callable<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception | Error failure) {
                answer.completeExceptionally(failure);
            }
        });
        return await(answer);
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void run(Runnable task) throws Exception {
        on(loop, () -> {
            task.run();
            return "";
        });
    }

    /** Tells the other side credentials and, as they come, candidates. */
    void connectTo(RelayedSide peer) throws Exception {
        other = peer;
        IceParameters parameters = on(loop, agent::localParameters);
        peer.run(() -> peer.agent.setRemoteParameters(parameters));
        run(() -> {
            agent.start();
            agent.gather(GatherPolicy.RELAY);
        });
    }

    void send(String text) throws Exception {
        run(() -> {
            agent.send(ByteBuffer.wrap(("!" + text).getBytes(UTF_8)));
            agent.flush();
        });
    }

    SelectedPair selectedPair() throws Exception {
        return on(loop, () -> agent.selectedPair().orElseThrow());
    }

    void close() throws Exception {
        run(agent::close);
    }

    @Override
    public void onStateChange(IceState state) {
        if (state == IceState.CONNECTED) {
            connected.complete("");
        } else if (state == IceState.FAILED) {
            connected.completeExceptionally(new AssertionError(agent.explain()));
        }
    }

    @Override
    public void onCandidate(IceCandidate candidate) {
        RelayedSide peer = other;
        if (peer != null) {
            peer.loop.execute(() -> peer.agent.addRemoteCandidate(candidate));
        }
    }

    @Override
    public void onCandidateError(IceCandidateError told) {
        error.complete(told);
    }

    @Override
    public void onPacket(ByteBuffer packet, long arrivalNanos) {
        received.complete(UTF_8.decode(packet).toString());
    }

    @Override
    public void onBatchEnd(long nowNanos) {}
}
