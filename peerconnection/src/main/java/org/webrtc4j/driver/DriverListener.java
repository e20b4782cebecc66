package org.webrtc4j.driver;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.sctp.datachannel.DataChannelEvent;

/** Hears what happens on the loop and only queues it; {@link #drainEvents} is where handlers run. */
public interface DriverListener {

    /**
     * The ICE transport changed.
     *
     * @param state its state
     * @param role its role
     * @param explanation for a failed one, what was tried and what came back; else empty
     */
    void onIceState(IceState state, IceRole role, String explanation);

    /**
     * Gathering began or ended.
     *
     * @param state the new state
     */
    void onGatheringState(IceGatheringState state);

    /**
     * A local candidate was gathered.
     *
     * @param candidate the candidate
     */
    void onLocalCandidate(IceCandidate candidate);

    /**
     * A candidate told before is gone, with its address.
     *
     * @param candidate the candidate
     */
    void onLocalCandidateRemoved(IceCandidate candidate);

    /**
     * A server could not be used.
     *
     * @param error what happened
     */
    void onCandidateError(IceCandidateError error);

    /**
     * Another pair carries data.
     *
     * @param pair the pair, or null when there is none
     */
    void onSelectedPair(@Nullable SelectedPair pair);

    /** The DTLS handshake began. */
    void onDtlsStarted();

    /**
     * The DTLS association changed.
     *
     * @param event what happened
     */
    void onDtlsEvent(DtlsEvent event);

    /**
     * Something happened to the association or a channel.
     *
     * @param event what happened
     */
    void onDataEvent(DataChannelEvent event);

    /** The association may have sent something: what is buffered is less. */
    void onDataAdvanced();

    /**
     * Delivers what was queued, where the loop is the place of events.
     *
     * @return true when something ran
     */
    boolean drainEvents();

    /**
     * A task of the driver threw: a bug, or an engine's assertion.
     *
     * @param thrown what was thrown
     */
    void onInternalError(Throwable thrown);

    /** Everything is released; nothing follows. */
    void onReleased();

    /**
     * Another bit rate is what all media together may be sent with.
     *
     * @param bitsPerSecond of whole RTP packets
     */
    void onTargetBitrate(long bitsPerSecond);
}
