package org.webrtc4j.ice4j;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.agent.IpLiteral;

/** What the peer has said of itself for one generation of ours, and which of it may be used. Of the loop. */
final class RemoteSide {

    private final int maxCandidates;
    private final PeerFilter filter;
    private final SharedDrops drops;
    private final List<IceCandidate> candidates = new ArrayList<>();
    private @Nullable IceParameters parameters;
    private boolean complete;

    /** A candidate and where it is. */
    record Reachable(IceCandidate candidate, InetAddress address) {}

    RemoteSide(int maxCandidates, PeerFilter filter, SharedDrops drops) {
        this.maxCandidates = maxCandidates;
        this.filter = filter;
        this.drops = drops;
    }

    @Nullable
    IceParameters parameters() {
        return parameters;
    }

    List<IceCandidate> candidates() {
        return candidates;
    }

    boolean isComplete() {
        return complete;
    }

    /** Takes credentials; other ones than before make candidates stale that are not theirs. */
    void parameters(IceParameters theirs) {
        if (parameters != null) {
            candidates.removeIf(each -> !theirs.ufrag().equals(each.ufrag()));
            complete = false;
        }
        parameters = theirs;
    }

    /** Takes a candidate, which may be of credentials that are not known yet; false when it is one too many. */
    boolean add(IceCandidate candidate) {
        if (candidates.size() >= maxCandidates) {
            drops.count(Drop.CANDIDATE_LIMIT);
            return false;
        }
        return candidates.add(candidate);
    }

    /** The peer has no more candidates of a generation; false when that is not the current one. */
    boolean end(String ufrag) {
        boolean current = parameters == null || ufrag.isEmpty() || ufrag.equals(parameters.ufrag());
        complete |= current;
        return current;
    }

    /** What the next generation of ours begins with: what the peer said anew, unless the one before has used it. */
    RemoteSide next(boolean used) {
        RemoteSide next = new RemoteSide(maxCandidates, filter, drops);
        if (!used) {
            next.candidates.addAll(candidates);
            next.parameters = parameters;
            next.complete = complete;
        }
        return next;
    }

    List<Reachable> reachable() {
        List<Reachable> found = new ArrayList<>();
        for (IceCandidate each : candidates) {
            Reachable reachable = reachable(each);
            if (reachable != null) {
                found.add(reachable);
            }
        }
        return found;
    }

    /** Where a candidate is; null when it is of other credentials, or cannot be used, or may not. */
    @Nullable
    Reachable reachable(IceCandidate candidate) {
        if (parameters == null
                || (candidate.ufrag() != null && !candidate.ufrag().equals(parameters.ufrag()))) {
            return null;
        }
        InetAddress address = IpLiteral.parse(candidate.address());
        boolean isPort = candidate.port() > 0 && candidate.port() <= 65_535;
        if (address == null || candidate.protocol() != IceProtocol.UDP || !isPort) {
            drops.count(Drop.CANDIDATE_UNUSABLE);
            return null;
        }
        if (!filter.allows(address)) {
            drops.count(Drop.CANDIDATE_FILTERED);
            return null;
        }
        return new Reachable(candidate, address);
    }
}
