package org.webrtc4j.driver;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;

/** Takes note of what the agent tells, and asks for a turn. */
final class IceEvents implements IceListener {

    private final ConnectionDriver driver;
    private final IceLink link;
    private final DriverListener listener;
    private final IceAgent agent;

    IceEvents(ConnectionDriver driver, IceLink link, DriverListener listener, IceAgent agent) {
        this.driver = driver;
        this.link = link;
        this.listener = listener;
        this.agent = agent;
    }

    @Override
    public void onStateChange(IceState state) {
        listener.onIceState(state, agent.role(), state == IceState.FAILED ? agent.explain() : "");
        link.onState(state);
    }

    @Override
    public void onGatheringStateChange(IceGatheringState state) {
        listener.onGatheringState(state);
        driver.requestTurn();
    }

    @Override
    public void onCandidate(IceCandidate candidate) {
        listener.onLocalCandidate(candidate);
        driver.requestTurn();
    }

    @Override
    public void onCandidateRemoved(IceCandidate candidate) {
        listener.onLocalCandidateRemoved(candidate);
        driver.requestTurn();
    }

    @Override
    public void onCandidateError(IceCandidateError error) {
        listener.onCandidateError(error);
        driver.requestTurn();
    }

    @Override
    public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
        if (previous != null) {
            driver.data().pathChanged();
        }
        listener.onSelectedPair(current);
        driver.requestTurn();
    }
}
