package org.webrtc4j.jsep;

import java.util.List;
import java.util.Set;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.capability.RtcpFeedback;

/**
 * What both descriptions mean for RTP, section by section: the one thing that negotiation tells the driver about media.
 * An immutable value; a later plan replaces the one before as a whole.
 *
 * @param cname of this side's sources
 * @param sections those that are in use, in their order; one that is not in the next plan has ended
 */
public record MediaPlan(String cname, List<Section> sections) {

    /** Stands for a source that is not there. */
    public static final long NO_SSRC = -1;

    /** A plan without media. */
    public static final MediaPlan NONE = new MediaPlan("", List.of());

    /**
     * Copies the list.
     *
     * @param cname of this side's sources
     * @param sections those that are in use
     */
    public MediaPlan {
        sections = List.copyOf(sections);
    }

    /**
     * One section.
     *
     * @param index its place in the descriptions
     * @param mid its identification, in the mid header extension too
     * @param kind audio or video
     * @param sends whether this side may send now
     * @param receives whether this side takes what comes now
     * @param sendCodecs what may be sent, with the payload types of the other side, best first
     * @param receiveCodecs what is taken when it comes, with our payload types
     * @param extensions the header extensions
     * @param encodings the streams to send
     * @param sources those that the other side has named; packets of others are told by mid, rid or payload type
     * @param receiveRids the rids that may come
     * @param remoteCname of the other side's sources, empty when it was not named
     * @param reducedSizeRtcp whether RTCP may be sent without a report (RFC 5506)
     * @param mixedExtensions whether both forms of header extensions may be sent (RFC 8285 section 4.1.2)
     */
    public record Section(
            int index,
            String mid,
            String kind,
            boolean sends,
            boolean receives,
            List<Codec> sendCodecs,
            List<Codec> receiveCodecs,
            List<Extension> extensions,
            List<LocalEncoding> encodings,
            List<Source> sources,
            List<String> receiveRids,
            String remoteCname,
            boolean reducedSizeRtcp,
            boolean mixedExtensions) {

        /**
         * Copies the lists.
         *
         * @param index its place in the descriptions
         * @param mid its identification
         * @param kind audio or video
         * @param sends whether this side may send now
         * @param receives whether this side takes what comes now
         * @param sendCodecs what may be sent
         * @param receiveCodecs what may come
         * @param extensions the header extensions
         * @param encodings the streams to send
         * @param sources those that the other side has named
         * @param receiveRids the rids that may come
         * @param remoteCname of the other side's sources
         * @param reducedSizeRtcp whether RTCP may be sent without a report
         * @param mixedExtensions whether both forms of header extensions may be sent (RFC 8285 section 4.1.2)
         */
        public Section {
            sendCodecs = List.copyOf(sendCodecs);
            receiveCodecs = List.copyOf(receiveCodecs);
            extensions = List.copyOf(extensions);
            encodings = List.copyOf(encodings);
            sources = List.copyOf(sources);
            receiveRids = List.copyOf(receiveRids);
        }
    }

    /**
     * A codec with its payload type.
     *
     * @param payloadType 0 to 127
     * @param rtxPayloadType that of its retransmissions, or -1
     * @param codec what it is, with the parameters of the side that receives it
     * @param feedback what both sides have
     */
    public record Codec(int payloadType, int rtxPayloadType, CodecDescription codec, Set<RtcpFeedback> feedback) {

        /**
         * Copies the set.
         *
         * @param payloadType 0 to 127
         * @param rtxPayloadType that of its retransmissions, or -1
         * @param codec what it is
         * @param feedback what both sides have
         */
        public Codec {
            feedback = Set.copyOf(feedback);
        }
    }

    /**
     * A header extension.
     *
     * @param id 1 to 14, or 16 to 255
     * @param uri its name
     * @param sends whether this side may send it
     * @param receives whether the other side may send it
     */
    public record Extension(int id, String uri, boolean sends, boolean receives) {}

    /**
     * A source of the other side.
     *
     * @param ssrc the source
     * @param rtxSsrc that of its retransmissions, or {@link #NO_SSRC}
     * @param fecSsrc that of its repair packets, or {@link #NO_SSRC}
     */
    public record Source(long ssrc, long rtxSsrc, long fecSsrc) {

        /**
         * Names a source without repair packets.
         *
         * @param ssrc the source
         * @param rtxSsrc that of its retransmissions, or {@link #NO_SSRC}
         */
        public Source(long ssrc, long rtxSsrc) {
            this(ssrc, rtxSsrc, NO_SSRC);
        }
    }
}
