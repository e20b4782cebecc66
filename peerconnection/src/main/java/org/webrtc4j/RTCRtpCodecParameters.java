package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A codec with the payload type it was negotiated with.
 *
 * @param payloadType 0 to 127
 * @param mimeType such as video/VP8
 * @param clockRate in hertz
 * @param channels for audio; null for video
 * @param sdpFmtpLine the parameters of its a=fmtp line; null without
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcodecparameters">the specification</a>
 */
public record RTCRtpCodecParameters(
        int payloadType,
        String mimeType,
        int clockRate,
        @Nullable Integer channels,
        @Nullable String sdpFmtpLine) {

    /**
     * Returns the codec without its payload type.
     *
     * @return the codec
     */
    public RTCRtpCodec codec() {
        return new RTCRtpCodec(mimeType, clockRate, channels, sdpFmtpLine);
    }
}
