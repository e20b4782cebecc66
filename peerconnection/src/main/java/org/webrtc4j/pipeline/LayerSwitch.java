package org.webrtc4j.pipeline;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.KeyFrame;
import org.webrtc4j.rtp.RtpPacket;

/**
 * Which stream of a simulcast one sender forwards. It changes with a key frame of the wanted one, which is asked for;
 * until then the one before goes on. One that has fallen silent, as a browser without bandwidth leaves its largest out, gives way to
 * any other.
 */
final class LayerSwitch {

    /** A key frame is asked for again after this. */
    static final long ASK_NANOS = 500_000_000L;

    /** A stream is silent after this. */
    static final long SILENT_NANOS = 1_000_000_000L;

    private final OutboundMedia media;
    private final Consumer<String> keyFrameRequests;
    private @Nullable String current;
    private long heardNanos;
    private boolean asked;
    private long askedNanos;

    LayerSwitch(OutboundMedia media, Consumer<String> keyFrameRequests) {
        this.media = media;
        this.keyFrameRequests = keyFrameRequests;
    }

    /** Tells whether a packet is forwarded, and switches with it where it is time. */
    boolean takes(String rid, RtpPacket packet, KeyFrame keyFrames) {
        long nowNanos = packet.arrivalNanos();
        String wanted = media.wantedLayer();
        if (rid.equals(current)) {
            heardNanos = nowNanos;
            return true;
        }
        boolean free = current == null || nowNanos - heardNanos >= SILENT_NANOS;
        boolean better = rid.equals(wanted);
        if (!free && !better) {
            return false;
        }
        if (packet.payloadLength() > 0
                && keyFrames.detect(packet.array(), packet.payloadOffset(), packet.payloadLength())) {
            current = rid;
            heardNanos = nowNanos;
            asked = false;
            media.forwarding(rid);
            return true;
        }
        if (!asked || nowNanos - askedNanos >= ASK_NANOS) {
            asked = true;
            askedNanos = nowNanos;
            keyFrameRequests.accept(rid);
        }
        return false;
    }
}
