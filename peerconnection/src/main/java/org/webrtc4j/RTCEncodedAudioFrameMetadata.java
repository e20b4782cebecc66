package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * What is known of encoded sound beside its bytes.
 *
 * @param synchronizationSource its source
 * @param payloadType of its packet; null while nothing may be sent
 * @param mimeType its codec
 * @param rtpTimestamp the low 32 bits of its timestamp
 * @param receiveTime when it arrived, in milliseconds since 1970-01-01T00:00:00Z; null at a sender
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#dictdef-rtcencodedaudioframemetadata">the specification</a>
 */
public record RTCEncodedAudioFrameMetadata(
        long synchronizationSource,
        @Nullable Integer payloadType,
        String mimeType,
        long rtpTimestamp,
        @Nullable Double receiveTime) {}
