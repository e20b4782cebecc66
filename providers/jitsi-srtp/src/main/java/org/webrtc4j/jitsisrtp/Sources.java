package org.webrtc4j.jitsisrtp;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * The contexts of SSRCs. Beyond {@link SrtpTransform#MAX_SSRCS} the one that was used least recently is dropped; its SSRC is never
 * taken again, for the sake of replay and key stream.
 */
final class Sources<C> {

    private final Map<Integer, C> contexts = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Integer> retired = new HashSet<>();

    @Nullable
    C get(int ssrc) {
        return contexts.get(ssrc);
    }

    /** Tells whether an SSRC without a context can have none. */
    boolean refuses(int ssrc) {
        return retired.contains(ssrc)
                || (contexts.size() == SrtpTransform.MAX_SSRCS && retired.size() == SrtpTransform.MAX_RETIRED_SSRCS);
    }

    void put(int ssrc, C context) {
        if (contexts.size() == SrtpTransform.MAX_SSRCS) {
            Integer eldest = contexts.keySet().iterator().next();
            contexts.remove(eldest);
            retired.add(eldest);
        }
        contexts.put(ssrc, context);
    }
}
