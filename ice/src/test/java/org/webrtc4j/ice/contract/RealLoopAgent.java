package org.webrtc4j.ice.contract;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.testkit.VirtualLoop;

/** An agent on a real loop, as a test on a virtual one sees it. */
final class RealLoopAgent implements IceAgent {

    private static final long LIMIT_SECONDS = 20;

    private final RealLoopAgents factory;
    private final VirtualLoop loop;
    private final EventLoop real;
    private final IceAgent agent;

    RealLoopAgent(RealLoopAgents factory, VirtualLoop loop, EventLoop real, IceAgent agent) {
        this.factory = factory;
        this.loop = loop;
        this.real = real;
        this.agent = agent;
        addListener(new IceListener() {
            @Override
            public void onStateChange(IceState state) {
                if (state == IceState.CLOSED) {
                    factory.closed();
                }
            }
        });
    }

    static <T> T on(EventLoop loop, Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, loop).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException("The agent's loop has not answered", failed);
        }
    }

    private <T> T ask(Supplier<T> question) {
        T answer = on(real, question);
        factory.handOn();
        return answer;
    }

    private void run(Runnable task) {
        ask(() -> {
            task.run();
            return true;
        });
    }

    private void tell(Runnable task) {
        if (real.inLoop()) {
            factory.tell(loop, task);
        } else {
            factory.tell(loop, () -> {
                throw new AssertionError("An agent has called back outside of its loop");
            });
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void addListener(IceListener listener) {
        run(() -> agent.addListener(new IceListener() {
            @Override
            public void onStateChange(IceState state) {
                tell(() -> listener.onStateChange(state));
            }

            @Override
            public void onGatheringStateChange(IceGatheringState state) {
                tell(() -> listener.onGatheringStateChange(state));
            }

            @Override
            public void onCandidate(IceCandidate candidate) {
                tell(() -> listener.onCandidate(candidate));
            }

            @Override
            public void onCandidateError(IceCandidateError error) {
                tell(() -> listener.onCandidateError(error));
            }

            @Override
            public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
                tell(() -> listener.onSelectedPairChange(previous, current));
            }
        }));
    }

    @Override
    public void setReceiver(PacketReceiver receiver) {
        run(() -> agent.setReceiver(new PacketReceiver() {
            @Override
            public void onPacket(ByteBuffer packet, long arrivalNanos) {
                byte[] bytes = new byte[packet.remaining()];
                packet.get(bytes);
                // Lent for the call: what it holds after the call is nobody's.
                Arrays.fill(packet.array(), packet.arrayOffset(), packet.arrayOffset() + packet.limit(), (byte) 0);
                tell(() ->
                        receiver.onPacket(ByteBuffer.wrap(bytes), loop.clock().nanoTime()));
            }

            @Override
            public void onBatchEnd(long nowNanos) {
                tell(() -> receiver.onBatchEnd(loop.clock().nanoTime()));
            }

            @Override
            public void onWritabilityChanged(boolean writable) {
                tell(() -> receiver.onWritabilityChanged(writable));
            }
        }));
    }

    @Override
    public IceParameters localParameters() {
        return ask(agent::localParameters);
    }

    @Override
    public void setRemoteParameters(IceParameters parameters) {
        run(() -> agent.setRemoteParameters(parameters));
    }

    @Override
    public void setRole(IceRole role) {
        run(() -> agent.setRole(role));
    }

    @Override
    public IceRole role() {
        return ask(agent::role);
    }

    @Override
    public void gather(GatherPolicy policy) {
        run(() -> agent.gather(policy));
    }

    @Override
    public IceGatheringState gatheringState() {
        return ask(agent::gatheringState);
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
        run(() -> agent.addRemoteCandidate(candidate));
    }

    @Override
    public void endOfRemoteCandidates(String ufrag) {
        run(() -> agent.endOfRemoteCandidates(ufrag));
    }

    @Override
    public IceParameters restart() {
        return ask(agent::restart);
    }

    @Override
    public void restart(IceParameters parameters) {
        run(() -> agent.restart(parameters));
    }

    @Override
    public void cancelRestart() {
        run(agent::cancelRestart);
    }

    @Override
    public void start() {
        run(agent::start);
    }

    @Override
    public String explain() {
        return ask(agent::explain);
    }

    @Override
    public void close() {
        run(agent::close);
    }

    @Override
    public boolean send(ByteBuffer packet) {
        return ask(() -> agent.send(packet));
    }

    @Override
    public void flush() {
        run(agent::flush);
    }

    @Override
    public int maxPayload() {
        return ask(agent::maxPayload);
    }

    @Override
    public boolean isWritable() {
        return ask(agent::isWritable);
    }

    @Override
    public IceState state() {
        return ask(agent::state);
    }

    @Override
    public Optional<SelectedPair> selectedPair() {
        return ask(agent::selectedPair);
    }

    @Override
    public IceStats stats() {
        return ask(agent::stats);
    }
}
