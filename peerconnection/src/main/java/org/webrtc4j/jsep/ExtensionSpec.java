package org.webrtc4j.jsep;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Direction;

/**
 * An RTP header extension that this side can negotiate (RFC 8285).
 *
 * @param uri its name
 * @param id the identifier to take where it is free
 * @param direction in which it is wanted; null leaves it out
 */
public record ExtensionSpec(String uri, int id, @Nullable Direction direction) {

    /** The extension that carries the mid; bundled sections cannot do without it (RFC 9143 section 15). */
    public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

    /** The extension that carries the rid (RFC 8852). */
    public static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

    /** The extension that carries the rid of what is retransmitted (RFC 8852). */
    public static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

    /** The number of a packet among all of the transport. */
    static final String TRANSPORT_SEQUENCE =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    private static final String EXPERIMENTS = "http://www.webrtc.org/experiments/rtp-hdrext/";

    private static final String DEPENDENCY_DESCRIPTOR =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";
    private static final String LAYERS_ALLOCATION = EXPERIMENTS + "video-layers-allocation00";
    private static final Set<String> LAYERS = Set.of(DEPENDENCY_DESCRIPTOR, LAYERS_ALLOCATION);

    private static final List<ExtensionSpec> AUDIO = List.of(
            on("urn:ietf:params:rtp-hdrext:ssrc-audio-level", 1),
            on(EXPERIMENTS + "abs-send-time", 2),
            on(TRANSPORT_SEQUENCE, 3),
            on(MID, 4),
            off("urn:ietf:params:rtp-hdrext:csrc-audio-level", 17),
            off(EXPERIMENTS + "abs-capture-time", 16));

    private static final List<ExtensionSpec> VIDEO = List.of(
            on("urn:ietf:params:rtp-hdrext:toffset", 14),
            on(EXPERIMENTS + "abs-send-time", 2),
            on("urn:3gpp:video-orientation", 13),
            on(TRANSPORT_SEQUENCE, 3),
            on(EXPERIMENTS + "playout-delay", 5),
            on(EXPERIMENTS + "video-content-type", 6),
            on(EXPERIMENTS + "video-timing", 7),
            on(EXPERIMENTS + "color-space", 8),
            on(MID, 4),
            on(RID, 10),
            on(REPAIRED_RID, 11),
            off(DEPENDENCY_DESCRIPTOR, 12),
            off(LAYERS_ALLOCATION, 9),
            off(EXPERIMENTS + "abs-capture-time", 16));

    /**
     * Returns the extensions of a kind of media.
     *
     * @param kind audio or video
     * @return in the order in which they are offered; empty for another kind
     */
    public static List<ExtensionSpec> of(String kind) {
        return switch (kind) {
            case "audio" -> AUDIO;
            case "video" -> VIDEO;
            default -> List.of();
        };
    }

    /**
     * Returns the extensions of a kind of media whose streams or pictures have layers: with those that describe layers, as
     * browsers offer them with several encodings, and as they are answered to whoever offers them.
     *
     * @param kind audio or video
     * @return as {@link #of}, with more of them wanted
     */
    public static List<ExtensionSpec> layered(String kind) {
        return of(kind).stream()
                .map(each -> LAYERS.contains(each.uri()) ? each.wanted(Direction.SENDRECV) : each)
                .toList();
    }

    /**
     * This extension, wanted in another direction.
     *
     * @param wanted the direction; null leaves it out
     * @return the changed extension
     */
    public ExtensionSpec wanted(@Nullable Direction wanted) {
        return new ExtensionSpec(uri, id, wanted);
    }

    private static ExtensionSpec on(String uri, int id) {
        return new ExtensionSpec(uri, id, Direction.SENDRECV);
    }

    private static ExtensionSpec off(String uri, int id) {
        return new ExtensionSpec(uri, id, null);
    }
}
