package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ICE transport of a connection, as an observer sees it.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicetransport">the specification</a>
 */
public final class RTCIceTransport extends EventTarget {

    // Written only in the connection's event place; read from any thread.
    private volatile RTCIceRole role = RTCIceRole.UNKNOWN;
    private volatile RTCIceTransportState state = RTCIceTransportState.NEW;
    private volatile RTCIceGathererState gatheringState = RTCIceGathererState.NEW;
    private volatile List<RTCIceCandidate> localCandidates = List.of();
    private volatile List<RTCIceCandidate> remoteCandidates = List.of();
    private volatile @Nullable RTCIceCandidatePair selectedPair;
    private volatile @Nullable RTCIceParameters localParameters;
    private volatile @Nullable RTCIceParameters remoteParameters;

    RTCIceTransport() {}

    /**
     * Returns the role.
     *
     * @return the role
     */
    public RTCIceRole role() {
        return role;
    }

    /**
     * Returns the component.
     *
     * @return always rtp: everything is multiplexed
     */
    public RTCIceComponent component() {
        return RTCIceComponent.RTP;
    }

    /**
     * Returns the state.
     *
     * @return the state
     */
    public RTCIceTransportState state() {
        return state;
    }

    /**
     * Returns the state of gathering.
     *
     * @return the state
     */
    public RTCIceGathererState gatheringState() {
        return gatheringState;
    }

    /**
     * Returns the candidates gathered in the current generation.
     *
     * @return the local candidates
     */
    public List<RTCIceCandidate> getLocalCandidates() {
        return localCandidates;
    }

    /**
     * Returns the candidates that the other side signalled in its current generation.
     *
     * @return the remote candidates
     */
    public List<RTCIceCandidate> getRemoteCandidates() {
        return remoteCandidates;
    }

    /**
     * Returns the pair that carries data.
     *
     * @return the pair, or null before one was selected
     */
    public @Nullable RTCIceCandidatePair getSelectedCandidatePair() {
        return selectedPair;
    }

    /**
     * Returns the local credentials.
     *
     * @return the credentials, or null before a local description was set
     */
    public @Nullable RTCIceParameters getLocalParameters() {
        return localParameters;
    }

    /**
     * Returns the remote credentials.
     *
     * @return the credentials, or null before a remote description was applied
     */
    public @Nullable RTCIceParameters getRemoteParameters() {
        return remoteParameters;
    }

    /**
     * Sets the handler of statechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCIceTransport onStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.STATECHANGE, handler);
        return this;
    }

    /**
     * Sets the handler of gatheringstatechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCIceTransport onGatheringStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.GATHERINGSTATECHANGE, handler);
        return this;
    }

    /**
     * Sets the handler of selectedcandidatepairchange.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCIceTransport onSelectedCandidatePairChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.SELECTEDCANDIDATEPAIRCHANGE, handler);
        return this;
    }

    void role(RTCIceRole value) {
        role = value;
    }

    void state(RTCIceTransportState value) {
        state = value;
    }

    void gatheringState(RTCIceGathererState value) {
        gatheringState = value;
    }

    void selectedPair(@Nullable RTCIceCandidatePair value) {
        selectedPair = value;
    }

    /** A new local generation has other credentials and no candidates yet. */
    void localParameters(RTCIceParameters value) {
        if (!value.equals(localParameters)) {
            localParameters = value;
            localCandidates = List.of();
        }
    }

    void remoteParameters(RTCIceParameters value) {
        if (!value.equals(remoteParameters)) {
            remoteParameters = value;
            remoteCandidates = List.of();
        }
    }

    void addLocalCandidate(RTCIceCandidate candidate) {
        localCandidates = appended(localCandidates, candidate);
    }

    void removeLocalCandidate(RTCIceCandidate candidate) {
        List<RTCIceCandidate> kept = new ArrayList<>(localCandidates);
        kept.removeIf(each -> each.candidate().equals(candidate.candidate()));
        localCandidates = List.copyOf(kept);
    }

    void addRemoteCandidate(RTCIceCandidate candidate) {
        remoteCandidates = appended(remoteCandidates, candidate);
    }

    private static List<RTCIceCandidate> appended(List<RTCIceCandidate> list, RTCIceCandidate candidate) {
        List<RTCIceCandidate> longer = new ArrayList<>(list);
        longer.add(candidate);
        return List.copyOf(longer);
    }
}
