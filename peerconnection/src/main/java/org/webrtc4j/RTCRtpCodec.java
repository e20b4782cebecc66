package org.webrtc4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A codec as the W3C describes it.
 *
 * @param mimeType such as video/VP8; letters of either case
 * @param clockRate in hertz
 * @param channels 1 or 2 for audio; null when the codec has none
 * @param sdpFmtpLine the parameters of its a=fmtp line; null without
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcodec">the specification</a>
 */
public record RTCRtpCodec(
        String mimeType,
        int clockRate,
        @Nullable Integer channels,
        @Nullable String sdpFmtpLine) {

    /** Equal in all members, the media type without regard to case. */
    boolean sameAs(RTCRtpCodec other) {
        return mimeType.equalsIgnoreCase(other.mimeType)
                && clockRate == other.clockRate
                && Objects.equals(channels, other.channels)
                && Objects.equals(sdpFmtpLine, other.sdpFmtpLine);
    }

    /**
     * Begins a dictionary.
     *
     * @return a builder at the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a dictionary from this one.
     *
     * @return a builder with these members
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.mimeType = mimeType;
        builder.clockRate = clockRate;
        builder.channels = channels;
        builder.sdpFmtpLine = sdpFmtpLine;
        return builder;
    }

    /** Collects the members of the dictionary. */
    public static final class Builder {
        private String mimeType = "";
        private int clockRate = 0;
        private @Nullable Integer channels;
        private @Nullable String sdpFmtpLine;

        private Builder() {}

        /**
         * Sets mimeType.
         *
         * @param mimeType such as video/VP8; letters of either case
         * @return this
         */
        public Builder mimeType(String mimeType) {
            this.mimeType = mimeType;
            return this;
        }

        /**
         * Sets clockRate.
         *
         * @param clockRate in hertz
         * @return this
         */
        public Builder clockRate(int clockRate) {
            this.clockRate = clockRate;
            return this;
        }

        /**
         * Sets channels.
         *
         * @param channels 1 or 2 for audio; null when the codec has none
         * @return this
         */
        public Builder channels(@Nullable Integer channels) {
            this.channels = channels;
            return this;
        }

        /**
         * Sets sdpFmtpLine.
         *
         * @param sdpFmtpLine the parameters of its a=fmtp line; null without
         * @return this
         */
        public Builder sdpFmtpLine(@Nullable String sdpFmtpLine) {
            this.sdpFmtpLine = sdpFmtpLine;
            return this;
        }

        /**
         * Returns the dictionary.
         *
         * @return the dictionary
         */
        public RTCRtpCodec build() {
            return new RTCRtpCodec(mimeType, clockRate, channels, sdpFmtpLine);
        }
    }
}
