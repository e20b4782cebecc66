package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.stun.StunWriter;

/**
 * The ICE agent as a state machine (RFC 8445, 8838, 8863, 7675): STUN and time go in, STUN and events come out.
 *
 * <p>It follows the engine contract of {@link ProtocolEngine}, with a port and an address beside each packet. Checks and
 * answers leave within the call that causes them. A request or response counts only after its MESSAGE-INTEGRITY was
 * verified; until then nothing is remembered of it but a counter.
 */
public final class IceEngine {

    private final IceEnvironment environment;
    private final Role role;
    private final DropCounters<DropReason> drops;
    private final Generations generations;
    private final Inbound inbound;
    private final AgentState state;
    private final EarlyCandidates earlyCandidates;
    private @Nullable CandidatePair selected;
    private boolean started;
    private long lastNanos;

    /** Where packets and events of the engine go. */
    public interface Sink {

        /**
         * Takes one STUN message. Must not call back into the engine.
         *
         * @param port the owner's number of the local port
         * @param to where it goes
         * @param stun a heap buffer, borrowed
         */
        void transmit(int port, InetSocketAddress to, ByteBuffer stun);

        /**
         * Takes one event. Must not call back into the engine: it is queued until the call into the engine is over.
         *
         * @param event what happened
         */
        void onEvent(IceEvent event);
    }

    /**
     * Creates an engine in state NEW.
     *
     * @param environment what it is given
     * @param pacer shared with the gathering of this agent
     * @param parameters the credentials of the first local generation
     * @param drops counters, shared with the owner
     * @param sink where packets and events go
     */
    public IceEngine(
            IceEnvironment environment,
            Pacer pacer,
            IceParameters parameters,
            DropCounters<DropReason> drops,
            Sink sink) {
        this.environment = environment;
        this.drops = drops;
        earlyCandidates = new EarlyCandidates(environment.limits().earlyCandidates(), drops);
        StunWriter writer = new StunWriter();
        state = new AgentState(sink);
        role = new Role(environment.random());
        generations = new Generations(environment, role, pacer, drops, sink, writer, parameters);
        inbound = new Inbound(environment, role, generations, drops, sink, writer);
    }

    /**
     * Returns the credentials of the current local generation.
     *
     * @return the parameters
     */
    public IceParameters localParameters() {
        return current().local().parameters();
    }

    /**
     * Returns the ufrags for which requests are expected.
     *
     * @return the current one, and the one before while its packets are taken
     */
    public List<String> localUfrags() {
        return generations.localUfrags();
    }

    /**
     * Sets the remote credentials; others than before begin a new generation.
     *
     * @param parameters from the remote description
     * @param nowNanos the time of this turn
     */
    public void setRemoteParameters(IceParameters parameters, long nowNanos) {
        Credentials before = current().remote();
        if (isClosed() || (before != null && before.parameters().equals(parameters))) {
            return;
        }
        if (before != null) {
            generations.remoteRestarted();
        }
        current().setRemote(new Credentials(parameters));
        if (environment.lite() != parameters.lite()) {
            // The full side controls (RFC 8445 section 6.1.1).
            switchTo(environment.lite() ? IceRole.CONTROLLED : IceRole.CONTROLLING);
        }
        takeEarly(parameters.ufrag(), nowNanos);
        finish(nowNanos);
    }

    /** Candidates and checks that came before the parameters of their generation. */
    private void takeEarly(String ufrag, long nowNanos) {
        earlyCandidates.take((candidate, address) -> addRemoteCandidate(candidate, address, nowNanos));
        beginChecks(nowNanos);
        inbound.replay(current(), ufrag, nowNanos);
    }

    /**
     * Sets the role.
     *
     * @param wanted CONTROLLING or CONTROLLED
     * @param nowNanos the time of this turn
     */
    public void setRole(IceRole wanted, long nowNanos) {
        switchTo(wanted);
        finish(nowNanos);
    }

    private void switchTo(IceRole wanted) {
        if (role.get() != wanted) {
            role.set(wanted);
            generations.roleChanged();
        }
    }

    /**
     * Returns the role, which a repaired conflict may have changed.
     *
     * @return the role
     */
    public IceRole role() {
        return role.get();
    }

    /**
     * Adds a local port, for this generation and all later ones.
     *
     * @param id the owner's number for it
     * @param base its address
     * @param localPreference unique among the ports, 0 to 65535
     * @param nowNanos the time of this turn
     */
    public void addPort(int id, InetSocketAddress base, int localPreference, long nowNanos) {
        addPort(new LocalPort(id, base, localPreference, IceCandidateType.HOST, null), nowNanos);
    }

    /**
     * Adds a local port that opens or accepts TCP connections (RFC 6544), for this generation and all later ones.
     *
     * @param id the owner's number for it
     * @param base its address; with {@link IceCandidate#ACTIVE_PORT} when it is active
     * @param tcpType ACTIVE or PASSIVE
     * @param localPreference unique among the ports, made by {@link CandidatePriority#tcpLocalPreference}
     * @param nowNanos the time of this turn
     */
    public void addTcpPort(int id, InetSocketAddress base, IceTcpType tcpType, int localPreference, long nowNanos) {
        addPort(new LocalPort(id, base, localPreference, IceCandidateType.HOST, tcpType), nowNanos);
    }

    /**
     * Tells that a TCP connection has ended, or could not be made: its pairs fail at once.
     *
     * @param port the owner's number of its local port
     * @param remote the other end
     * @param end why
     * @param nowNanos the time of this turn
     */
    public void connectionEnded(int port, InetSocketAddress remote, ConnectionEnd end, long nowNanos) {
        if (!isClosed()) {
            inbound.forget(port, remote);
            generations.connectionEnded(port, remote, end, nowNanos);
            finish(nowNanos);
        }
    }

    /**
     * Adds a relayed address, for this generation and all later ones.
     *
     * @param id the owner's number for it
     * @param relayed the address at the TURN server
     * @param localPreference unique among the relayed addresses, 0 to 65535
     * @param nowNanos the time of this turn
     */
    public void addRelayedPort(int id, InetSocketAddress relayed, int localPreference, long nowNanos) {
        addPort(new LocalPort(id, relayed, localPreference, IceCandidateType.RELAYED, null), nowNanos);
    }

    /**
     * Tells that a local port is gone, with its pairs and candidates; its number may be given to another one. When it carried
     * data the state is DISCONNECTED until another pair works.
     *
     * @param id the owner's number for it
     * @param nowNanos the time of this turn
     * @return the candidates of the current generation that are gone with it
     */
    public List<IceCandidate> removePort(int id, long nowNanos) {
        List<IceCandidate> gone = current().localCandidates().of(id);
        if (!isClosed()) {
            inbound.forget(id);
            generations.removePort(id, nowNanos);
            finish(nowNanos);
        }
        return gone;
    }

    private void addPort(LocalPort port, long nowNanos) {
        generations.addPort(port, nowNanos);
        finish(nowNanos);
    }

    /**
     * Adds a local candidate of the current generation, for reports; pairs are made of ports.
     *
     * @param port the port that is its base
     * @param candidate the candidate
     */
    public void addLocalCandidate(int port, IceCandidate candidate) {
        current().localCandidates().add(port, candidate);
    }

    /**
     * Tells that the current generation has no more local candidates.
     *
     * @param nowNanos the time of this turn
     */
    public void endOfLocalCandidates(long nowNanos) {
        current().setLocalComplete();
        finish(nowNanos);
    }

    /**
     * Adds a remote candidate; kept when the parameters of its generation have not come yet.
     *
     * @param candidate the candidate
     * @param address its address, resolved; null when it has none that can be used
     * @param nowNanos the time of this turn
     */
    public void addRemoteCandidate(IceCandidate candidate, @Nullable InetSocketAddress address, long nowNanos) {
        if (isClosed()) {
            return;
        }
        if (address == null || address.getPort() == 0 || isUnusable(candidate)) {
            drops.count(DropReason.CANDIDATE_UNUSABLE);
            return;
        }
        if (!environment.filter().allows(address.getAddress())) {
            drops.count(DropReason.CANDIDATE_FILTERED);
            return;
        }
        Credentials remote = current().remote();
        String ufrag = candidate.ufrag();
        if (remote == null
                || (ufrag != null && !ufrag.equals(remote.parameters().ufrag()))) {
            if (generations.isRemoteOfPrevious(ufrag)) {
                return;
            }
            earlyCandidates.keep(candidate, address);
            return;
        }
        current().addRemote(candidate, address, nowNanos);
        finish(nowNanos);
    }

    /** By TCP this side opens connections or accepts them; it does not open one simultaneously with the peer. */
    private static boolean isUnusable(IceCandidate candidate) {
        IceTcpType tcpType = candidate.tcpType();
        return candidate.protocol() == IceProtocol.TCP && (tcpType == null || tcpType == IceTcpType.SO);
    }

    /**
     * Tells that a remote generation has no more candidates.
     *
     * @param ufrag its ufrag, or empty for the current one
     * @param nowNanos the time of this turn
     */
    public void endOfRemoteCandidates(String ufrag, long nowNanos) {
        Credentials remote = current().remote();
        if (ufrag.isEmpty() || remote == null || remote.parameters().ufrag().equals(ufrag)) {
            current().setRemoteComplete(nowNanos);
            finish(nowNanos);
        }
    }

    /**
     * Begins a new local generation. Remote credentials that have not met a local restart yet are its peer's; others are
     * awaited.
     *
     * @param parameters the new credentials
     * @param nowNanos the time of this turn
     */
    public void restart(IceParameters parameters, long nowNanos) {
        if (isClosed()) {
            return;
        }
        if (generations.restart(parameters, nowNanos)) {
            Credentials remote = current().remote();
            takeEarly(remote == null ? "" : remote.parameters().ufrag(), nowNanos);
        }
        finish(nowNanos);
    }

    /**
     * Takes back a restart that the peer has not joined: the generation before is the current one again.
     *
     * @param nowNanos the time of this turn
     * @return false when there is none to take back
     */
    public boolean cancelRestart(long nowNanos) {
        if (isClosed() || !generations.cancelRestart()) {
            return false;
        }
        finish(nowNanos);
        return true;
    }

    /**
     * Begins checks as soon as everything for them is known.
     *
     * @param nowNanos the time of this turn
     */
    public void start(long nowNanos) {
        started = true;
        finish(nowNanos);
    }

    private void beginChecks(long nowNanos) {
        if (started && current().remote() != null && role.get() != IceRole.UNKNOWN) {
            current().begin(nowNanos);
        }
    }

    /**
     * Takes one STUN packet.
     *
     * @param portId the port at which it arrived
     * @param from its source
     * @param packet a heap buffer, borrowed
     * @param nowNanos the time of this turn
     */
    public void handlePacket(int portId, InetSocketAddress from, ByteBuffer packet, long nowNanos) {
        LocalPort port = generations.port(portId);
        if (port != null && !isClosed()) {
            inbound.take(port, from, packet, nowNanos);
            finish(nowNanos);
        }
    }

    /**
     * Lets time pass.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        if (isClosed()) {
            return;
        }
        generations.handleTimeout(nowNanos);
        finish(nowNanos);
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        return isClosed() ? ProtocolEngine.NEVER : generations.nextTimeout(lastNanos);
    }

    /**
     * Returns the pair that carries data.
     *
     * @return a pair with consent, or null
     */
    public @Nullable CandidatePair selected() {
        return selected;
    }

    /**
     * Finds the pair on which data came in.
     *
     * @param port the port at which it arrived
     * @param from its source
     * @return null when that address has not proved itself
     */
    public @Nullable CandidatePair verifiedPair(int port, InetSocketAddress from) {
        CandidatePair pair = selected;
        return pair != null && pair.joins(port, from) ? pair : generations.verifiedPair(port, from);
    }

    /**
     * Tells whether an address has proved itself by a check that came before the remote parameters: the peer may send as
     * soon as that was answered.
     *
     * @param port the port at which data arrived
     * @param from its source
     * @return true when its data may be taken although there is no pair yet
     */
    public boolean isEarlyPeer(int port, InetSocketAddress from) {
        return inbound.isEarlyPeer(port, from);
    }

    /**
     * Returns the state.
     *
     * @return the state as RTCIceTransportState names it
     */
    public IceState state() {
        return state.get();
    }

    /**
     * Returns how often the selected pair changed.
     *
     * @return the count
     */
    public int selectedPairChanges() {
        return state.selectedPairChanges();
    }

    /**
     * Returns the local candidates of the current generation.
     *
     * @return a copy
     */
    public List<IceCandidate> localCandidates() {
        return current().localCandidates().all();
    }

    /**
     * Returns the remote candidates of the current generation.
     *
     * @return a copy
     */
    public List<IceCandidate> remoteCandidates() {
        return current().checklist().remotes().stream()
                .map(RemoteCandidate::candidate)
                .toList();
    }

    /**
     * Returns the counters of all pairs, of the generation before too while it carries data.
     *
     * @return a copy
     */
    public List<IceStats.Pair> pairs() {
        return generations.stats();
    }

    /**
     * Says what was tried and what came back.
     *
     * @return a sentence without addresses
     */
    public String explain() {
        return new Explanation(current(), role.get(), started, environment.lite(), inbound.requests(), drops)
                .toString();
    }

    /** Ends the engine: nothing is sent or expected any more. */
    public void close() {
        if (isClosed()) {
            return;
        }
        generations.close();
        inbound.forget();
        earlyCandidates.clear();
        selected = null;
        state.close();
    }

    private Generation current() {
        return generations.current();
    }

    private boolean isClosed() {
        return state.isClosed();
    }

    /** Ends every entry: checks that may leave leave, then selection and state follow. */
    private void finish(long nowNanos) {
        lastNanos = nowNanos;
        if (isClosed()) {
            return;
        }
        beginChecks(nowNanos);
        selected = generations.step(nowNanos);
        state.follow(generations, selected, started);
        assert consistent();
    }

    private boolean consistent() {
        CandidatePair pair = selected;
        return (pair == null || (pair.verified && !isClosed())) && generations.consistent();
    }
}
