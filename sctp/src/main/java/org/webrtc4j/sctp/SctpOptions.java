package org.webrtc4j.sctp;

/**
 * How an association behaves; the defaults are the WebRTC profile (RFC 8831). Times are nanoseconds.
 *
 * @param localPort SCTP port here, 0 to 65535
 * @param remotePort SCTP port of the peer
 * @param maxPacketSize largest SCTP packet sent, in bytes; 1191 fits 1280 with IPv6, UDP, DTLS and TURN around it
 * @param receiveWindow bytes the peer may have on the way, in reassembly or unread
 * @param maxReceiveMessageSize largest message accepted, in bytes; a larger one ends the association. 0: as large as the
 *     window, or of any size on a stream that is read part by part
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
 * @param maxBurstPackets packets that may leave at once however slow the path is
 * @param congestionControl how much may be in flight, and how fast it leaves
 * @param maxInitRetransmits how often INIT or COOKIE ECHO are sent again; {@link #UNLIMITED}: ICE owns liveness
 * @param maxAssociationRetransmits consecutive timeouts of data, heartbeats, resets or shutdown before the association is given up
 * @param heartbeatIntervalNanos idle time before a HEARTBEAT; 0: none
 * @param cookieLifeNanos how long a state cookie is valid
 * @param partialReliability whether FORWARD-TSN is announced (RFC 3758)
 * @param interleaving whether messages of several streams may be interleaved where the peer can (RFC 8260), so that a large one
 *     does not hold up the others
 * @param scheduler which stream's turn it is when several have something to send
 * @param noDelay whether a small message leaves while others are outstanding; false: Nagle's rule (RFC 9260 section 6.1)
 * @param zeroChecksum whether packets without a checksum are taken, and sent to a peer that takes them (RFC 9653); only over
 *     DTLS, which protects each packet
 * @param maxProbedPacketSize largest packet tried by path MTU discovery (RFC 8899), in bytes; 0: {@code maxPacketSize} stays
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
        SctpCongestionControl congestionControl,
        int maxInitRetransmits,
        int maxAssociationRetransmits,
        long heartbeatIntervalNanos,
        long cookieLifeNanos,
        boolean partialReliability,
        boolean interleaving,
        SctpScheduler scheduler,
        boolean noDelay,
        boolean zeroChecksum,
        int maxProbedPacketSize,
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
     * @param maxBurstPackets packets that may leave at once however slow the path is
     * @param congestionControl how much may be in flight, and how fast it leaves
     * @param maxInitRetransmits how often INIT or COOKIE ECHO are sent again
     * @param maxAssociationRetransmits consecutive timeouts of data, heartbeats, resets or shutdown before the association is given up
     * @param heartbeatIntervalNanos idle time before a HEARTBEAT
     * @param cookieLifeNanos how long a state cookie is valid
     * @param partialReliability whether FORWARD-TSN is announced
     * @param interleaving whether messages of several streams may be interleaved
     * @param scheduler which stream's turn it is
     * @param noDelay whether a small message leaves while others are outstanding
     * @param zeroChecksum whether packets without a checksum are taken, and sent to a peer that takes them
     * @param maxProbedPacketSize largest packet tried by path MTU discovery, in bytes
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
        check(
                maxProbedPacketSize == 0 || (maxProbedPacketSize >= maxPacketSize && maxProbedPacketSize <= 65_535),
                "maxProbedPacketSize");
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
        return new SctpOptionsBuilder().build();
    }

    /**
     * Returns a builder that starts from the defaults.
     *
     * @return a new builder
     */
    public static SctpOptionsBuilder builder() {
        return new SctpOptionsBuilder();
    }

    /**
     * Returns a builder that starts from these options.
     *
     * @return a new builder
     */
    public SctpOptionsBuilder toBuilder() {
        return new SctpOptionsBuilder(this);
    }
}
