package org.webrtc4j.ice4j;

import java.beans.PropertyChangeEvent;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidatePairState;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RelayedCandidate;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;

/**
 * One generation of credentials, which is one agent of ice4j with sockets of its own. It lives on the loop; what it asks of
 * ice4j runs in turn on control threads, what ice4j tells comes back as tasks of the loop.
 */
final class Generation {

    private final Ice4jAgent owner;
    private final Ice4jAgents factory;
    private final IceParameters local;
    private final SerialTasks control;
    private final SharedDrops drops;
    private final Inbox inbox;
    private final PairLedger pairs;
    private final Set<SocketAddress> verified = ConcurrentHashMap.newKeySet();

    // Of the loop.
    private final List<IceCandidate> candidates = new ArrayList<>();
    private IceGatheringState gathering = IceGatheringState.NEW;
    private GatherPolicy policy = GatherPolicy.ALL;
    private @Nullable IceParameters remote;
    private boolean opened;
    private boolean released;
    private int openLookups;
    private int openRelays;

    // Of the control threads, one task at a time.
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private int runningLookups;
    private boolean ended;

    // Written by the control threads, read by those of ice4j too.
    private volatile @Nullable Session session;

    /** What ice4j made for this generation. */
    private record Session(NegotiatedAgent agent, IceMediaStream stream, Component component) {}

    Generation(Ice4jAgent owner, Ice4jAgents factory, IceParameters local, SharedDrops drops, Inbox inbox) {
        this.owner = owner;
        this.factory = factory;
        this.local = local;
        this.drops = drops;
        this.inbox = inbox;
        control = new SerialTasks(factory.control());
        pairs = new PairLedger(factory.limits().pairs());
    }

    IceParameters local() {
        return local;
    }

    /** The credentials with which it began checks, or null. */
    @Nullable
    IceParameters remote() {
        return remote;
    }

    IceGatheringState gathering() {
        return gathering;
    }

    List<IceCandidate> candidates() {
        return candidates;
    }

    PairLedger pairs() {
        return pairs;
    }

    /** Whether checks may begin: what ice4j is to make pairs of is there. */
    boolean isReady() {
        return opened && openRelays == 0;
    }

    void gather(GatherPolicy wanted, List<ServerLookup> servers, boolean includeLoopback) {
        policy = wanted;
        gathering = IceGatheringState.GATHERING;
        owner.gathering(this, gathering);
        List<ServerLookup> asked = new ArrayList<>();
        for (ServerLookup each : servers) {
            String refusal = each.refusal();
            if (refusal == null) {
                asked.add(each);
                openRelays += each.isTurn() ? 1 : 0;
            } else {
                owner.candidateError(each.error(refusal));
            }
        }
        openLookups = asked.size();
        control.execute(() -> open(wanted == GatherPolicy.RELAY, includeLoopback, asked));
    }

    void start(IceParameters theirs, IceRole role, List<RemoteSide.Reachable> known) {
        remote = theirs;
        control.execute(() -> startChecks(theirs, role == IceRole.CONTROLLING, known));
    }

    void addRemote(RemoteSide.Reachable reachable) {
        control.execute(() -> {
            Session current = session;
            if (current != null) {
                current.component.addUpdateRemoteCandidates(
                        Candidates.theirs(reachable.candidate(), reachable.address(), current.component));
                current.component.updateRemoteCandidates();
            }
        });
    }

    void role(IceRole role) {
        control.execute(() -> {
            Session current = session;
            if (current != null) {
                current.agent.role(role == IceRole.CONTROLLING);
            }
        });
    }

    /** Ends it; nothing is told any more, and its ports are released by the next tasks of its control thread. */
    void release() {
        if (!released) {
            released = true;
            control.execute(this::end);
        }
    }

    // --- on control threads

    private void open(boolean relayOnly, boolean includeLoopback, List<ServerLookup> servers) {
        List<IceCandidate> found = new ArrayList<>();
        try {
            AddressHarvester harvester = new AddressHarvester(factory.addresses(includeLoopback), relayOnly);
            NegotiatedAgent agent = new NegotiatedAgent(
                    local,
                    verified,
                    factory.limits().peerReflexiveCandidates(),
                    relayOnly,
                    drops,
                    controlling -> post(
                            () -> owner.roleRepaired(this, controlling ? IceRole.CONTROLLING : IceRole.CONTROLLED)));
            agent.setUseDynamicPorts(false);
            agent.setTrickling(true);
            agent.setPerformConsentFreshness(true);
            agent.addCandidateHarvester(harvester);
            agent.addStateChangeListener(this::onAgentChange);
            IceMediaStream stream = agent.createMediaStream("data");
            stream.addPairChangeListener(this::onPairChange);
            Component component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
            Session made = new Session(agent, stream, component);
            session = made;
            sockets.addAll(harvester.sockets());
            sockets.forEach(socket -> SocketReader.start(socket, verified, inbox, drops));
            for (LocalCandidate each : component.getLocalCandidates()) {
                found.add(Candidates.ours(each, local.ufrag(), null));
            }
            runningLookups = servers.size();
            servers.forEach(each -> factory.lookups().execute(() -> lookUp(each, made)));
        } catch (IOException | RuntimeException failed) {
            post(() -> owner.broken(failed));
            servers.forEach(each -> post(() -> lookedUp(each, List.of(), null)));
        }
        post(() -> opened(found));
    }

    private void lookUp(ServerLookup server, Session made) {
        List<LocalCandidate> found = List.of();
        IceCandidateError error = null;
        VerifyingStunStack stack = made.agent.verifyingStack();
        try {
            InetSocketAddress address = server.resolve();
            stack.trust(address);
            found = server.harvest(address, made.component);
            if (found.stream().noneMatch(each -> !server.isTurn() || each instanceof RelayedCandidate)) {
                error = stack.failureOf(server, address);
            }
        } catch (IOException | RuntimeException failed) {
            error = server.error("The server cannot be used: " + failed.getMessage());
        } finally {
            List<LocalCandidate> gathered = found;
            IceCandidateError told = error;
            control.execute(() -> lookUpDone(server, gathered, told));
        }
    }

    private void lookUpDone(ServerLookup server, List<LocalCandidate> found, @Nullable IceCandidateError error) {
        runningLookups--;
        if (ended) {
            free();
            return;
        }
        List<IceCandidate> ours = new ArrayList<>();
        for (LocalCandidate each : found) {
            if (each instanceof RelayedCandidate relayed) {
                DatagramSocket socket = relayed.getCandidateIceSocketWrapper().getUDPSocket();
                sockets.add(socket);
                SocketReader.start(socket, verified, inbox, drops);
            }
            ours.add(Candidates.ours(each, local.ufrag(), server.url()));
        }
        post(() -> lookedUp(server, ours, error));
    }

    private void startChecks(IceParameters theirs, boolean controlling, List<RemoteSide.Reachable> known) {
        Session current = session;
        if (current == null) {
            return;
        }
        current.stream.setRemoteUfrag(theirs.ufrag());
        current.stream.setRemotePassword(theirs.pwd());
        current.agent.verifyingStack().remotePassword(theirs.pwd());
        current.agent.role(controlling);
        for (RemoteSide.Reachable each : known) {
            current.component.addRemoteCandidate(
                    Candidates.theirs(each.candidate(), each.address(), current.component));
        }
        current.agent.startConnectivityEstablishment();
    }

    /** What ice4j still waits for has to end by itself: to free its agent before would lose a thread. Ports go at once. */
    private void end() {
        ended = true;
        if (runningLookups > 0) {
            sockets.forEach(DatagramSocket::close);
        }
        free();
    }

    private void free() {
        Session current = session;
        if (current != null && runningLookups == 0) {
            session = null;
            current.agent.free();
        }
    }

    // --- on any thread of ice4j

    private void onAgentChange(PropertyChangeEvent event) {
        Session current = session;
        if (current == null) {
            return;
        }
        if (event.getNewValue() == IceProcessingState.FAILED) {
            post(() -> owner.checksFailed(this));
        } else if (event.getNewValue() == IceProcessingState.COMPLETED) {
            CandidatePair pair = current.component.getSelectedPair();
            SelectedPath path = SelectedPath.of(pair, local.ufrag(), current.stream.getRemoteUfrag());
            post(() -> owner.selected(this, path));
        }
    }

    private void onPairChange(PropertyChangeEvent event) {
        if (!(event.getSource() instanceof CandidatePair pair)) {
            return;
        }
        if (IceMediaStream.PROPERTY_PAIR_CONSENT_FRESHNESS_CHANGED.equals(event.getPropertyName())) {
            post(() -> owner.consentGiven(pair));
        } else if (event.getNewValue() instanceof CandidatePairState state) {
            if (state == CandidatePairState.SUCCEEDED) {
                verified.add(Candidates.plain(pair.getRemoteCandidate().getTransportAddress()));
            }
            PairLedger.Seen seen = PairLedger.Seen.of(
                    pair,
                    state,
                    local.ufrag(),
                    pair.getParentComponent().getParentStream().getRemoteUfrag());
            post(() -> {
                pairs.note(seen);
                if (state == CandidatePairState.FAILED) {
                    owner.pairFailed(pair);
                }
            });
        }
    }

    private void post(Runnable task) {
        owner.post(() -> {
            if (!released) {
                task.run();
            }
        });
    }

    // --- on the loop, as ice4j told

    private void opened(List<IceCandidate> found) {
        opened = true;
        tell(found);
        complete();
        owner.ready(this);
    }

    private void lookedUp(ServerLookup server, List<IceCandidate> found, @Nullable IceCandidateError error) {
        openLookups--;
        openRelays -= server.isTurn() ? 1 : 0;
        tell(found);
        if (error != null) {
            owner.candidateError(error);
        }
        complete();
        owner.ready(this);
    }

    private void tell(List<IceCandidate> found) {
        for (IceCandidate each : found) {
            if (policy == GatherPolicy.ALL || each.type() == IceCandidateType.RELAYED) {
                candidates.add(each);
                owner.candidate(this, each);
            }
        }
    }

    private void complete() {
        if (opened && openLookups == 0 && gathering == IceGatheringState.GATHERING) {
            gathering = IceGatheringState.COMPLETE;
            owner.gathering(this, gathering);
        }
    }
}
