package org.webrtc4j.ice.agent;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;

/** What the listeners of an agent know of it: its state and its selected pair, each change told once. */
final class AgentState {

    private final IceEngine.Sink sink;
    private @Nullable SelectedPair announced;
    private IceState state = IceState.NEW;
    /** Checks have been possible, or a pair was there: the state does not go back to NEW. */
    private boolean checked;

    private int selectedPairChanges;

    AgentState(IceEngine.Sink sink) {
        this.sink = sink;
    }

    IceState get() {
        return state;
    }

    int selectedPairChanges() {
        return selectedPairChanges;
    }

    boolean isClosed() {
        return state == IceState.CLOSED;
    }

    void close() {
        announce(null);
        change(IceState.CLOSED);
    }

    /**
     * Follows the generations, and tells what has changed.
     *
     * @param selected the pair that carries data
     * @param started whether checks may begin as soon as there is something to check
     */
    void follow(Generations generations, @Nullable CandidatePair selected, boolean started) {
        announce(selected);
        IceState next = compute(generations, selected, started);
        if (next == IceState.COMPLETED && state != IceState.CONNECTED && state != next) {
            // Listeners see each connection come up the same way, however fast it was.
            change(IceState.CONNECTED);
        }
        if (next != state) {
            change(next);
        }
    }

    private void change(IceState next) {
        state = next;
        sink.onEvent(new IceEvent.StateChanged(next));
    }

    private void announce(@Nullable CandidatePair selected) {
        SelectedPair now = selected == null ? null : selected.toSelectedPair();
        SelectedPair before = announced;
        if (!Objects.equals(now, before)) {
            announced = now;
            selectedPairChanges++;
            sink.onEvent(new IceEvent.SelectedPairChanged(before, now));
        }
    }

    private IceState compute(Generations generations, @Nullable CandidatePair carrying, boolean started) {
        Generation current = generations.current();
        if (carrying != null) {
            checked = true;
            boolean ofCurrent = carrying == current.selected();
            if (generations.isDisconnected()) {
                return ofCurrent ? IceState.DISCONNECTED : IceState.CHECKING;
            }
            return ofCurrent && current.isComplete() ? IceState.COMPLETED : IceState.CONNECTED;
        }
        if (current.isFailed()) {
            return IceState.FAILED;
        }
        if (current.isPathLost()) {
            return IceState.DISCONNECTED;
        }
        if (started && current.remote() != null && current.hasRemoteCandidates()) {
            checked = true;
        }
        return checked ? IceState.CHECKING : IceState.NEW;
    }
}
