package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A candidate as signalling carries it.
 *
 * @param candidate the candidate attribute's text, from {@code candidate:} on; empty tells the end of candidates
 * @param sdpMid the media section it belongs to, or null
 * @param sdpMLineIndex the index of that section, from 0, or null
 * @param usernameFragment the ICE generation it belongs to, or null for the current one
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcicecandidateinit">the specification</a>
 */
public record RTCIceCandidateInit(
        String candidate,
        @Nullable String sdpMid,
        @Nullable Integer sdpMLineIndex,
        @Nullable String usernameFragment) {

    /**
     * Begins a dictionary.
     *
     * @return a builder with an empty candidate and everything else null
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the members of the dictionary. */
    public static final class Builder {
        private String candidate = "";
        private @Nullable String sdpMid;
        private @Nullable Integer sdpMLineIndex;
        private @Nullable String usernameFragment;

        private Builder() {}

        /**
         * Sets the candidate attribute's text.
         *
         * @param candidate from {@code candidate:} on; empty tells the end of candidates
         * @return this
         */
        public Builder candidate(String candidate) {
            this.candidate = candidate;
            return this;
        }

        /**
         * Sets the media section.
         *
         * @param sdpMid its identification, or null
         * @return this
         */
        public Builder sdpMid(@Nullable String sdpMid) {
            this.sdpMid = sdpMid;
            return this;
        }

        /**
         * Sets the index of the media section.
         *
         * @param sdpMLineIndex from 0, or null
         * @return this
         */
        public Builder sdpMLineIndex(@Nullable Integer sdpMLineIndex) {
            this.sdpMLineIndex = sdpMLineIndex;
            return this;
        }

        /**
         * Sets the ICE generation.
         *
         * @param usernameFragment its ufrag, or null for the current one
         * @return this
         */
        public Builder usernameFragment(@Nullable String usernameFragment) {
            this.usernameFragment = usernameFragment;
            return this;
        }

        /**
         * Returns the dictionary.
         *
         * @return the dictionary
         */
        public RTCIceCandidateInit build() {
            return new RTCIceCandidateInit(candidate, sdpMid, sdpMLineIndex, usernameFragment);
        }
    }
}
