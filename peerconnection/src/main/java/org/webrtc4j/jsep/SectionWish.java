package org.webrtc4j.jsep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.sdp.Direction;

/**
 * What a transceiver wants of its media section: a snapshot, from which offers and answers are written.
 *
 * @param kind audio or video
 * @param index the section it is associated with, or -1
 * @param mid the identification of that section, or null before one is given
 * @param stopped whether the section is to be given up
 * @param direction the wanted direction
 * @param codecs in the order of preference
 * @param preferred whether that order was chosen, so that an answer keeps it rather than the offer's
 * @param extensions the header extensions
 * @param streamIds of the streams its track is in
 * @param trackId identifies what the sender sends, whichever track it is
 * @param cname of this side's sources
 * @param encodings the streams to send
 */
public record SectionWish(
        String kind,
        int index,
        @Nullable String mid,
        boolean stopped,
        Direction direction,
        List<CodecCapability> codecs,
        boolean preferred,
        List<ExtensionSpec> extensions,
        List<String> streamIds,
        String trackId,
        String cname,
        List<LocalEncoding> encodings) {

    /**
     * Copies the lists.
     *
     * @param kind audio or video
     * @param index the section it is associated with, or -1
     * @param mid the identification of that section, or null
     * @param stopped whether the section is to be given up
     * @param direction the wanted direction
     * @param codecs in the order of preference
     * @param preferred whether that order was chosen
     * @param extensions the header extensions
     * @param streamIds of the streams its track is in
     * @param trackId identifies what the sender sends
     * @param cname of this side's sources
     * @param encodings the streams to send
     */
    public SectionWish {
        codecs = List.copyOf(codecs);
        extensions = List.copyOf(extensions);
        streamIds = List.copyOf(streamIds);
        encodings = List.copyOf(encodings);
    }

    /**
     * This wish with other streams to send: those that the other side takes.
     *
     * @return the changed wish
     */
    SectionWish sending(List<LocalEncoding> taken) {
        return taken.equals(encodings)
                ? this
                : new SectionWish(
                        kind,
                        index,
                        mid,
                        stopped,
                        direction,
                        codecs,
                        preferred,
                        extensions,
                        streamIds,
                        trackId,
                        cname,
                        taken);
    }
}
