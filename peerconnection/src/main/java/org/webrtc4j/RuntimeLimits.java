package org.webrtc4j;

/**
 * What one runtime may hold. Each limit says what happens when it is reached.
 *
 * @param maxConnections connections at once; one more fails with OperationError; default 100,000
 * @param maxHandshakes DTLS handshakes at once on each side; more wait for a worker; default twice the processors
 * @param maxChannels data channels of one connection; one more fails with OperationError, one more of the other side is
 *     reset; default 16,384
 * @param maxBufferedBytes bytes of one connection given to send and not yet sent; more fails with OperationError; default
 *     64 MiB. One channel holds at most {@value #MAX_CHANNEL_BUFFER}
 * @param maxTotalBufferedBytes the same over all connections; default a quarter of the heap
 * @param maxSdpChars characters of a remote description; a longer one is refused with an RTCError; default 1,000,000
 * @param receiveWindowBytes bytes of one connection received and not yet consumed by handlers; the other side is held
 *     back; default 8 MiB
 * @param maxMessageBytes the largest message taken, announced as a=max-message-size; default 262,144. With 0, any size, a
 *     message larger than the window passes on a channel that is read with {@link RTCDataChannel#receiveStreaming}, and
 *     ends the association on another
 */
public record RuntimeLimits(
        int maxConnections,
        int maxHandshakes,
        int maxChannels,
        long maxBufferedBytes,
        long maxTotalBufferedBytes,
        int maxSdpChars,
        int receiveWindowBytes,
        int maxMessageBytes) {

    /** Bytes that one channel holds for sending: 16 MiB, as browsers do. */
    public static final int MAX_CHANNEL_BUFFER = 16 * 1024 * 1024;

    /**
     * Checks that every limit is positive, the largest message's apart.
     *
     * @param maxConnections connections at once
     * @param maxHandshakes DTLS handshakes at once on each side
     * @param maxChannels data channels of one connection
     * @param maxBufferedBytes bytes of one connection given to send and not yet sent
     * @param maxTotalBufferedBytes the same over all connections
     * @param maxSdpChars characters of a remote description
     * @param receiveWindowBytes bytes of one connection received and not yet consumed
     * @param maxMessageBytes the largest message taken
     */
    public RuntimeLimits {
        if (maxConnections < 1
                || maxHandshakes < 1
                || maxChannels < 1
                || maxBufferedBytes < 1
                || maxTotalBufferedBytes < 1
                || maxSdpChars < 1
                || receiveWindowBytes < 4096
                || maxMessageBytes < 0
                || maxMessageBytes > receiveWindowBytes) {
            throw new IllegalArgumentException(
                    "Limits are positive, and the largest message fits into the receive window or is 0");
        }
    }

    /**
     * Returns the defaults.
     *
     * @return every limit at its default
     */
    public static RuntimeLimits defaults() {
        return builder().build();
    }

    /**
     * Begins limits.
     *
     * @return a builder at the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects limits. */
    public static final class Builder {
        private int maxConnections = 100_000;
        private int maxHandshakes = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        private int maxChannels = 16_384;
        private long maxBufferedBytes = 64L * 1024 * 1024;
        private long maxTotalBufferedBytes =
                Math.max(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4);
        private int maxSdpChars = 1_000_000;
        private int receiveWindowBytes = 8 * 1024 * 1024;
        private int maxMessageBytes = 262_144;

        private Builder() {}

        /**
         * Sets {@link RuntimeLimits#maxConnections()}.
         *
         * @param value connections at once
         * @return this
         */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /**
         * Sets {@link RuntimeLimits#maxHandshakes()}.
         *
         * @param value DTLS handshakes at once on each side
         * @return this
         */
        public Builder maxHandshakes(int value) {
            maxHandshakes = value;
            return this;
        }

        /**
         * Sets {@link RuntimeLimits#maxChannels()}.
         *
         * @param value data channels of one connection
         * @return this
         */
        public Builder maxChannels(int value) {
            maxChannels = value;
            return this;
        }

        /**
         * Sets {@link RuntimeLimits#maxBufferedBytes()}.
         *
         * @param value bytes of one connection
         * @return this
         */
        public Builder maxBufferedBytes(long value) {
            maxBufferedBytes = value;
            return this;
        }

        /**
         * Sets {@link RuntimeLimits#maxTotalBufferedBytes()}.
         *
         * @param value bytes of all connections
         * @return this
         */
        public Builder maxTotalBufferedBytes(long value) {
            maxTotalBufferedBytes = value;
            return this;
        }

        /**
         * Sets {@link RuntimeLimits#maxSdpChars()}.
         *
         * @param value characters
         * @return this
         */
        public Builder maxSdpChars(int value) {
            maxSdpChars = value;
            return this;
        }

        /**
         * Sets {@link RuntimeLimits#receiveWindowBytes()}.
         *
         * @param value bytes of one connection
         * @return this
         */
        public Builder receiveWindowBytes(int value) {
            receiveWindowBytes = value;
            return this;
        }

        /**
         * Sets {@link RuntimeLimits#maxMessageBytes()}.
         *
         * @param value bytes of one message; 0 for any size
         * @return this
         */
        public Builder maxMessageBytes(int value) {
            maxMessageBytes = value;
            return this;
        }

        /**
         * Returns the limits.
         *
         * @return the limits
         */
        public RuntimeLimits build() {
            return new RuntimeLimits(
                    maxConnections,
                    maxHandshakes,
                    maxChannels,
                    maxBufferedBytes,
                    maxTotalBufferedBytes,
                    maxSdpChars,
                    receiveWindowBytes,
                    maxMessageBytes);
        }
    }
}
