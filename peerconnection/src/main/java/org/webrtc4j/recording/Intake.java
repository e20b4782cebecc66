package org.webrtc4j.recording;

import org.webrtc4j.media.MediaKind;

/** One track on the side of its receiver; guarded by the recording's monitor. */
final class Intake {

    private static final long REQUEST_INTERVAL_NANOS = 500_000_000L;

    final MediaKind kind;
    private final Runnable keyFrameRequest;
    boolean waitsForKey;
    private boolean requested;
    private long requestedNanos;
    long dropped;
    long gaps;
    boolean inGap;

    Intake(MediaKind kind, Runnable keyFrameRequest) {
        this.kind = kind;
        this.keyFrameRequest = keyFrameRequest;
        waitsForKey = kind == MediaKind.VIDEO;
    }

    /** What asks for a key frame if it is time to, and otherwise nothing. */
    Runnable request(long nowNanos) {
        if (requested && nowNanos - requestedNanos < REQUEST_INTERVAL_NANOS) {
            return () -> {};
        }
        requested = true;
        requestedNanos = nowNanos;
        return keyFrameRequest;
    }
}
