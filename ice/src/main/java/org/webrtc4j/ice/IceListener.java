package org.webrtc4j.ice;

import org.jspecify.annotations.Nullable;

/** Hears what happens to a transport, on its loop. Takes note only; see {@link IceTransport#addListener}. */
public interface IceListener {

    /**
     * The state changed.
     *
     * @param state the new state
     */
    default void onStateChange(IceState state) {}

    /**
     * Gathering began or ended.
     *
     * @param state the new state; after COMPLETE no candidate follows in this generation, unless the agent gathers
     *     continually and the machine's addresses have changed: then GATHERING and COMPLETE come once more
     */
    default void onGatheringStateChange(IceGatheringState state) {}

    /**
     * A local candidate was gathered and may be signalled (RFC 8838 section 9).
     *
     * @param candidate the candidate
     */
    default void onCandidate(IceCandidate candidate) {}

    /**
     * A local candidate of the current generation is gone: its address is not this machine's any more, or a relay was lost.
     *
     * @param candidate as told by {@link #onCandidate} before
     */
    default void onCandidateRemoved(IceCandidate candidate) {}

    /**
     * A STUN or TURN server could not be used.
     *
     * @param error what happened
     */
    default void onCandidateError(IceCandidateError error) {}

    /**
     * Another pair carries data now.
     *
     * @param previous the pair before, or null
     * @param current the pair from now on, or null when there is none
     */
    default void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {}
}
