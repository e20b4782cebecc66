package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * How a data channel is to be made.
 *
 * @param ordered whether messages arrive in the order sent; default true
 * @param maxPacketLifeTime milliseconds after which a message is given up, 0 to 65535; null when absent
 * @param maxRetransmits how often a message is resent before it is given up, 0 to 65535; null when absent
 * @param protocol the subprotocol; default empty
 * @param negotiated true when both sides make the channel themselves; default false
 * @param id the stream, 0 to 65534; null lets the connection choose, which a negotiated channel does not
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcdatachannelinit">the specification</a>
 */
public record RTCDataChannelInit(
        boolean ordered,
        @Nullable Integer maxPacketLifeTime,
        @Nullable Integer maxRetransmits,
        String protocol,
        boolean negotiated,
        @Nullable Integer id) {

    /**
     * Returns the dictionary with every member at its default.
     *
     * @return ordered, reliable, in-band
     */
    public static RTCDataChannelInit defaults() {
        return builder().build();
    }

    /**
     * Begins a dictionary.
     *
     * @return a builder at the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the members of the dictionary. */
    public static final class Builder {
        private boolean ordered = true;
        private @Nullable Integer maxPacketLifeTime;
        private @Nullable Integer maxRetransmits;
        private String protocol = "";
        private boolean negotiated;
        private @Nullable Integer id;

        private Builder() {}

        /**
         * Sets whether messages arrive in the order sent.
         *
         * @param ordered false to deliver each as soon as it is there
         * @return this
         */
        public Builder ordered(boolean ordered) {
            this.ordered = ordered;
            return this;
        }

        /**
         * Sets after how long a message is given up.
         *
         * @param milliseconds 0 to 65535
         * @return this
         */
        public Builder maxPacketLifeTime(int milliseconds) {
            maxPacketLifeTime = milliseconds;
            return this;
        }

        /**
         * Sets how often a message is resent before it is given up.
         *
         * @param times 0 to 65535
         * @return this
         */
        public Builder maxRetransmits(int times) {
            maxRetransmits = times;
            return this;
        }

        /**
         * Sets the subprotocol.
         *
         * @param protocol at most 65535 bytes of UTF-8
         * @return this
         */
        public Builder protocol(String protocol) {
            this.protocol = protocol;
            return this;
        }

        /**
         * Sets whether both sides make the channel themselves.
         *
         * @param negotiated true needs an id
         * @return this
         */
        public Builder negotiated(boolean negotiated) {
            this.negotiated = negotiated;
            return this;
        }

        /**
         * Sets the stream.
         *
         * @param id 0 to 65534
         * @return this
         */
        public Builder id(int id) {
            this.id = id;
            return this;
        }

        /**
         * Returns the dictionary. Its members are checked by createDataChannel.
         *
         * @return the dictionary
         */
        public RTCDataChannelInit build() {
            return new RTCDataChannelInit(ordered, maxPacketLifeTime, maxRetransmits, protocol, negotiated, id);
        }
    }
}
