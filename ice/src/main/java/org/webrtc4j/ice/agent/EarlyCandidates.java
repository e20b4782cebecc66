package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.ice.IceCandidate;

/** Remote candidates that came before the parameters of their generation; beyond the limit they are dropped and counted. */
final class EarlyCandidates {

    private final int limit;
    private final DropCounters<DropReason> drops;
    private final List<EarlyCandidate> candidates = new ArrayList<>();

    private record EarlyCandidate(IceCandidate candidate, InetSocketAddress address) {}

    EarlyCandidates(int limit, DropCounters<DropReason> drops) {
        this.limit = limit;
        this.drops = drops;
    }

    void keep(IceCandidate candidate, InetSocketAddress address) {
        if (candidates.size() < limit) {
            candidates.add(new EarlyCandidate(candidate, address));
        } else {
            drops.count(DropReason.CANDIDATE_LIMIT);
        }
    }

    /** Hands all over; the receiver may keep some of them again. */
    void take(BiConsumer<IceCandidate, InetSocketAddress> receiver) {
        List<EarlyCandidate> taken = List.copyOf(candidates);
        candidates.clear();
        taken.forEach(early -> receiver.accept(early.candidate(), early.address()));
    }

    void clear() {
        candidates.clear();
    }
}
