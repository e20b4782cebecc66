package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * One stream that a sender sends.
 *
 * @param rid its identification among several; null when it is the only one. Cannot be changed later
 * @param active whether it is sent; default true
 * @param codec the codec to send with; null for the first that was negotiated
 * @param maxBitrate in bits per second; null for no limit
 * @param maxFramerate in frames per second, 0 or more; null for no limit. Video only
 * @param scaleResolutionDownBy 1 or more; null for audio, and for the default
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpencodingparameters">the specification</a>
 */
public record RTCRtpEncodingParameters(
        @Nullable String rid,
        boolean active,
        @Nullable RTCRtpCodec codec,
        @Nullable Long maxBitrate,
        @Nullable Double maxFramerate,
        @Nullable Double scaleResolutionDownBy)
        implements RTCRtpCodingParameters {

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
        builder.rid = rid;
        builder.active = active;
        builder.codec = codec;
        builder.maxBitrate = maxBitrate;
        builder.maxFramerate = maxFramerate;
        builder.scaleResolutionDownBy = scaleResolutionDownBy;
        return builder;
    }

    /** Collects the members of the dictionary. */
    public static final class Builder {
        private @Nullable String rid;
        private boolean active = true;
        private @Nullable RTCRtpCodec codec;
        private @Nullable Long maxBitrate;
        private @Nullable Double maxFramerate;
        private @Nullable Double scaleResolutionDownBy;

        private Builder() {}

        /**
         * Sets rid.
         *
         * @param rid its identification among several; null when it is the only one. Cannot be changed later
         * @return this
         */
        public Builder rid(@Nullable String rid) {
            this.rid = rid;
            return this;
        }

        /**
         * Sets active.
         *
         * @param active whether it is sent; default true
         * @return this
         */
        public Builder active(boolean active) {
            this.active = active;
            return this;
        }

        /**
         * Sets codec.
         *
         * @param codec the codec to send with; null for the first that was negotiated
         * @return this
         */
        public Builder codec(@Nullable RTCRtpCodec codec) {
            this.codec = codec;
            return this;
        }

        /**
         * Sets maxBitrate.
         *
         * @param maxBitrate in bits per second; null for no limit
         * @return this
         */
        public Builder maxBitrate(@Nullable Long maxBitrate) {
            this.maxBitrate = maxBitrate;
            return this;
        }

        /**
         * Sets maxFramerate.
         *
         * @param maxFramerate in frames per second, 0 or more; null for no limit. Video only
         * @return this
         */
        public Builder maxFramerate(@Nullable Double maxFramerate) {
            this.maxFramerate = maxFramerate;
            return this;
        }

        /**
         * Sets scaleResolutionDownBy.
         *
         * @param scaleResolutionDownBy 1 or more; null for audio, and for the default
         * @return this
         */
        public Builder scaleResolutionDownBy(@Nullable Double scaleResolutionDownBy) {
            this.scaleResolutionDownBy = scaleResolutionDownBy;
            return this;
        }

        /**
         * Returns the dictionary.
         *
         * @return the dictionary
         */
        public RTCRtpEncodingParameters build() {
            return new RTCRtpEncodingParameters(rid, active, codec, maxBitrate, maxFramerate, scaleResolutionDownBy);
        }
    }
}
