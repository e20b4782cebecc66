package org.webrtc4j.sctp;

/**
 * How an association behaves; the defaults are the WebRTC profile (RFC 8831). Times are nanoseconds.
 *
 * @param localPort SCTP port here, 0 to 65535
 * @param remotePort SCTP port of the peer
 * @param maxPacketSize largest SCTP packet sent, in bytes; 1191 fits 1280 with IPv6, UDP, DTLS and TURN around it
 * @param receiveWindow bytes the peer may have on the way, in reassembly or unread
 * @param maxReceiveMessageSize largest message accepted, in bytes; a larger one ends the association. 0: as large as the window
 * @param maxSendMessageSize largest message the peer accepts (a=max-message-size), in bytes; 0: any
 * @param streamBufferSize bytes queued per stream before {@code send} refuses; a message counts at least 64
 * @param inboundStreams streams granted to the peer, 1 to 65535
 * @param outboundStreams streams asked of the peer, 1 to 65535
 * @param rtoInitialNanos retransmission timeout before the first sample
 * @param rtoMinNanos least retransmission timeout
 * @param rtoMaxNanos largest retransmission timeout computed from samples
 * @param backoffMaxNanos where doubling of a timeout ends
 * @param delayedAckNanos how long a lone packet waits for its acknowledgement
 * @param initialCwndPackets initial congestion window, in packets
 * @param maxBurstPackets packets that may leave in one turn beyond what its acknowledgements cover
 * @param maxInitRetransmits how often INIT or COOKIE ECHO are sent again; {@link #UNLIMITED}: ICE owns liveness
 * @param maxAssociationRetransmits consecutive timeouts of data, heartbeats, resets or shutdown before the association is given up
 * @param heartbeatIntervalNanos idle time before a HEARTBEAT; 0: none
 * @param cookieLifeNanos how long a state cookie is valid
 * @param partialReliability whether FORWARD-TSN is announced (RFC 3758)
 * @param noDelay whether a small message leaves while others are outstanding; false: Nagle's rule (RFC 9260 section 6.1)
 * @param maxQueuedReplies control chunks that may wait for the end of a turn; further answers are dropped and counted
 * @param initialTsn first TSN, for repeatable runs; {@link #RANDOM}: drawn
 * @param verificationTag tag of this side, for repeatable runs; {@link #RANDOM}: drawn
 */
public record SctpOptions(
        int localPort,
        int remotePort,
        int maxPacketSize,
        int receiveWindow,
        int maxReceiveMessageSize,
        int maxSendMessageSize,
        int streamBufferSize,
        int inboundStreams,
        int outboundStreams,
        long rtoInitialNanos,
        long rtoMinNanos,
        long rtoMaxNanos,
        long backoffMaxNanos,
        long delayedAckNanos,
        int initialCwndPackets,
        int maxBurstPackets,
        int maxInitRetransmits,
        int maxAssociationRetransmits,
        long heartbeatIntervalNanos,
        long cookieLifeNanos,
        boolean partialReliability,
        boolean noDelay,
        int maxQueuedReplies,
        long initialTsn,
        long verificationTag) {

    /** No limit on retransmissions. */
    public static final int UNLIMITED = -1;

    /** Drawn from the association's random generator. */
    public static final long RANDOM = -1;

    private static final int SMALLEST_PACKET = 512;
    private static final int SMALLEST_WINDOW = 4096;

    /**
     * Checks the values.
     *
     * @param localPort SCTP port here, 0 to 65535
     * @param remotePort SCTP port of the peer
     * @param maxPacketSize largest SCTP packet sent, in bytes
     * @param receiveWindow bytes the peer may have on the way, in reassembly or unread
     * @param maxReceiveMessageSize largest message accepted, in bytes
     * @param maxSendMessageSize largest message the peer accepts
     * @param streamBufferSize bytes queued per stream before {@code send} refuses
     * @param inboundStreams streams granted to the peer, 1 to 65535
     * @param outboundStreams streams asked of the peer, 1 to 65535
     * @param rtoInitialNanos retransmission timeout before the first sample
     * @param rtoMinNanos least retransmission timeout
     * @param rtoMaxNanos largest retransmission timeout computed from samples
     * @param backoffMaxNanos where doubling of a timeout ends
     * @param delayedAckNanos how long a lone packet waits for its acknowledgement
     * @param initialCwndPackets initial congestion window, in packets
     * @param maxBurstPackets packets that may leave in one turn beyond what its acknowledgements cover
     * @param maxInitRetransmits how often INIT or COOKIE ECHO are sent again
     * @param maxAssociationRetransmits consecutive timeouts of data, heartbeats, resets or shutdown before the association is given up
     * @param heartbeatIntervalNanos idle time before a HEARTBEAT
     * @param cookieLifeNanos how long a state cookie is valid
     * @param partialReliability whether FORWARD-TSN is announced
     * @param noDelay whether a small message leaves while others are outstanding
     * @param maxQueuedReplies control chunks that may wait for the end of a turn
     * @param initialTsn first TSN, for repeatable runs
     * @param verificationTag tag of this side, for repeatable runs
     * @throws IllegalArgumentException when one is out of its range
     */
    public SctpOptions {
        check(localPort >= 0 && localPort <= 65_535, "localPort");
        check(remotePort >= 0 && remotePort <= 65_535, "remotePort");
        check(maxPacketSize >= SMALLEST_PACKET && maxPacketSize <= 65_535, "maxPacketSize");
        check(receiveWindow >= SMALLEST_WINDOW, "receiveWindow");
        check(maxReceiveMessageSize >= 0, "maxReceiveMessageSize");
        check(maxSendMessageSize >= 0, "maxSendMessageSize");
        check(streamBufferSize > 0, "streamBufferSize");
        check(inboundStreams > 0 && inboundStreams <= 65_535, "inboundStreams");
        check(outboundStreams > 0 && outboundStreams <= 65_535, "outboundStreams");
        check(rtoMinNanos > 0 && rtoMinNanos <= rtoMaxNanos, "rtoMinNanos");
        check(rtoInitialNanos > 0 && rtoInitialNanos <= rtoMaxNanos, "rtoInitialNanos");
        check(backoffMaxNanos > 0, "backoffMaxNanos");
        // RFC 9260 section 6.2: an acknowledgement is delayed by no more than 500 ms.
        check(delayedAckNanos >= 0 && delayedAckNanos <= 500_000_000L, "delayedAckNanos");
        check(initialCwndPackets > 0, "initialCwndPackets");
        check(maxBurstPackets > 0, "maxBurstPackets");
        check(maxInitRetransmits >= UNLIMITED, "maxInitRetransmits");
        check(maxAssociationRetransmits >= UNLIMITED, "maxAssociationRetransmits");
        check(heartbeatIntervalNanos >= 0, "heartbeatIntervalNanos");
        check(cookieLifeNanos > 0, "cookieLifeNanos");
        check(maxQueuedReplies > 0, "maxQueuedReplies");
        check(initialTsn >= RANDOM && initialTsn <= 0xffff_ffffL, "initialTsn");
        check(verificationTag >= RANDOM && verificationTag <= 0xffff_ffffL && verificationTag != 0, "verificationTag");
    }

    private static void check(boolean valid, String name) {
        if (!valid) {
            throw new IllegalArgumentException(name + " out of range");
        }
    }

    /**
     * Returns the WebRTC profile.
     *
     * @return every default
     */
    public static SctpOptions defaults() {
        return new Builder().build();
    }

    /**
     * Returns a builder that starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder that starts from these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.localPort = localPort;
        builder.remotePort = remotePort;
        builder.maxPacketSize = maxPacketSize;
        builder.receiveWindow = receiveWindow;
        builder.maxReceiveMessageSize = maxReceiveMessageSize;
        builder.maxSendMessageSize = maxSendMessageSize;
        builder.streamBufferSize = streamBufferSize;
        builder.inboundStreams = inboundStreams;
        builder.outboundStreams = outboundStreams;
        builder.rtoInitialNanos = rtoInitialNanos;
        builder.rtoMinNanos = rtoMinNanos;
        builder.rtoMaxNanos = rtoMaxNanos;
        builder.backoffMaxNanos = backoffMaxNanos;
        builder.delayedAckNanos = delayedAckNanos;
        builder.initialCwndPackets = initialCwndPackets;
        builder.maxBurstPackets = maxBurstPackets;
        builder.maxInitRetransmits = maxInitRetransmits;
        builder.maxAssociationRetransmits = maxAssociationRetransmits;
        builder.heartbeatIntervalNanos = heartbeatIntervalNanos;
        builder.cookieLifeNanos = cookieLifeNanos;
        builder.partialReliability = partialReliability;
        builder.noDelay = noDelay;
        builder.maxQueuedReplies = maxQueuedReplies;
        builder.initialTsn = initialTsn;
        builder.verificationTag = verificationTag;
        return builder;
    }

    /** Collects options; see the components of {@link SctpOptions} for meaning and units. */
    public static final class Builder {

        private int localPort = 5000;
        private int remotePort = 5000;
        private int maxPacketSize = 1191;
        private int receiveWindow = 8 * 1024 * 1024;
        private int maxReceiveMessageSize = 262_144;
        private int maxSendMessageSize = 65_536;
        private int streamBufferSize = 16 * 1024 * 1024;
        private int inboundStreams = 65_535;
        private int outboundStreams = 65_535;
        private long rtoInitialNanos = 500_000_000L;
        private long rtoMinNanos = 400_000_000L;
        private long rtoMaxNanos = 60_000_000_000L;
        private long backoffMaxNanos = 3_000_000_000L;
        private long delayedAckNanos = 20_000_000L;
        private int initialCwndPackets = 10;
        private int maxBurstPackets = 10;
        private int maxInitRetransmits = UNLIMITED;
        private int maxAssociationRetransmits = UNLIMITED;
        private long heartbeatIntervalNanos = 30_000_000_000L;
        private long cookieLifeNanos = 60_000_000_000L;
        private boolean partialReliability = true;
        private boolean noDelay = true;
        private int maxQueuedReplies = 32;
        private long initialTsn = RANDOM;
        private long verificationTag = RANDOM;

        private Builder() {}

        /**
         * Sets {@link SctpOptions#localPort()}.
         *
         * @param value SCTP port here, 0 to 65535
         * @return this
         */
        public Builder localPort(int value) {
            localPort = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#remotePort()}.
         *
         * @param value SCTP port of the peer
         * @return this
         */
        public Builder remotePort(int value) {
            remotePort = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#maxPacketSize()}.
         *
         * @param value largest SCTP packet sent, in bytes; 1191 fits 1280 with IPv6, UDP, DTLS and TURN around it
         * @return this
         */
        public Builder maxPacketSize(int value) {
            maxPacketSize = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#receiveWindow()}.
         *
         * @param value bytes the peer may have on the way, in reassembly or unread
         * @return this
         */
        public Builder receiveWindow(int value) {
            receiveWindow = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#maxReceiveMessageSize()}.
         *
         * @param value largest message accepted, in bytes; a larger one ends the association. 0: as large as the window
         * @return this
         */
        public Builder maxReceiveMessageSize(int value) {
            maxReceiveMessageSize = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#maxSendMessageSize()}.
         *
         * @param value largest message the peer accepts (a=max-message-size), in bytes; 0: any
         * @return this
         */
        public Builder maxSendMessageSize(int value) {
            maxSendMessageSize = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#streamBufferSize()}.
         *
         * @param value bytes queued per stream before {@code send} refuses; a message counts at least 64
         * @return this
         */
        public Builder streamBufferSize(int value) {
            streamBufferSize = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#inboundStreams()}.
         *
         * @param value streams granted to the peer, 1 to 65535
         * @return this
         */
        public Builder inboundStreams(int value) {
            inboundStreams = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#outboundStreams()}.
         *
         * @param value streams asked of the peer, 1 to 65535
         * @return this
         */
        public Builder outboundStreams(int value) {
            outboundStreams = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#rtoInitialNanos()}.
         *
         * @param value retransmission timeout before the first sample
         * @return this
         */
        public Builder rtoInitialNanos(long value) {
            rtoInitialNanos = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#rtoMinNanos()}.
         *
         * @param value least retransmission timeout
         * @return this
         */
        public Builder rtoMinNanos(long value) {
            rtoMinNanos = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#rtoMaxNanos()}.
         *
         * @param value largest retransmission timeout computed from samples
         * @return this
         */
        public Builder rtoMaxNanos(long value) {
            rtoMaxNanos = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#backoffMaxNanos()}.
         *
         * @param value where doubling of a timeout ends
         * @return this
         */
        public Builder backoffMaxNanos(long value) {
            backoffMaxNanos = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#delayedAckNanos()}.
         *
         * @param value how long a lone packet waits for its acknowledgement
         * @return this
         */
        public Builder delayedAckNanos(long value) {
            delayedAckNanos = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#initialCwndPackets()}.
         *
         * @param value initial congestion window, in packets
         * @return this
         */
        public Builder initialCwndPackets(int value) {
            initialCwndPackets = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#maxBurstPackets()}.
         *
         * @param value packets that may leave in one turn beyond what its acknowledgements cover
         * @return this
         */
        public Builder maxBurstPackets(int value) {
            maxBurstPackets = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#maxInitRetransmits()}.
         *
         * @param value how often INIT or COOKIE ECHO are sent again; {@link #UNLIMITED}: ICE owns liveness
         * @return this
         */
        public Builder maxInitRetransmits(int value) {
            maxInitRetransmits = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#maxAssociationRetransmits()}.
         *
         * @param value consecutive timeouts of data, heartbeats, resets or shutdown before the association is given up
         * @return this
         */
        public Builder maxAssociationRetransmits(int value) {
            maxAssociationRetransmits = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#heartbeatIntervalNanos()}.
         *
         * @param value idle time before a HEARTBEAT; 0: none
         * @return this
         */
        public Builder heartbeatIntervalNanos(long value) {
            heartbeatIntervalNanos = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#cookieLifeNanos()}.
         *
         * @param value how long a state cookie is valid
         * @return this
         */
        public Builder cookieLifeNanos(long value) {
            cookieLifeNanos = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#partialReliability()}.
         *
         * @param value whether FORWARD-TSN is announced (RFC 3758)
         * @return this
         */
        public Builder partialReliability(boolean value) {
            partialReliability = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#noDelay()}.
         *
         * @param value whether a small message leaves while others are outstanding; false: Nagle's rule (RFC 9260 section 6.1)
         * @return this
         */
        public Builder noDelay(boolean value) {
            noDelay = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#maxQueuedReplies()}.
         *
         * @param value control chunks that may wait for the end of a turn; further answers are dropped and counted
         * @return this
         */
        public Builder maxQueuedReplies(int value) {
            maxQueuedReplies = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#initialTsn()}.
         *
         * @param value first TSN, for repeatable runs; {@link #RANDOM}: drawn
         * @return this
         */
        public Builder initialTsn(long value) {
            initialTsn = value;
            return this;
        }

        /**
         * Sets {@link SctpOptions#verificationTag()}.
         *
         * @param value tag of this side, for repeatable runs; {@link #RANDOM}: drawn
         * @return this
         */
        public Builder verificationTag(long value) {
            verificationTag = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws IllegalArgumentException when a value is out of its range
         */
        public SctpOptions build() {
            return new SctpOptions(
                    localPort,
                    remotePort,
                    maxPacketSize,
                    receiveWindow,
                    maxReceiveMessageSize,
                    maxSendMessageSize,
                    streamBufferSize,
                    inboundStreams,
                    outboundStreams,
                    rtoInitialNanos,
                    rtoMinNanos,
                    rtoMaxNanos,
                    backoffMaxNanos,
                    delayedAckNanos,
                    initialCwndPackets,
                    maxBurstPackets,
                    maxInitRetransmits,
                    maxAssociationRetransmits,
                    heartbeatIntervalNanos,
                    cookieLifeNanos,
                    partialReliability,
                    noDelay,
                    maxQueuedReplies,
                    initialTsn,
                    verificationTag);
        }
    }
}
