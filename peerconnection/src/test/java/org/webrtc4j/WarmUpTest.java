package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;

/** What a warm-up does to the runtime it warms, and what it leaves behind. */
class WarmUpTest {

    private static final long LIMIT_SECONDS = 60;

    @Test
    void socketsAreOpenedOnTheLoopsOfTheRuntimeAndNoConnectionOfItIsUsed() throws Exception {
        NettyEventLoops loops = NettyEventLoops.create(2);
        try (WebRtcRuntime runtime =
                WebRtcRuntime.builder().eventLoops(loops).server().build()) {
            runtime.warmUp().get(LIMIT_SECONDS, TimeUnit.SECONDS);

            // Counted by the loops, whoever opened them: an offerer's and an answerer's at least.
            assertThat(NettyPorts.builder(loops).build().stats().socketsOpened())
                    .isGreaterThanOrEqualTo(2);
            assertThat(runtime.stats().created()).isZero();
            assertThat(runtime.stats().connections()).isZero();
        }
        assertThat(loops.shutdown(Duration.ofSeconds(5))).succeedsWithin(Duration.ofSeconds(LIMIT_SECONDS));
    }

    @Test
    void aRuntimeWhoseOwnPortIsNotOnLoopbackAndWhoseConnectionsAreFewCanBeWarmedTwice() throws Exception {
        RuntimeLimits one = RuntimeLimits.builder().maxConnections(1).build();
        try (WebRtcRuntime runtime =
                WebRtcRuntime.builder().loops(1).udpPort(0).limits(one).server().build()) {
            for (int i : List.of(1, 2)) {
                assertThat(runtime.warmUp()).as("warm-up " + i).succeedsWithin(Duration.ofSeconds(LIMIT_SECONDS));
            }
        }
    }
}
