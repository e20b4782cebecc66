package org.webrtc4j.rtp;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;

/**
 * A stream whose packets are forwarded to any number of {@link SendStream}s of one thread: what its header extensions mean,
 * and the one history that all of them repair from. A send stream that is given packets of another source than before
 * goes on with its own numbers and timestamps.
 */
public final class ForwardSource {

    private final HeaderExtensionMap extensions;
    private final @Nullable PacketHistory history;

    /**
     * Creates a source.
     *
     * @param extensions what the identifiers in its packets mean
     * @param history where its packets are kept for receivers that ask again; null where none may (audio)
     */
    public ForwardSource(HeaderExtensionMap extensions, @Nullable PacketHistory history) {
        this.extensions = extensions;
        this.history = history;
    }

    /**
     * Keeps a packet for those who will ask again; once for each packet, before it is forwarded.
     *
     * @param packet with its unwrapped numbers set
     */
    public void keep(RtpPacket packet) {
        if (history != null) {
            history.put(packet);
        }
    }

    /**
     * Returns what the identifiers in its packets mean.
     *
     * @return the map
     */
    public HeaderExtensionMap extensions() {
        return extensions;
    }

    /**
     * Returns where its packets are kept.
     *
     * @return null when they are not
     */
    public @Nullable PacketHistory history() {
        return history;
    }
}
