package org.webrtc4j.ice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualTime;

/** One side of a connection: an agent on its loop, what it told, what it received, and signalling to the other side. */
public final class IcePeer implements IceListener, PacketReceiver {

    private final VirtualTime time;
    private final VirtualLoop loop;
    private final IceAgent agent;
    private final List<IceState> states = new ArrayList<>();
    private final List<IceGatheringState> gatheringStates = new ArrayList<>();
    private final List<IceCandidate> candidates = new ArrayList<>();
    private final List<IceCandidate> removed = new ArrayList<>();
    private final List<IceCandidateError> errors = new ArrayList<>();
    private final List<SelectedPair> selections = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final List<Boolean> writabilities = new ArrayList<>();
    private @Nullable IcePeer other;
    private @Nullable Duration trickleDelay;
    private long connectedNanos = -1;
    private GatherPolicy policy = GatherPolicy.ALL;
    private boolean receiverWithheld;
    private int batchEnds;

    public IcePeer(VirtualTime time, String name, IceAgentFactory factory, IceAgentOptions options) {
        this.time = time;
        loop = time.newLoop(name);
        agent = loop.call(() -> factory.create(loop, options));
        loop.run(() -> agent.addListener(this));
    }

    /** Has packets arrive before there is a receiver, until {@link #takeReceiver}. */
    public void withholdReceiver() {
        receiverWithheld = true;
    }

    public void takeReceiver() {
        loop.run(() -> agent.setReceiver(this));
    }

    public IceAgent agent() {
        return agent;
    }

    public VirtualLoop loop() {
        return loop;
    }

    public List<IceState> states() {
        return states;
    }

    public List<IceGatheringState> gatheringStates() {
        return gatheringStates;
    }

    public List<IceCandidate> candidates() {
        return candidates;
    }

    public List<IceCandidate> removed() {
        return removed;
    }

    public List<IceCandidateError> errors() {
        return errors;
    }

    public List<SelectedPair> selections() {
        return selections;
    }

    public List<String> received() {
        return received;
    }

    public List<Boolean> writabilities() {
        return writabilities;
    }

    public int batchEnds() {
        return batchEnds;
    }

    public IceState state() {
        return loop.call(agent::state);
    }

    public boolean isConnected() {
        return state() == IceState.CONNECTED || state() == IceState.COMPLETED;
    }

    public Optional<SelectedPair> selectedPair() {
        return loop.call(agent::selectedPair);
    }

    /** When CONNECTED was first reached. */
    public long connectedNanos() {
        return connectedNanos;
    }

    /** Drops counted for a reason. */
    public long drops(String reason) {
        return loop.call(() -> agent.stats().drops().getOrDefault(reason, 0L));
    }

    /** Sends candidates to the other side as they come, so much later each. */
    public void trickleTo(IcePeer peer, Duration delay) {
        other = peer;
        trickleDelay = delay;
    }

    public void setRole(IceRole role) {
        loop.run(() -> agent.setRole(role));
    }

    /** Uses relayed candidates only. */
    public void relayOnly() {
        policy = GatherPolicy.RELAY;
    }

    public void gather() {
        if (!receiverWithheld) {
            takeReceiver();
        }
        loop.run(() -> agent.gather(policy));
    }

    public void start() {
        loop.run(agent::start);
    }

    public void close() {
        loop.run(agent::close);
    }

    /** Tells the other side our credentials now. */
    public void describeTo(IcePeer peer) {
        IceParameters parameters = loop.call(agent::localParameters);
        peer.loop.run(() -> peer.agent.setRemoteParameters(parameters));
    }

    /** Tells the other side everything gathered so far now. */
    public void tellCandidatesTo(IcePeer peer, boolean complete) {
        for (IceCandidate candidate : candidates) {
            peer.loop.run(() -> peer.agent.addRemoteCandidate(candidate));
        }
        if (complete) {
            peer.loop.run(() -> peer.agent.endOfRemoteCandidates(""));
        }
    }

    /** Sends one text and flushes; false when it was dropped. */
    public boolean send(String text) {
        return loop.call(() -> {
            boolean sent = agent.send(ByteBuffer.wrap(("!" + text).getBytes(UTF_8)));
            agent.flush();
            return sent;
        });
    }

    @Override
    public void onStateChange(IceState state) {
        states.add(state);
        if (state == IceState.CONNECTED && connectedNanos < 0) {
            connectedNanos = time.nanoTime();
        }
    }

    @Override
    public void onGatheringStateChange(IceGatheringState state) {
        gatheringStates.add(state);
        if (state == IceGatheringState.COMPLETE) {
            String ufrag = agent.localParameters().ufrag();
            trickle(peer -> peer.agent.endOfRemoteCandidates(ufrag));
        }
    }

    @Override
    public void onCandidate(IceCandidate candidate) {
        candidates.add(candidate);
        trickle(peer -> peer.agent.addRemoteCandidate(candidate));
    }

    private void trickle(Consumer<IcePeer> message) {
        IcePeer peer = other;
        if (peer != null && trickleDelay != null) {
            time.after(trickleDelay, () -> peer.loop.run(() -> message.accept(peer)));
        }
    }

    @Override
    public void onCandidateRemoved(IceCandidate candidate) {
        removed.add(candidate);
    }

    @Override
    public void onCandidateError(IceCandidateError error) {
        errors.add(error);
    }

    @Override
    public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
        if (current != null) {
            selections.add(current);
        }
    }

    @Override
    public void onPacket(ByteBuffer packet, long arrivalNanos) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        received.add(new String(bytes, 1, bytes.length - 1, UTF_8));
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        batchEnds++;
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        writabilities.add(writable);
    }

    /** The types of the selected pair, local and remote. */
    public List<IceCandidateType> selectedTypes() {
        return selectedPair()
                .map(pair -> List.of(pair.local().type(), pair.remote().type()))
                .orElse(List.of());
    }
}
