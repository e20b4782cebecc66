package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;

/** One generation of local ICE credentials with what was gathered for it. Confined to the event place. */
final class LocalGeneration {

    final IceParameters ice;

    /** The generation to which a rollback returns; null once the exchange that began this one is over. */
    @Nullable
    LocalGeneration replaced;

    boolean complete;

    private final List<IceCandidate> candidates = new ArrayList<>();

    LocalGeneration(IceParameters ice, @Nullable LocalGeneration replaced) {
        this.ice = ice;
        this.replaced = replaced;
    }

    void add(IceCandidate candidate) {
        candidates.add(candidate);
    }

    void remove(IceCandidate candidate) {
        candidates.remove(candidate);
    }

    List<IceCandidate> candidates() {
        return List.copyOf(candidates);
    }
}
