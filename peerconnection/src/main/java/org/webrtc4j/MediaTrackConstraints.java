package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * What a track should be like. Every member is what a bare value is in a page, an ideal: what comes near to it is taken.
 * {@code exactDeviceId} is {@code {deviceId: {exact: ...}}}.
 *
 * @param deviceId the device wanted, or null for any
 * @param exactDeviceId the only device to be taken, or null for any
 * @param width pixels, or null
 * @param height pixels, or null
 * @param frameRate pictures in a second, or null
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#media-track-constraints">the specification</a>
 */
public record MediaTrackConstraints(
        @Nullable String deviceId,
        @Nullable String exactDeviceId,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Double frameRate) {

    /**
     * Returns the dictionary with every member absent, {@code true} in a page.
     *
     * @return no constraints
     */
    public static MediaTrackConstraints any() {
        return builder().build();
    }

    /**
     * Begins a dictionary.
     *
     * @return a builder with every member absent
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
        builder.deviceId = deviceId;
        builder.exactDeviceId = exactDeviceId;
        builder.width = width;
        builder.height = height;
        builder.frameRate = frameRate;
        return builder;
    }

    /** Collects the members of the dictionary. */
    public static final class Builder {
        private @Nullable String deviceId;
        private @Nullable String exactDeviceId;
        private @Nullable Integer width;
        private @Nullable Integer height;
        private @Nullable Double frameRate;

        private Builder() {}

        /**
         * Sets deviceId.
         *
         * @param deviceId the device wanted, or null for any
         * @return this
         */
        public Builder deviceId(@Nullable String deviceId) {
            this.deviceId = deviceId;
            return this;
        }

        /**
         * Sets deviceId with exact.
         *
         * @param exactDeviceId the only device to be taken, or null for any
         * @return this
         */
        public Builder exactDeviceId(@Nullable String exactDeviceId) {
            this.exactDeviceId = exactDeviceId;
            return this;
        }

        /**
         * Sets width.
         *
         * @param width pixels, or null
         * @return this
         */
        public Builder width(@Nullable Integer width) {
            this.width = width;
            return this;
        }

        /**
         * Sets height.
         *
         * @param height pixels, or null
         * @return this
         */
        public Builder height(@Nullable Integer height) {
            this.height = height;
            return this;
        }

        /**
         * Sets frameRate.
         *
         * @param frameRate pictures in a second, or null
         * @return this
         */
        public Builder frameRate(@Nullable Double frameRate) {
            this.frameRate = frameRate;
            return this;
        }

        /**
         * Returns the dictionary.
         *
         * @return the dictionary
         */
        public MediaTrackConstraints build() {
            return new MediaTrackConstraints(deviceId, exactDeviceId, width, height, frameRate);
        }
    }
}
