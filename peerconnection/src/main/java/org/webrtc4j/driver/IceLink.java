package org.webrtc4j.driver;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.jsep.RemoteTransport;

/** The agent of a connection, once there is one. Confined to the loop. */
public final class IceLink {

    private final ConnectionDriver driver;
    private final DriverSettings settings;
    private final DriverListener listener;
    private final PacketReceiver receiver;

    private @Nullable IceAgent agent;
    private boolean usable;

    IceLink(ConnectionDriver driver, DriverSettings settings, DriverListener listener, PacketReceiver receiver) {
        this.driver = driver;
        this.settings = settings;
        this.listener = listener;
        this.receiver = receiver;
    }

    /**
     * Makes the agent; a second call does nothing.
     *
     * @param options what it is made with
     */
    public void createAgent(IceAgentOptions options) {
        if (agent != null || driver.isClosing()) {
            return;
        }
        IceAgent created = settings.iceAgents().create(settings.loop(), options);
        agent = created;
        created.addListener(new IceEvents(driver, this, listener, created));
        created.setReceiver(receiver);
    }

    /**
     * Begins gathering in the current generation.
     *
     * @param policy which candidates may be used
     */
    public void gather(GatherPolicy policy) {
        if (agent != null) {
            agent.gather(policy);
        }
    }

    /**
     * Begins a new local generation.
     *
     * @param parameters its credentials
     */
    public void restart(IceParameters parameters) {
        if (agent != null) {
            agent.restart(parameters);
        }
    }

    /** Takes a restart back. */
    public void cancelRestart() {
        if (agent != null) {
            agent.cancelRestart();
        }
    }

    /**
     * Adds a candidate that was signalled after its description.
     *
     * @param candidate the candidate
     */
    public void addRemoteCandidate(IceCandidate candidate) {
        if (agent != null) {
            agent.addRemoteCandidate(candidate);
        }
    }

    /**
     * No candidate follows.
     *
     * @param ufrag the remote generation
     */
    public void endOfRemoteCandidates(String ufrag) {
        if (agent != null) {
            agent.endOfRemoteCandidates(ufrag);
        }
    }

    // --- of the turn

    /** Follows the other side's description; false while there is no agent. */
    boolean join(RemoteTransport transport, IceRole role) {
        IceAgent ice = agent;
        if (ice == null) {
            return false;
        }
        ice.setRemoteParameters(transport.ice());
        if (ice.role() == IceRole.UNKNOWN) {
            ice.setRole(role);
        }
        transport.candidates().forEach(ice::addRemoteCandidate);
        if (transport.endOfCandidates()) {
            ice.endOfRemoteCandidates(transport.ice().ufrag());
        }
        ice.start();
        return true;
    }

    void onState(IceState state) {
        usable |= state == IceState.CONNECTED || state == IceState.COMPLETED;
        driver.requestTurn();
    }

    /** Whether ICE has ever had a pair. */
    boolean isUsable() {
        return usable;
    }

    /** While the port's queue is full the association waits: what it would send now would only be dropped. */
    boolean isHeldBack() {
        return usable && agent != null && !agent.isWritable();
    }

    boolean send(ByteBuffer packet) {
        return agent != null && agent.send(packet);
    }

    void flush() {
        if (agent != null) {
            agent.flush();
        }
    }

    void close() {
        if (agent != null) {
            agent.flush();
            agent.close();
        }
    }

    Optional<IceStats> stats() {
        return Optional.ofNullable(agent).map(IceAgent::stats);
    }

    Optional<IceParameters> localParameters() {
        return Optional.ofNullable(agent).map(IceAgent::localParameters);
    }

    Optional<SelectedPair> selectedPair() {
        return Optional.ofNullable(agent).flatMap(IceAgent::selectedPair);
    }
}
