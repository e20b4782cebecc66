package org.webrtc4j;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.DescriptionRules;
import org.webrtc4j.sdp.SessionDescription;

/**
 * Where the exchange of descriptions stands: the state of RFC 9429 section 3.2 and the four descriptions of W3C. A value;
 * each step gives the next one.
 */
record SignalingModel(
        RTCSignalingState state,
        @Nullable Described currentLocal,
        @Nullable Described pendingLocal,
        @Nullable Described currentRemote,
        @Nullable Described pendingRemote) {

    static final SignalingModel INITIAL = new SignalingModel(RTCSignalingState.STABLE, null, null, null, null);

    /**
     * A description that was applied.
     *
     * @param type offer, pranswer or answer
     * @param parsed its content
     * @param dataIndex its data section, or -1
     * @param carrier the section that carries the transport, or -1
     * @param visible what the getters return: the same object on each call
     */
    record Described(
            RTCSdpType type, SessionDescription parsed, int dataIndex, int carrier, RTCSessionDescription visible) {

        static Described of(RTCSdpType type, SessionDescription parsed, int dataIndex, int carrier) {
            return new Described(type, parsed, dataIndex, carrier, new RTCSessionDescription(type, parsed));
        }

        Described with(SessionDescription changed) {
            return of(type, changed, dataIndex, carrier);
        }
    }

    @Nullable
    Described local() {
        return pendingLocal != null ? pendingLocal : currentLocal;
    }

    @Nullable
    Described remote() {
        return pendingRemote != null ? pendingRemote : currentRemote;
    }

    /** The descriptions of the last exchange, as text is parsed; null before the first. */
    @Nullable
    SessionDescription localText() {
        return currentLocal == null ? null : currentLocal.parsed();
    }

    @Nullable
    SessionDescription remoteText() {
        return currentRemote == null ? null : currentRemote.parsed();
    }

    /** The sections that both sides used in the last exchange. */
    List<Integer> inUse() {
        return DescriptionRules.inUse(localText(), remoteText());
    }

    /** The kind of description that setLocalDescription makes when it is not told. */
    RTCSdpType implicitType() {
        return switch (state) {
            case STABLE, HAVE_LOCAL_OFFER, HAVE_REMOTE_PRANSWER -> RTCSdpType.OFFER;
            case HAVE_REMOTE_OFFER, HAVE_LOCAL_PRANSWER, CLOSED -> RTCSdpType.ANSWER;
        };
    }

    /** The state that a description of this side leads to. */
    RTCSignalingState afterLocal(RTCSdpType type) {
        return switch (type) {
            case OFFER ->
                require(
                        type,
                        true,
                        RTCSignalingState.HAVE_LOCAL_OFFER,
                        RTCSignalingState.STABLE,
                        state == RTCSignalingState.HAVE_LOCAL_OFFER);
            case PRANSWER ->
                require(
                        type,
                        true,
                        RTCSignalingState.HAVE_LOCAL_PRANSWER,
                        RTCSignalingState.HAVE_REMOTE_OFFER,
                        state == RTCSignalingState.HAVE_LOCAL_PRANSWER);
            case ANSWER ->
                require(
                        type,
                        true,
                        RTCSignalingState.STABLE,
                        RTCSignalingState.HAVE_REMOTE_OFFER,
                        state == RTCSignalingState.HAVE_LOCAL_PRANSWER);
            case ROLLBACK -> afterRollback();
        };
    }

    /** The state that a description of the other side leads to. */
    RTCSignalingState afterRemote(RTCSdpType type) {
        return switch (type) {
            case OFFER ->
                require(
                        type,
                        false,
                        RTCSignalingState.HAVE_REMOTE_OFFER,
                        RTCSignalingState.STABLE,
                        state == RTCSignalingState.HAVE_REMOTE_OFFER);
            case PRANSWER ->
                require(
                        type,
                        false,
                        RTCSignalingState.HAVE_REMOTE_PRANSWER,
                        RTCSignalingState.HAVE_LOCAL_OFFER,
                        state == RTCSignalingState.HAVE_REMOTE_PRANSWER);
            case ANSWER ->
                require(
                        type,
                        false,
                        RTCSignalingState.STABLE,
                        RTCSignalingState.HAVE_LOCAL_OFFER,
                        state == RTCSignalingState.HAVE_REMOTE_PRANSWER);
            case ROLLBACK -> afterRollback();
        };
    }

    /** Whether an offer of the other side first takes back the one of this side (RFC 9429 section 4.1.10.2). */
    boolean rollsBackFor(RTCSdpType remoteType) {
        return remoteType == RTCSdpType.OFFER && state == RTCSignalingState.HAVE_LOCAL_OFFER;
    }

    SignalingModel withLocal(Described description) {
        RTCSignalingState next = afterLocal(description.type());
        return description.type() == RTCSdpType.ANSWER
                ? new SignalingModel(next, description, null, pendingRemote, null)
                : new SignalingModel(next, currentLocal, description, currentRemote, pendingRemote);
    }

    SignalingModel withRemote(Described description) {
        RTCSignalingState next = afterRemote(description.type());
        return description.type() == RTCSdpType.ANSWER
                ? new SignalingModel(next, pendingLocal, null, description, null)
                : new SignalingModel(next, currentLocal, pendingLocal, currentRemote, description);
    }

    SignalingModel rolledBack() {
        return new SignalingModel(afterRollback(), currentLocal, null, currentRemote, null);
    }

    SignalingModel withLocalTexts(@Nullable Described current, @Nullable Described pending) {
        return new SignalingModel(state, current, pending, currentRemote, pendingRemote);
    }

    SignalingModel withRemoteTexts(@Nullable Described current, @Nullable Described pending) {
        return new SignalingModel(state, currentLocal, pendingLocal, current, pending);
    }

    private RTCSignalingState afterRollback() {
        if (state == RTCSignalingState.HAVE_LOCAL_OFFER || state == RTCSignalingState.HAVE_REMOTE_OFFER) {
            return RTCSignalingState.STABLE;
        }
        throw DOMException.invalidState("There is nothing to roll back in state " + state);
    }

    private RTCSignalingState require(
            RTCSdpType type, boolean local, RTCSignalingState next, RTCSignalingState from, boolean repeated) {
        if (state == from || repeated) {
            return next;
        }
        throw DOMException.invalidState(
                "A " + (local ? "local " : "remote ") + type + " is not possible in state " + state);
    }
}
