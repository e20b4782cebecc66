package org.webrtc4j.pipeline;

import java.util.List;
import org.webrtc4j.rtp.RtpSource;

/**
 * Whom a receiver has heard lately, a snapshot.
 *
 * @param contributing those mixed into what came, the latest first
 * @param synchronization those that sent it, the latest first
 */
public record HeardSources(List<RtpSource> contributing, List<RtpSource> synchronization) {

    /** Nobody. */
    public static final HeardSources NONE = new HeardSources(List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param contributing those mixed into what came
     * @param synchronization those that sent it
     */
    public HeardSources {
        contributing = List.copyOf(contributing);
        synchronization = List.copyOf(synchronization);
    }
}
