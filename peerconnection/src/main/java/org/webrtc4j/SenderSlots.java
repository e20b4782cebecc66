package org.webrtc4j;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    final List<Sources> sources;

    @Nullable
    RTCRtpSendParameters lastReturned;

    /** An SSRC with that of its retransmissions. */
    record Sources(long ssrc, long rtxSsrc) {}

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

    static Set<String> ids(List<MediaStream> streams) {
        Set<String> ids = new LinkedHashSet<>();
        streams.forEach(each -> ids.add(each.id()));
        return ids;
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
                    each.active()));
        }
        return local;
    }
}
