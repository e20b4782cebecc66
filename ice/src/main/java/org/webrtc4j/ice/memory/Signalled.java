package org.webrtc4j.ice.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceParameters;

/** What both sides of an agent have said of themselves, in this generation and in the one before. */
final class Signalled {

    private static final int MAX_REMOTE_CANDIDATES = 100;

    private final InMemoryIceAgents agents;
    private final InMemoryIceAgent agent;
    private final Set<String> ufrags = new HashSet<>();
    private final List<IceCandidate> remoteCandidates = new ArrayList<>();

    private IceParameters local;
    private IceCandidate candidate;
    private IceGatheringState gathering = IceGatheringState.NEW;
    private @Nullable IceParameters remote;
    private boolean remoteComplete;
    private @Nullable Generation previous;

    /** What a restart replaced, until the remote side joins the new generation. */
    private record Generation(
            IceParameters local,
            IceCandidate candidate,
            IceGatheringState gathering,
            @Nullable IceParameters remote,
            boolean remoteComplete) {}

    Signalled(InMemoryIceAgents agents, InMemoryIceAgent agent, IceParameters first) {
        this.agents = agents;
        this.agent = agent;
        this.local = first;
        this.candidate = register();
    }

    private IceCandidate register() {
        agents.register(local.ufrag(), agent);
        ufrags.add(local.ufrag());
        return agents.candidate(IceCandidateType.HOST, local.ufrag());
    }

    IceParameters local() {
        return local;
    }

    IceCandidate candidate() {
        return candidate;
    }

    IceGatheringState gathering() {
        return gathering;
    }

    void gathering(IceGatheringState next) {
        gathering = next;
    }

    @Nullable
    IceParameters remote() {
        return remote;
    }

    List<IceCandidate> remoteCandidates() {
        return remoteCandidates;
    }

    /** Whether both sides have named all of their candidates. */
    boolean isComplete() {
        return remoteComplete && gathering == IceGatheringState.COMPLETE;
    }

    /** The other side joins a generation; false when it is in it already. */
    boolean remote(IceParameters parameters) {
        if (parameters.equals(remote)) {
            return false;
        }
        if (remote != null) {
            remoteCandidates.removeIf(each -> !parameters.ufrag().equals(each.ufrag()));
            remoteComplete = false;
        }
        remote = parameters;
        previous = null;
        return true;
    }

    boolean add(IceCandidate theirs) {
        return remoteCandidates.size() < MAX_REMOTE_CANDIDATES && remoteCandidates.add(theirs);
    }

    boolean endOfCandidates(String ufrag) {
        boolean current = remote == null || ufrag.isEmpty() || ufrag.equals(remote.ufrag());
        remoteComplete |= current;
        return current;
    }

    /** Remote credentials that were already used with the old generation are stale from now on. */
    void restart(IceParameters parameters, String usedRemoteUfrag) {
        if (previous == null) {
            previous = new Generation(local, candidate, gathering, remote, remoteComplete);
        }
        local = parameters;
        candidate = register();
        if (remote != null && remote.ufrag().equals(usedRemoteUfrag)) {
            remote = null;
            remoteCandidates.clear();
            remoteComplete = false;
        }
        gathering = IceGatheringState.NEW;
    }

    void cancelRestart() {
        Generation before = previous;
        if (before == null) {
            return;
        }
        previous = null;
        agents.unregister(local.ufrag(), agent);
        ufrags.remove(local.ufrag());
        local = before.local();
        candidate = before.candidate();
        gathering = before.gathering();
        remote = before.remote();
        remoteComplete = before.remoteComplete();
    }

    /** Nobody finds the agent any more. */
    void end() {
        ufrags.forEach(each -> agents.unregister(each, agent));
    }
}
