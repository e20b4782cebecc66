package org.webrtc4j.sctp;

/** Collects options; see the components of {@link SctpOptions} for meaning and units. */
public final class SctpOptionsBuilder {

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
    private long rtoMinNanos = 220_000_000L;
    private long rtoMaxNanos = 60_000_000_000L;
    private long backoffMaxNanos = 3_000_000_000L;
    private long delayedAckNanos = 20_000_000L;
    private int initialCwndPackets = 10;
    private int maxBurstPackets = 10;
    private SctpCongestionControl congestionControl = SctpCongestionControl.STANDARD;
    private int maxInitRetransmits = SctpOptions.UNLIMITED;
    private int maxAssociationRetransmits = SctpOptions.UNLIMITED;
    private long heartbeatIntervalNanos = 30_000_000_000L;
    private long cookieLifeNanos = 60_000_000_000L;
    private boolean partialReliability = true;
    private boolean interleaving;
    private SctpScheduler scheduler = SctpScheduler.WEIGHTED_FAIR;
    private boolean noDelay = true;
    private boolean zeroChecksum;
    private int maxProbedPacketSize;
    private int maxQueuedReplies = 32;
    private long initialTsn = SctpOptions.RANDOM;
    private long verificationTag = SctpOptions.RANDOM;

    /** Creates a builder at the defaults. */
    SctpOptionsBuilder() {}

    /** Creates a builder at the values of these options. */
    SctpOptionsBuilder(SctpOptions options) {
        localPort = options.localPort();
        remotePort = options.remotePort();
        maxPacketSize = options.maxPacketSize();
        receiveWindow = options.receiveWindow();
        maxReceiveMessageSize = options.maxReceiveMessageSize();
        maxSendMessageSize = options.maxSendMessageSize();
        streamBufferSize = options.streamBufferSize();
        inboundStreams = options.inboundStreams();
        outboundStreams = options.outboundStreams();
        rtoInitialNanos = options.rtoInitialNanos();
        rtoMinNanos = options.rtoMinNanos();
        rtoMaxNanos = options.rtoMaxNanos();
        backoffMaxNanos = options.backoffMaxNanos();
        delayedAckNanos = options.delayedAckNanos();
        initialCwndPackets = options.initialCwndPackets();
        maxBurstPackets = options.maxBurstPackets();
        congestionControl = options.congestionControl();
        maxInitRetransmits = options.maxInitRetransmits();
        maxAssociationRetransmits = options.maxAssociationRetransmits();
        heartbeatIntervalNanos = options.heartbeatIntervalNanos();
        cookieLifeNanos = options.cookieLifeNanos();
        partialReliability = options.partialReliability();
        interleaving = options.interleaving();
        scheduler = options.scheduler();
        noDelay = options.noDelay();
        zeroChecksum = options.zeroChecksum();
        maxProbedPacketSize = options.maxProbedPacketSize();
        maxQueuedReplies = options.maxQueuedReplies();
        initialTsn = options.initialTsn();
        verificationTag = options.verificationTag();
    }

    /**
     * Sets {@link SctpOptions#localPort()}.
     *
     * @param value SCTP port here, 0 to 65535
     * @return this
     */
    public SctpOptionsBuilder localPort(int value) {
        localPort = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#remotePort()}.
     *
     * @param value SCTP port of the peer
     * @return this
     */
    public SctpOptionsBuilder remotePort(int value) {
        remotePort = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxPacketSize()}.
     *
     * @param value largest SCTP packet sent, in bytes; 1191 fits 1280 with IPv6, UDP, DTLS and TURN around it
     * @return this
     */
    public SctpOptionsBuilder maxPacketSize(int value) {
        maxPacketSize = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#receiveWindow()}.
     *
     * @param value bytes the peer may have on the way, in reassembly or unread
     * @return this
     */
    public SctpOptionsBuilder receiveWindow(int value) {
        receiveWindow = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxReceiveMessageSize()}.
     *
     * @param value largest message accepted, in bytes; a larger one ends the association. 0: as large as the window
     * @return this
     */
    public SctpOptionsBuilder maxReceiveMessageSize(int value) {
        maxReceiveMessageSize = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxSendMessageSize()}.
     *
     * @param value largest message the peer accepts (a=max-message-size), in bytes; 0: any
     * @return this
     */
    public SctpOptionsBuilder maxSendMessageSize(int value) {
        maxSendMessageSize = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#streamBufferSize()}.
     *
     * @param value bytes queued per stream before {@code send} refuses; a message counts at least 64
     * @return this
     */
    public SctpOptionsBuilder streamBufferSize(int value) {
        streamBufferSize = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#inboundStreams()}.
     *
     * @param value streams granted to the peer, 1 to 65535
     * @return this
     */
    public SctpOptionsBuilder inboundStreams(int value) {
        inboundStreams = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#outboundStreams()}.
     *
     * @param value streams asked of the peer, 1 to 65535
     * @return this
     */
    public SctpOptionsBuilder outboundStreams(int value) {
        outboundStreams = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#rtoInitialNanos()}.
     *
     * @param value retransmission timeout before the first sample
     * @return this
     */
    public SctpOptionsBuilder rtoInitialNanos(long value) {
        rtoInitialNanos = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#rtoMinNanos()}.
     *
     * @param value least retransmission timeout
     * @return this
     */
    public SctpOptionsBuilder rtoMinNanos(long value) {
        rtoMinNanos = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#rtoMaxNanos()}.
     *
     * @param value largest retransmission timeout computed from samples
     * @return this
     */
    public SctpOptionsBuilder rtoMaxNanos(long value) {
        rtoMaxNanos = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#backoffMaxNanos()}.
     *
     * @param value where doubling of a timeout ends
     * @return this
     */
    public SctpOptionsBuilder backoffMaxNanos(long value) {
        backoffMaxNanos = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#delayedAckNanos()}.
     *
     * @param value how long a lone packet waits for its acknowledgement
     * @return this
     */
    public SctpOptionsBuilder delayedAckNanos(long value) {
        delayedAckNanos = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#initialCwndPackets()}.
     *
     * @param value initial congestion window, in packets
     * @return this
     */
    public SctpOptionsBuilder initialCwndPackets(int value) {
        initialCwndPackets = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxBurstPackets()}.
     *
     * @param value packets that may leave at once however slow the path is
     * @return this
     */
    public SctpOptionsBuilder maxBurstPackets(int value) {
        maxBurstPackets = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#congestionControl()}.
     *
     * @param value how much may be in flight, and how fast it leaves
     * @return this
     */
    public SctpOptionsBuilder congestionControl(SctpCongestionControl value) {
        congestionControl = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxInitRetransmits()}.
     *
     * @param value how often INIT or COOKIE ECHO are sent again; {@link SctpOptions#UNLIMITED}: ICE owns liveness
     * @return this
     */
    public SctpOptionsBuilder maxInitRetransmits(int value) {
        maxInitRetransmits = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxAssociationRetransmits()}.
     *
     * @param value consecutive timeouts of data, heartbeats, resets or shutdown before the association is given up
     * @return this
     */
    public SctpOptionsBuilder maxAssociationRetransmits(int value) {
        maxAssociationRetransmits = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#heartbeatIntervalNanos()}.
     *
     * @param value idle time before a HEARTBEAT; 0: none
     * @return this
     */
    public SctpOptionsBuilder heartbeatIntervalNanos(long value) {
        heartbeatIntervalNanos = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#cookieLifeNanos()}.
     *
     * @param value how long a state cookie is valid
     * @return this
     */
    public SctpOptionsBuilder cookieLifeNanos(long value) {
        cookieLifeNanos = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#partialReliability()}.
     *
     * @param value whether FORWARD-TSN is announced (RFC 3758)
     * @return this
     */
    public SctpOptionsBuilder partialReliability(boolean value) {
        partialReliability = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#interleaving()}.
     *
     * @param value whether messages of several streams may be interleaved where the peer can (RFC 8260)
     * @return this
     */
    public SctpOptionsBuilder interleaving(boolean value) {
        interleaving = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#scheduler()}.
     *
     * @param value which stream's turn it is when several have something to send
     * @return this
     */
    public SctpOptionsBuilder scheduler(SctpScheduler value) {
        scheduler = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#noDelay()}.
     *
     * @param value whether a small message leaves while others are outstanding; false: Nagle's rule (RFC 9260 section 6.1)
     * @return this
     */
    public SctpOptionsBuilder noDelay(boolean value) {
        noDelay = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#zeroChecksum()}; false by default.
     *
     * @param value whether packets without a checksum are taken, and sent to a peer that takes them (RFC 9653)
     * @return this
     */
    public SctpOptionsBuilder zeroChecksum(boolean value) {
        zeroChecksum = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxProbedPacketSize()}; 0 by default. 1400 fits what most paths of the Internet carry, with
     * IPv6, UDP, DTLS and TURN around it.
     *
     * @param value largest packet tried by path MTU discovery (RFC 8899), in bytes; 0: none is tried
     * @return this
     */
    public SctpOptionsBuilder maxProbedPacketSize(int value) {
        maxProbedPacketSize = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#maxQueuedReplies()}.
     *
     * @param value control chunks that may wait for the end of a turn; further answers are dropped and counted
     * @return this
     */
    public SctpOptionsBuilder maxQueuedReplies(int value) {
        maxQueuedReplies = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#initialTsn()}.
     *
     * @param value first TSN, for repeatable runs; {@link SctpOptions#RANDOM}: drawn
     * @return this
     */
    public SctpOptionsBuilder initialTsn(long value) {
        initialTsn = value;
        return this;
    }

    /**
     * Sets {@link SctpOptions#verificationTag()}.
     *
     * @param value tag of this side, for repeatable runs; {@link SctpOptions#RANDOM}: drawn
     * @return this
     */
    public SctpOptionsBuilder verificationTag(long value) {
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
                congestionControl,
                maxInitRetransmits,
                maxAssociationRetransmits,
                heartbeatIntervalNanos,
                cookieLifeNanos,
                partialReliability,
                interleaving,
                scheduler,
                noDelay,
                zeroChecksum,
                maxProbedPacketSize,
                maxQueuedReplies,
                initialTsn,
                verificationTag);
    }
}
