package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/**
 * The ICE agent as a state machine (RFC 8445, 8838, 8863, 7675): STUN and time go in, STUN and events come out.
 *
 * <p>It follows the engine contract of {@link ProtocolEngine}, with a port and an address beside each packet. Checks and
 * answers leave within the call that causes them. A request or response counts only after its MESSAGE-INTEGRITY was
 * verified; until then nothing is remembered of it but a counter.
 */
public final class IceEngine {

    /** After a restart has connected, packets of the generation before are taken this long: the peer may still send some. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final IceEnvironment environment;
    private final Sink sink;
    private final Role role;
    private final Pacer pacer;
    private final Answerer answerer;
    private final AnswerLimiter answerLimiter;
    private final DropCounters drops;
    private final StunReader reader = new StunReader();
    private final StunWriter writer = new StunWriter();
    private final List<LocalPort> ports = new ArrayList<>();
    private final List<EarlyCheck> earlyChecks = new ArrayList<>();
    private final List<EarlyCandidate> earlyCandidates = new ArrayList<>();
    private Generation current;
    private @Nullable Generation previous;
    private @Nullable CandidatePair selected;
    private @Nullable SelectedPair announced;
    private IceState state = IceState.NEW;
    private boolean started;
    private boolean checked;
    private boolean retired;
    private long lingerNanos;
    private long lastNanos;
    private int selectedPairChanges;
    private long requestsReceived;

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

    private record EarlyCandidate(
            IceCandidate candidate, @Nullable InetSocketAddress address) {}

    /**
     * Creates an engine in state NEW.
     *
     * @param environment what it is given
     * @param pacer shared with the gathering of this agent
     * @param parameters the credentials of the first local generation
     * @param drops counters, shared with the owner
     * @param sink where packets and events go
     */
    public IceEngine(IceEnvironment environment, Pacer pacer, IceParameters parameters, DropCounters drops, Sink sink) {
        this.environment = environment;
        this.sink = sink;
        this.drops = drops;
        role = new Role(environment.random());
        this.pacer = pacer;
        answerer = new Answerer(sink, writer);
        answerLimiter = new AnswerLimiter(environment.limits().answersPerSecond());
        current = generation(parameters);
    }

    private Generation generation(IceParameters parameters) {
        return new Generation(environment, role, pacer, drops, sink, writer, new Credentials(parameters), ports);
    }

    /**
     * Returns the credentials of the current local generation.
     *
     * @return the parameters
     */
    public IceParameters localParameters() {
        return current.local().parameters();
    }

    /**
     * Returns the ufrags for which requests are expected.
     *
     * @return the current one, and the one before while its packets are taken
     */
    public List<String> localUfrags() {
        String ufrag = localParameters().ufrag();
        String before = previous == null ? ufrag : previous.local().parameters().ufrag();
        return ufrag.equals(before) ? List.of(ufrag) : List.of(ufrag, before);
    }

    /**
     * Sets the remote credentials; others than before begin a new generation.
     *
     * @param parameters from the remote description
     * @param nowNanos the time of this turn
     */
    public void setRemoteParameters(IceParameters parameters, long nowNanos) {
        Credentials before = current.remote();
        if (isClosed() || (before != null && before.parameters().equals(parameters))) {
            return;
        }
        if (before != null) {
            Generation next = generation(current.local().parameters());
            next.inheritLocal(current);
            supersede(next);
        }
        current.setRemote(new Credentials(parameters));
        if (environment.lite() != parameters.lite()) {
            // The full side controls (RFC 8445 section 6.1.1).
            switchTo(environment.lite() ? IceRole.CONTROLLED : IceRole.CONTROLLING);
        }
        takeEarly(parameters.ufrag(), nowNanos);
        finish(nowNanos);
    }

    /** Candidates and checks that came before the parameters of their generation. */
    private void takeEarly(String ufrag, long nowNanos) {
        List<EarlyCandidate> candidates = List.copyOf(earlyCandidates);
        earlyCandidates.clear();
        for (EarlyCandidate early : candidates) {
            addRemoteCandidate(early.candidate(), early.address(), nowNanos);
        }
        List<EarlyCheck> checks = List.copyOf(earlyChecks);
        earlyChecks.clear();
        beginChecks(nowNanos);
        for (EarlyCheck early : checks) {
            if (early.senderUfrag().equals(ufrag)) {
                current.onRequest(
                        early.port(),
                        early.from(),
                        early.priority(),
                        early.useCandidate(),
                        early.nomination(),
                        nowNanos);
            }
        }
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
            roleChanged();
        }
    }

    private void roleChanged() {
        current.roleChanged();
        if (previous != null) {
            previous.roleChanged();
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
        LocalPort port = new LocalPort(id, base, localPreference);
        ports.add(port);
        current.portAdded(port, nowNanos);
        finish(nowNanos);
    }

    /**
     * Adds a local candidate of the current generation, for reports; pairs are made of ports.
     *
     * @param port the port that is its base
     * @param candidate the candidate
     */
    public void addLocalCandidate(int port, IceCandidate candidate) {
        current.localCandidates().add(port, candidate);
    }

    /**
     * Tells that the current generation has no more local candidates.
     *
     * @param nowNanos the time of this turn
     */
    public void endOfLocalCandidates(long nowNanos) {
        current.setLocalComplete();
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
        if (address == null || address.getPort() == 0) {
            drops.count(DropReason.CANDIDATE_UNUSABLE);
            return;
        }
        if (!environment.filter().allows(address.getAddress())) {
            drops.count(DropReason.CANDIDATE_FILTERED);
            return;
        }
        Credentials remote = current.remote();
        String ufrag = candidate.ufrag();
        if (remote == null
                || (ufrag != null && !ufrag.equals(remote.parameters().ufrag()))) {
            if (isOfPrevious(ufrag)) {
                return;
            }
            if (earlyCandidates.size() < environment.limits().earlyCandidates()) {
                earlyCandidates.add(new EarlyCandidate(candidate, address));
            } else {
                drops.count(DropReason.CANDIDATE_LIMIT);
            }
            return;
        }
        current.addRemote(candidate, address, nowNanos);
        finish(nowNanos);
    }

    private boolean isOfPrevious(@Nullable String ufrag) {
        Credentials remote = previous == null ? null : previous.remote();
        return remote != null && remote.parameters().ufrag().equals(ufrag);
    }

    /**
     * Tells that a remote generation has no more candidates.
     *
     * @param ufrag its ufrag, or empty for the current one
     * @param nowNanos the time of this turn
     */
    public void endOfRemoteCandidates(String ufrag, long nowNanos) {
        Credentials remote = current.remote();
        if (ufrag.isEmpty() || remote == null || remote.parameters().ufrag().equals(ufrag)) {
            current.setRemoteComplete();
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
        Generation before = current;
        Generation next = generation(parameters);
        boolean remoteRestarted = previous != null
                && previous.local().parameters().equals(before.local().parameters())
                && !retired;
        supersede(next);
        Credentials remote = before.remote();
        if (remoteRestarted && remote != null) {
            next.setRemote(remote);
            for (RemoteCandidate candidate : before.checklist().remotes()) {
                if (!candidate.isPeerReflexive()) {
                    next.addRemote(candidate.candidate(), candidate.address(), nowNanos);
                }
            }
            takeEarly(remote.parameters().ufrag(), nowNanos);
        }
        finish(nowNanos);
    }

    /** The current generation becomes the previous one, unless that still carries data and this one does not. */
    private void supersede(Generation next) {
        Generation old = current;
        Generation older = previous;
        current = next;
        if (older != null && !retired && old.selected() == null && older.selected() != null) {
            forget(old);
            return;
        }
        old.suspend();
        previous = old;
        retired = false;
        if (older != null) {
            forget(older);
        }
    }

    /**
     * Takes back a restart that the peer has not joined: the generation before is the current one again.
     *
     * @param nowNanos the time of this turn
     * @return false when there is none to take back
     */
    public boolean cancelRestart(long nowNanos) {
        Generation before = previous;
        if (before == null || retired || current.remote() != null || isClosed()) {
            return false;
        }
        Generation taken = current;
        current = before;
        previous = null;
        forget(taken);
        beginChecks(nowNanos);
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
        if (started && current.remote() != null && role.get() != IceRole.UNKNOWN) {
            current.begin(nowNanos);
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
        LocalPort port = port(portId);
        if (port == null || isClosed()) {
            return;
        }
        if (!reader.read(packet)) {
            drops.count(DropReason.MALFORMED);
            return;
        }
        switch (reader.type()) {
            case Stun.BINDING_REQUEST -> onRequest(port, from, nowNanos);
            case Stun.BINDING_SUCCESS, Stun.BINDING_ERROR -> onResponse(port, from, nowNanos);
            case Stun.BINDING_INDICATION -> {
                // A keepalive (RFC 8445 section 11): it has done its work on the way.
            }
            default -> drops.count(DropReason.UNSUPPORTED);
        }
        finish(nowNanos);
    }

    private @Nullable LocalPort port(int id) {
        for (LocalPort port : ports) {
            if (port.id() == id) {
                return port;
            }
        }
        return null;
    }

    private void onRequest(LocalPort port, InetSocketAddress from, long nowNanos) {
        String senderUfrag;
        if (!reader.hasFingerprint() || !reader.hasIntegrity()) {
            drops.count(DropReason.UNAUTHENTICATED);
            return;
        }
        Generation generation = generationOfRequest();
        if (generation == null) {
            drops.count(DropReason.UNKNOWN_UFRAG);
            return;
        }
        if (!reader.isAuthentic(generation.local().key())) {
            drops.count(DropReason.WRONG_INTEGRITY);
            return;
        }
        if (!answerLimiter.tryAnswer(nowNanos)) {
            drops.count(DropReason.ANSWER_LIMIT);
            return;
        }
        requestsReceived++;
        if (!answer(port, from, generation)) {
            return;
        }
        long priority = reader.priority();
        if (generation.remote() != null && reader.isUsername(generation.expectedUsername())) {
            generation.onRequest(port, from, priority, reader.useCandidate(), reader.nomination(), nowNanos);
            return;
        }
        senderUfrag = reader.senderUfrag();
        if (generation == current
                && senderUfrag != null
                && earlyChecks.size() < environment.limits().earlyChecks()) {
            boolean useCandidate = reader.useCandidate();
            earlyChecks.add(new EarlyCheck(port, from, senderUfrag, priority, useCandidate, reader.nomination()));
            sink.onEvent(new IceEvent.RemoteVerified(port.id(), from));
        }
    }

    /** Answers; false when the answer was an error and the request has no further effect. */
    private boolean answer(LocalPort port, InetSocketAddress from, Generation generation) {
        if (reader.unknownCount() > 0) {
            answerer.refuseUnknown(port, from, reader, generation.local().key());
            return false;
        }
        if (reader.priority() < 1) {
            answerer.refuse(port, from, reader, generation.local().key());
            return false;
        }
        switch (role.judge(reader, environment.lite())) {
            case CONFLICT -> {
                answerer.refuseRole(port, from, reader, generation.local().key());
                return false;
            }
            case SWITCHED -> roleChanged();
            case AGREES -> {
                // Nothing to repair.
            }
        }
        answerer.succeed(port, from, reader, generation.local().key());
        return true;
    }

    /** By local ufrag; two generations that share it, after a remote restart, differ in the sender's. */
    private @Nullable Generation generationOfRequest() {
        Generation before = previous;
        boolean forCurrent = reader.isUsernameFor(current.local().ufrag());
        if (forCurrent && (current.remote() == null || reader.isUsername(current.expectedUsername()))) {
            return current;
        }
        if (before != null && before.remote() != null && reader.isUsername(before.expectedUsername())) {
            return before;
        }
        return forCurrent ? current : null;
    }

    private void onResponse(LocalPort port, InetSocketAddress from, long nowNanos) {
        Generation generation = current;
        CheckTransaction transaction = find(current);
        if (transaction == null && previous != null) {
            generation = previous;
            transaction = find(previous);
        }
        if (transaction == null) {
            drops.count(DropReason.UNEXPECTED_RESPONSE);
            return;
        }
        if (!transaction.pair.joins(port.id(), from)) {
            drops.count(DropReason.ASYMMETRIC_RESPONSE);
            return;
        }
        Credentials remote = Objects.requireNonNull(generation.remote(), "a transaction needs remote credentials");
        if (!reader.isAuthentic(remote.key())) {
            drops.count(DropReason.WRONG_INTEGRITY);
            return;
        }
        if (reader.type() == Stun.BINDING_ERROR) {
            onError(generation, transaction);
            return;
        }
        InetSocketAddress mapped = reader.mappedAddress();
        if (mapped == null || reader.unknownCount() > 0) {
            drops.count(DropReason.MALFORMED);
            return;
        }
        generation.onSuccess(transaction, mapped, nowNanos);
    }

    private void onError(Generation generation, CheckTransaction transaction) {
        if (reader.errorCode() != Stun.ERROR_ROLE_CONFLICT) {
            generation.onError(transaction);
            return;
        }
        // A 487 to a request from before a switch is stale: switching again would undo the repair.
        boolean stale = transaction.controlling != role.isControlling();
        if (!stale && !environment.lite()) {
            role.switchRole();
            roleChanged();
        }
        generation.onRoleConflict(transaction);
    }

    private @Nullable CheckTransaction find(Generation generation) {
        return generation.transactions().find(reader.transactionHigh(), reader.transactionLow());
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
        current.handleTimeout(nowNanos);
        Generation before = previous;
        if (before != null) {
            before.handleTimeout(nowNanos);
            if (retired && lingerNanos - nowNanos <= 0) {
                previous = null;
                forget(before);
            }
        }
        finish(nowNanos);
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        if (isClosed()) {
            return ProtocolEngine.NEVER;
        }
        long next = current.nextTimeout(lastNanos);
        if (previous != null) {
            next = Math.min(next, retired ? lingerNanos : previous.nextTimeout(lastNanos));
        }
        return next;
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
        if (pair != null && pair.joins(port, from)) {
            return pair;
        }
        pair = current.checklist().pair(port, from);
        if ((pair == null || !pair.verified) && previous != null) {
            pair = previous.checklist().pair(port, from);
        }
        return pair != null && pair.verified ? pair : null;
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
        for (EarlyCheck early : earlyChecks) {
            if (early.port().id() == port && early.from().equals(from)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the state.
     *
     * @return the state as RTCIceTransportState names it
     */
    public IceState state() {
        return state;
    }

    /**
     * Returns how often the selected pair changed.
     *
     * @return the count
     */
    public int selectedPairChanges() {
        return selectedPairChanges;
    }

    /**
     * Returns the local candidates of the current generation.
     *
     * @return a copy
     */
    public List<IceCandidate> localCandidates() {
        return current.localCandidates().all();
    }

    /**
     * Returns the remote candidates of the current generation.
     *
     * @return a copy
     */
    public List<IceCandidate> remoteCandidates() {
        return current.checklist().remotes().stream()
                .map(RemoteCandidate::candidate)
                .toList();
    }

    /**
     * Returns the counters of all pairs, of the generation before too while it carries data.
     *
     * @return a copy
     */
    public List<IceStats.Pair> pairs() {
        List<IceStats.Pair> pairs = new ArrayList<>();
        current.checklist().pairs().forEach(pair -> pairs.add(pair.toStats()));
        if (previous != null && !retired) {
            previous.checklist().pairs().forEach(pair -> pairs.add(pair.toStats()));
        }
        return pairs;
    }

    /**
     * Says what was tried and what came back.
     *
     * @return a sentence without addresses
     */
    public String explain() {
        return new Explanation(current, role.get(), started, environment.lite(), requestsReceived, drops).toString();
    }

    /** Ends the engine: nothing is sent or expected any more. */
    public void close() {
        if (isClosed()) {
            return;
        }
        current.retire();
        selected = null;
        earlyCandidates.clear();
        earlyChecks.clear();
        announce();
        changeState(IceState.CLOSED);
    }

    private boolean isClosed() {
        return state == IceState.CLOSED;
    }

    /** Ends a generation that is neither current nor previous any more, and what only it had bound. */
    private void forget(Generation ended) {
        ended.retire();
        for (CandidatePair pair : ended.checklist().pairs()) {
            if (pair.verified && !isVerified(pair.port(), pair.remoteAddress())) {
                sink.onEvent(new IceEvent.RemoteForgotten(pair.port(), pair.remoteAddress()));
            }
        }
        String ufrag = ended.local().parameters().ufrag();
        boolean shared =
                previous != null && previous.local().parameters().ufrag().equals(ufrag);
        if (!shared && !current.local().parameters().ufrag().equals(ufrag)) {
            sink.onEvent(new IceEvent.GenerationEnded(ufrag));
        }
    }

    private boolean isVerified(int port, InetSocketAddress from) {
        CandidatePair pair = current.checklist().pair(port, from);
        if (pair != null && pair.verified) {
            return true;
        }
        pair = previous == null ? null : previous.checklist().pair(port, from);
        return pair != null && pair.verified;
    }

    /** Ends every entry: checks that may leave leave, then selection and state follow. */
    private void finish(long nowNanos) {
        lastNanos = nowNanos;
        if (isClosed()) {
            return;
        }
        beginChecks(nowNanos);
        current.step(nowNanos);
        Generation before = previous;
        if (before != null && !retired) {
            before.step(nowNanos);
            if (current.selected() != null) {
                before.retire();
                retired = true;
                lingerNanos = nowNanos + LINGER_NANOS;
            }
        }
        selected = current.selected() != null || before == null ? current.selected() : before.selected();
        announce();
        IceState next = computeState();
        if (next == IceState.COMPLETED && state != IceState.CONNECTED && state != next) {
            // Listeners see each connection come up the same way, however fast it was.
            changeState(IceState.CONNECTED);
        }
        if (next != state) {
            changeState(next);
        }
        assert consistent();
    }

    private void changeState(IceState next) {
        state = next;
        sink.onEvent(new IceEvent.StateChanged(next));
    }

    private void announce() {
        SelectedPair now = selected == null ? null : selected.toSelectedPair();
        SelectedPair before = announced;
        if (!Objects.equals(now, before)) {
            announced = now;
            selectedPairChanges++;
            sink.onEvent(new IceEvent.SelectedPairChanged(before, now));
        }
    }

    private IceState computeState() {
        CandidatePair carrying = selected;
        if (carrying != null) {
            checked = true;
            boolean ofCurrent = current.selected() != null;
            Generation owner = ofCurrent || previous == null ? current : previous;
            if (owner.isDisconnected()) {
                return ofCurrent ? IceState.DISCONNECTED : IceState.CHECKING;
            }
            return ofCurrent && current.isComplete() ? IceState.COMPLETED : IceState.CONNECTED;
        }
        if (current.isFailed()) {
            return IceState.FAILED;
        }
        if (started && current.remote() != null && current.hasRemoteCandidates()) {
            checked = true;
        }
        return checked ? IceState.CHECKING : IceState.NEW;
    }

    private boolean consistent() {
        CandidatePair pair = selected;
        return pair == null || (pair.verified && !isClosed());
    }
}
