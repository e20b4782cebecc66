package org.webrtc4j;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.LocalEncoding;

/** The internal slots of a sender (webrtc-pc section 5.2). Guarded by the monitor of its {@link TransceiverSet}. */
final class SenderSlots {

    /** Identifies in descriptions what is sent; the id of the first track, whichever track follows. */
    final String id;

    @Nullable
    MediaStreamTrack track;

    Set<String> streamIds;
    List<RTCRtpEncodingParameters> encodings;

    /** The sources of the encodings, in their order. */
    List<Sources> sources;

    /** What a rollback returns to; null while the pending descriptions have not changed the encodings. */
    private @Nullable Encodings before;

    private record Encodings(List<RTCRtpEncodingParameters> encodings, List<Sources> sources) {}

    @Nullable
    RTCRtpSendParameters lastReturned;

    /** An SSRC with those of its retransmissions and its repair packets. */
    record Sources(long ssrc, long rtxSsrc, long fecSsrc) {}

    SenderSlots(
            String id,
            @Nullable MediaStreamTrack track,
            List<MediaStream> streams,
            List<RTCRtpEncodingParameters> encodings,
            List<Sources> sources) {
        this.id = id;
        this.track = track;
        this.streamIds = ids(streams);
        this.encodings = List.copyOf(encodings);
        this.sources = List.copyOf(sources);
    }

    /** Empty for an encoding without one. */
    static List<String> rids(List<RTCRtpEncodingParameters> encodings) {
        return encodings.stream().map(each -> Objects.toString(each.rid(), "")).toList();
    }

    static Set<String> ids(List<MediaStream> streams) {
        Set<String> ids = new LinkedHashSet<>();
        streams.forEach(each -> ids.add(each.id()));
        return ids;
    }

    /** Whether a description may say which streams are sent: it did not, and neither did who made the sender. */
    boolean isUnnamed() {
        return encodings.size() == 1 && encodings.get(0).rid() == null;
    }

    /** The other side asks for several streams (webrtc-pc section 4.4.1.5); the first of them is the one sent so far. */
    void propose(List<String> rids, Supplier<Sources> more) {
        List<RTCRtpEncodingParameters> proposed = new ArrayList<>();
        List<Sources> named = new ArrayList<>(sources);
        for (int i = 0; i < rids.size(); i++) {
            RTCRtpEncodingParameters.Builder first =
                    i == 0 ? encodings.get(0).toBuilder() : RTCRtpEncodingParameters.builder();
            proposed.add(first.rid(rids.get(i))
                    .scaleResolutionDownBy(Math.scalb(1.0, rids.size() - 1 - i))
                    .build());
            if (i > 0) {
                named.add(more.get());
            }
        }
        replace(proposed, named);
    }

    /** The other side takes no others: webrtc-pc section 4.4.1.5 lets them be gone for good. */
    void narrow(List<String> taken) {
        List<RTCRtpEncodingParameters> kept = new ArrayList<>();
        List<Sources> named = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            String rid = encodings.get(i).rid();
            if (taken.isEmpty() ? i == 0 : rid != null && taken.contains(rid)) {
                kept.add(encodings.get(i));
                named.add(sources.get(i));
            }
        }
        if (kept.size() < encodings.size() && !kept.isEmpty()) {
            replace(kept, named);
        }
    }

    private void replace(List<RTCRtpEncodingParameters> next, List<Sources> named) {
        if (before == null) {
            before = new Encodings(encodings, sources);
        }
        encodings = List.copyOf(next);
        sources = List.copyOf(named);
        lastReturned = null;
    }

    /** The exchange is complete. */
    void settle() {
        before = null;
    }

    /** The exchange was rolled back. */
    void restore() {
        Encodings known = before;
        if (known != null) {
            encodings = known.encodings();
            sources = known.sources();
            lastReturned = null;
            before = null;
        }
    }

    List<LocalEncoding> local() {
        List<LocalEncoding> local = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            RTCRtpEncodingParameters each = encodings.get(i);
            String rid = each.rid();
            local.add(new LocalEncoding(
                    rid == null ? "" : rid,
                    sources.get(i).ssrc(),
                    sources.get(i).rtxSsrc(),
                    each.active(),
                    sources.get(i).fecSsrc()));
        }
        return local;
    }
}
