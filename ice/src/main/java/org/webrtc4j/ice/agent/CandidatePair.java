package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.IceStats.PairState;
import org.webrtc4j.ice.SelectedPair;

/** A local port and a remote candidate (RFC 8445 section 6.1.2): the state of their checks, and their counters. */
public final class CandidatePair {

    final LocalPort localPort;
    final RemoteCandidate remote;

    /** The candidate that stands for this side: the base, until an answer told how the peer sees us. */
    IceCandidate local;

    long priority;
    PairState state = PairState.WAITING;
    /** Transactions begun, to try what was never tried before what failed. */
    int attempts;
    /** A Waiting pair is not checked before this; see {@link #deferred}. */
    long notBeforeNanos;

    boolean deferred;
    /** In the triggered queue. */
    boolean triggered;
    /** The next check carries USE-CANDIDATE. */
    boolean nominate;
    /** The transaction whose outcome decides the state; others of this pair are cancelled or about consent. */
    @Nullable
    CheckTransaction check;

    /** Why its TCP connection has ended or was never made; null while it may be there. */
    @Nullable
    ConnectionEnd end;

    /** An authentic packet came from the remote address to this port. */
    boolean verified;

    boolean nominated;
    boolean nominatedByPeer;
    long nominatedByPeerNanos;
    /** The peer's NOMINATION, or -1. */
    long peerNomination = -1;

    long firstSuccessNanos;
    long lastSuccessNanos;

    private long packetsSent;
    private long packetsReceived;
    private long bytesSent;
    private long bytesReceived;
    private long lastSentNanos = -1;
    private long lastReceivedNanos = -1;
    private long totalRoundTripNanos;
    private long currentRoundTripNanos = -1;
    long requestsReceived;
    long requestsSent;
    long responsesReceived;
    long responsesSent;
    long consentRequestsSent;

    CandidatePair(LocalPort localPort, IceCandidate local, RemoteCandidate remote) {
        this.localPort = localPort;
        this.local = local;
        this.remote = remote;
    }

    /**
     * Returns the port from which packets of this pair leave.
     *
     * @return the owner's number for it
     */
    public int port() {
        return localPort.id();
    }

    /**
     * Returns where packets of this pair go.
     *
     * @return the remote address
     */
    public InetSocketAddress remoteAddress() {
        return remote.address();
    }

    /**
     * Counts a packet of the layers above that was given to the port.
     *
     * @param bytes its size
     */
    public void countSent(int bytes) {
        packetsSent++;
        bytesSent += bytes;
    }

    /**
     * Notes when packets counted before left.
     *
     * @param nowNanos the time of this turn
     */
    public void sentAt(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    /**
     * Counts a packet for the layers above that came.
     *
     * @param bytes its size
     * @param nowNanos the time of this turn
     */
    public void countReceived(int bytes, long nowNanos) {
        packetsReceived++;
        bytesReceived += bytes;
        lastReceivedNanos = nowNanos;
    }

    /**
     * Tells whether this pair joins a port and an address.
     *
     * @param port the owner's number of the port
     * @param address the remote address
     * @return true when it does
     */
    boolean joins(int port, InetSocketAddress address) {
        // Compares 4 or 16 bytes and a port: nothing is hashed or allocated.
        return localPort.id() == port && remote.address().equals(address);
    }

    /** An answer to the check under way does no harm any more, and its absence neither. */
    void cancelCheck() {
        if (check != null) {
            check.cancelled = true;
            check = null;
        }
    }

    boolean isTcp() {
        return localPort.tcpType() != null;
    }

    /** A pair of a connection that the peer had opened ends with it. */
    boolean mayBeChecked() {
        return end == null || localPort.isActive();
    }

    /** What a better pair is waited for longer: the way leads through a relay, or loss holds up what comes behind it. */
    boolean isFallback() {
        return isTcp() || isRelayed();
    }

    private boolean isRelayed() {
        return local.type() == IceCandidateType.RELAYED || remote.candidate().type() == IceCandidateType.RELAYED;
    }

    /** Both agents order pairs alike: the controlling side's candidate comes first. */
    void rank(boolean controlling) {
        long ours = localPort.priority();
        long theirs = remote.candidate().priority();
        priority = controlling ? CandidatePriority.ofPair(ours, theirs) : CandidatePriority.ofPair(theirs, ours);
    }

    void succeeded(long nowNanos) {
        if (state != PairState.SUCCEEDED) {
            firstSuccessNanos = nowNanos;
        }
        state = PairState.SUCCEEDED;
        lastSuccessNanos = nowNanos;
    }

    void measured(long roundTripNanos) {
        currentRoundTripNanos = roundTripNanos;
        totalRoundTripNanos += roundTripNanos;
    }

    long roundTripNanos() {
        return currentRoundTripNanos;
    }

    /**
     * Returns the two candidates.
     *
     * @return the pair as listeners see it
     */
    public SelectedPair toSelectedPair() {
        return new SelectedPair(local, remote.candidate());
    }

    IceStats.Pair toStats() {
        return new IceStats.Pair(
                local,
                remote.candidate(),
                state,
                nominated || nominatedByPeer,
                packetsSent,
                packetsReceived,
                bytesSent,
                bytesReceived,
                totalRoundTripNanos,
                currentRoundTripNanos,
                requestsReceived,
                requestsSent,
                responsesReceived,
                responsesSent,
                consentRequestsSent,
                lastSentNanos,
                lastReceivedNanos);
    }
}
