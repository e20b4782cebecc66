package org.webrtc4j;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.ExtensionSpec;
import org.webrtc4j.jsep.SdpCodecs;
import org.webrtc4j.jsep.SectionAgreement;
import org.webrtc4j.media.capability.CodecCapability;

/**
 * The internal slots of a transceiver (webrtc-pc section 5.4). Guarded by the monitor of its {@link TransceiverSet}.
 */
final class TransceiverSlots {

    final String kind;

    @Nullable
    String mid;

    /** The section it is associated with, or -1. */
    int index = -1;

    RTCRtpTransceiverDirection direction;

    @Nullable
    RTCRtpTransceiverDirection currentDirection;

    /** What the events of the receiver's track have told; inactive before the first. */
    RTCRtpTransceiverDirection firedDirection = RTCRtpTransceiverDirection.INACTIVE;

    /** What the other side's latest description says it may send at once. */
    List<String> remoteRids = List.of();

    boolean stopping;
    boolean stopped;
    boolean receptive;

    /** Whether it ever sent: its sender is then not taken by addTrack again. */
    boolean hasSent;

    /** Whether a remote offer may take it: it was made by addTrack and has no section (RFC 9429 section 5.10). */
    boolean madeByAddTrack;

    /** Whether addTrack put a track into it: a rollback then leaves it. */
    boolean takenByAddTrack;

    /** Whether the remote offer that is pending made it. */
    boolean madeByPendingOffer;

    List<CodecCapability> codecs;
    boolean preferred;
    List<ExtensionSpec> extensions;
    SectionAgreement agreement = SectionAgreement.NONE;

    private Stable stable =
            new Stable(null, -1, false, RTCRtpTransceiverDirection.INACTIVE, SectionAgreement.NONE, List.of());

    /** What a rollback returns to. */
    private record Stable(
            @Nullable String mid,
            int index,
            boolean receptive,
            RTCRtpTransceiverDirection firedDirection,
            SectionAgreement agreement,
            List<MediaStream> remoteStreams) {}

    TransceiverSlots(String kind, RTCRtpTransceiverDirection direction) {
        this.kind = kind;
        this.direction = direction;
        this.codecs = SdpCodecs.known(kind);
        this.extensions = ExtensionSpec.of(kind);
    }

    boolean isAssociated() {
        return index >= 0;
    }

    boolean isEnding() {
        return stopping || stopped;
    }

    /** The exchange is complete: remembers where a rollback of the next one returns to. */
    void settle(List<MediaStream> remoteStreams) {
        madeByPendingOffer = false;
        stable = new Stable(mid, index, receptive, firedDirection, agreement, remoteStreams);
    }

    /** Takes back what the pending descriptions changed; returns the remote streams of before. */
    List<MediaStream> restore() {
        mid = stable.mid();
        index = stable.index();
        receptive = stable.receptive() && !isEnding();
        firedDirection = stable.firedDirection();
        agreement = stable.agreement();
        return stable.remoteStreams();
    }
}
