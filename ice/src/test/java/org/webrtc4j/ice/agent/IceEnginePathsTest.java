package org.webrtc4j.ice.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.agent.EngineFixture.OURS;
import static org.webrtc4j.ice.agent.EngineFixture.PEER;
import static org.webrtc4j.ice.agent.EngineFixture.at;
import static org.webrtc4j.ice.agent.EngineFixture.host;

import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;

/** Paths that are lost, and better ones that are not taken. */
class IceEnginePathsTest {

    private final EngineFixture fixture = new EngineFixture();

    @Test
    void aSideThatDoesNotRenominateKeepsItsPairAndNumbersNothing() {
        EngineFixture once = new EngineFixture(OURS.withoutRenomination());
        once.connect(IceRole.CONTROLLING);
        once.engine.addRemoteCandidate(host(at("192.0.2.3", 1), (1L << 31) - 1), at("192.0.2.3", 1), once.now);
        once.answerAll();
        assertThat(once.requests()).isEmpty();
        assertThat(once.selected().remoteAddress()).isEqualTo(PEER);
    }

    @Test
    void aPortThatIsGoneTakesItsPairsAndAnotherGoesOn() {
        fixture.connect(IceRole.CONTROLLING);
        fixture.engine.addPort(1, at("192.0.2.9", 9), 100, fixture.now);
        fixture.sent.clear();
        fixture.engine.removePort(0, fixture.now);
        assertThat(fixture.engine.state()).isEqualTo(IceState.DISCONNECTED);
        assertThat(fixture.engine.selected()).isNull();
        assertThat(fixture.engine.pairs()).hasSize(1);
        fixture.answerAll();
        assertThat(fixture.selected().port()).isEqualTo(1);
        assertThat(fixture.engine.state()).isEqualTo(IceState.CONNECTED);
    }
}
