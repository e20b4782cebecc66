package org.webrtc4j.samples;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSessionDescription;

/**
 * Signals the local description and candidates of one connection, the description first.
 *
 * <p>In a page both come from one thread, so the order is given. Here candidates come from the connection's loop while the
 * thread that waits for {@code setLocalDescription} may still be on its way; and a browser refuses a candidate that overtakes
 * its description.
 */
public final class TrickleOut {

    private final Consumer<JsonObject> descriptions;
    private final Consumer<JsonObject> candidates;
    private final List<JsonObject> held = new ArrayList<>();
    private boolean described;

    /**
     * Begins to hold candidates.
     *
     * @param descriptions sends a description
     * @param candidates sends a candidate
     */
    public TrickleOut(Consumer<JsonObject> descriptions, Consumer<JsonObject> candidates) {
        this.descriptions = descriptions;
        this.candidates = candidates;
    }

    /**
     * Signals the local description, then the candidates held for it.
     *
     * @param pc the connection
     */
    public synchronized void describe(RTCPeerConnection pc) {
        RTCSessionDescription description = pc.localDescription();
        if (description == null) {
            return; // closed meanwhile
        }
        descriptions.accept(SignalingJson.description(description));
        described = true;
        held.forEach(candidates);
        held.clear();
    }

    /**
     * Signals a candidate, or holds it until the description was signalled.
     *
     * @param candidate the candidate; null is passed over, the empty candidate before it has told the end already
     */
    public synchronized void candidate(@Nullable RTCIceCandidate candidate) {
        if (candidate == null) {
            return;
        }
        JsonObject json = SignalingJson.candidate(candidate);
        if (described) {
            candidates.accept(json);
        } else {
            held.add(json);
        }
    }
}
