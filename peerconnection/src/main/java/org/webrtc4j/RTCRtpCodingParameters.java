package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * What identifies one stream.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcodingparameters">the specification</a>
 */
public sealed interface RTCRtpCodingParameters permits RTCRtpEncodingParameters {

    /**
     * Returns the identification among several streams.
     *
     * @return the rid, or null when there is one stream only
     */
    @Nullable
    String rid();
}
