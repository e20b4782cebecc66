package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.RTCSdpType.ANSWER;
import static org.webrtc4j.RTCSdpType.OFFER;
import static org.webrtc4j.RTCSdpType.PRANSWER;
import static org.webrtc4j.RTCSdpType.ROLLBACK;
import static org.webrtc4j.RTCSignalingState.HAVE_LOCAL_OFFER;
import static org.webrtc4j.RTCSignalingState.HAVE_LOCAL_PRANSWER;
import static org.webrtc4j.RTCSignalingState.HAVE_REMOTE_OFFER;
import static org.webrtc4j.RTCSignalingState.HAVE_REMOTE_PRANSWER;
import static org.webrtc4j.RTCSignalingState.STABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of signalling state and description, legal or not (RFC 9429 section 3.2, figure 2). */
class SignalingModelTest {

    record Step(
            RTCSignalingState from,
            boolean local,
            RTCSdpType type,
            @Nullable RTCSignalingState to) {}

    private record Event(boolean local, RTCSdpType type) {}

    private static final Map<RTCSignalingState, Map<Event, RTCSignalingState>> LEGAL = Map.of(
            STABLE,
            Map.of(new Event(true, OFFER), HAVE_LOCAL_OFFER, new Event(false, OFFER), HAVE_REMOTE_OFFER),
            HAVE_LOCAL_OFFER,
            Map.of(
                    new Event(true, OFFER), HAVE_LOCAL_OFFER,
                    new Event(false, PRANSWER), HAVE_REMOTE_PRANSWER,
                    new Event(false, ANSWER), STABLE,
                    new Event(true, ROLLBACK), STABLE,
                    new Event(false, ROLLBACK), STABLE),
            HAVE_REMOTE_OFFER,
            Map.of(
                    new Event(false, OFFER), HAVE_REMOTE_OFFER,
                    new Event(true, PRANSWER), HAVE_LOCAL_PRANSWER,
                    new Event(true, ANSWER), STABLE,
                    new Event(true, ROLLBACK), STABLE,
                    new Event(false, ROLLBACK), STABLE),
            HAVE_LOCAL_PRANSWER,
            Map.of(new Event(true, PRANSWER), HAVE_LOCAL_PRANSWER, new Event(true, ANSWER), STABLE),
            HAVE_REMOTE_PRANSWER,
            Map.of(new Event(false, PRANSWER), HAVE_REMOTE_PRANSWER, new Event(false, ANSWER), STABLE));

    static Stream<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (RTCSignalingState from : LEGAL.keySet()) {
            for (RTCSdpType type : RTCSdpType.values()) {
                for (boolean local : new boolean[] {true, false}) {
                    steps.add(new Step(from, local, type, LEGAL.get(from).get(new Event(local, type))));
                }
            }
        }
        return steps.stream();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void eachDescriptionLeadsToItsStateOrIsAnInvalidStateError(Step step) {
        SignalingModel model = new SignalingModel(step.from(), null, null, null, null);
        if (step.to() == null) {
            assertThatThrownBy(() -> next(model, step))
                    .isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                            .isEqualTo("InvalidStateError"));
        } else {
            assertThat(next(model, step)).isEqualTo(step.to());
        }
    }

    private static RTCSignalingState next(SignalingModel model, Step step) {
        return step.local() ? model.afterLocal(step.type()) : model.afterRemote(step.type());
    }

    @Test
    void withoutATypeTheDescriptionThatIsDueIsMade() {
        assertThat(implicitIn(STABLE)).isEqualTo(OFFER);
        assertThat(implicitIn(HAVE_LOCAL_OFFER)).isEqualTo(OFFER);
        assertThat(implicitIn(HAVE_REMOTE_PRANSWER)).isEqualTo(OFFER);
        assertThat(implicitIn(HAVE_REMOTE_OFFER)).isEqualTo(ANSWER);
        assertThat(implicitIn(HAVE_LOCAL_PRANSWER)).isEqualTo(ANSWER);
    }

    @Test
    void onlyARemoteOfferThatMeetsALocalOneRollsBackByItself() {
        assertThat(new SignalingModel(HAVE_LOCAL_OFFER, null, null, null, null).rollsBackFor(OFFER))
                .isTrue();
        assertThat(new SignalingModel(HAVE_LOCAL_OFFER, null, null, null, null).rollsBackFor(ANSWER))
                .isFalse();
        assertThat(new SignalingModel(HAVE_REMOTE_PRANSWER, null, null, null, null).rollsBackFor(OFFER))
                .isFalse();
    }

    private static RTCSdpType implicitIn(RTCSignalingState state) {
        return new SignalingModel(state, null, null, null, null).implicitType();
    }
}
