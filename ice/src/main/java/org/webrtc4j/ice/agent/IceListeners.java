package org.webrtc4j.ice.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;

/** The listeners of an agent, told one after the other in the order they were added. */
public final class IceListeners implements IceListener {

    private final List<IceListener> listeners = new ArrayList<>();

    /** Creates an empty list. */
    public IceListeners() {}

    /**
     * Adds a listener behind the others.
     *
     * @param listener hears from now on
     */
    public void add(IceListener listener) {
        listeners.add(listener);
    }

    @Override
    public void onStateChange(IceState state) {
        listeners.forEach(each -> each.onStateChange(state));
    }

    @Override
    public void onGatheringStateChange(IceGatheringState state) {
        listeners.forEach(each -> each.onGatheringStateChange(state));
    }

    @Override
    public void onCandidate(IceCandidate candidate) {
        listeners.forEach(each -> each.onCandidate(candidate));
    }

    @Override
    public void onCandidateRemoved(IceCandidate candidate) {
        listeners.forEach(each -> each.onCandidateRemoved(candidate));
    }

    @Override
    public void onCandidateError(IceCandidateError error) {
        listeners.forEach(each -> each.onCandidateError(error));
    }

    @Override
    public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
        listeners.forEach(each -> each.onSelectedPairChange(previous, current));
    }
}
