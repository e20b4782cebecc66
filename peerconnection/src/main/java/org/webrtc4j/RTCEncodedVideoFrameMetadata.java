package org.webrtc4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an encoded picture beside its bytes.
 *
 * @param synchronizationSource its source
 * @param payloadType of its packets; null while nothing may be sent
 * @param mimeType its codec
 * @param rtpTimestamp the low 32 bits of its timestamp
 * @param receiveTime when it was complete, in milliseconds since 1970-01-01T00:00:00Z; null at a sender
 * @param frameId its number by the dependency descriptor; null without
 * @param dependencies the numbers of those it refers to; empty without a descriptor
 * @param width in pixels; null when it is not known
 * @param height in pixels; null when it is not known
 * @param spatialIndex its spatial layer, from 0
 * @param temporalIndex its temporal layer, from 0
 * @param rid which stream of a simulcast it is of, not of the W3C; null without simulcast
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#dictdef-rtcencodedvideoframemetadata">the specification</a>
 */
public record RTCEncodedVideoFrameMetadata(
        long synchronizationSource,
        @Nullable Integer payloadType,
        String mimeType,
        long rtpTimestamp,
        @Nullable Double receiveTime,
        @Nullable Long frameId,
        List<Long> dependencies,
        @Nullable Integer width,
        @Nullable Integer height,
        int spatialIndex,
        int temporalIndex,
        @Nullable String rid) {

    /**
     * Copies the list.
     *
     * @param synchronizationSource its source
     * @param payloadType of its packets
     * @param mimeType its codec
     * @param rtpTimestamp the low 32 bits of its timestamp
     * @param receiveTime when it was complete
     * @param frameId its number
     * @param dependencies the numbers of those it refers to
     * @param width in pixels
     * @param height in pixels
     * @param spatialIndex its spatial layer
     * @param temporalIndex its temporal layer
     * @param rid which stream of a simulcast it is of
     */
    public RTCEncodedVideoFrameMetadata {
        dependencies = List.copyOf(dependencies);
    }
}
