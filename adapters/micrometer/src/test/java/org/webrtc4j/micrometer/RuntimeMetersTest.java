package org.webrtc4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.CloseCause;
import org.webrtc4j.ConnectTimes;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;

@Timeout(60)
class RuntimeMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void connectionsAreCountedFromTheFirstToTheLast() throws Exception {
        RuntimeMeters meters = new RuntimeMeters(Tags.of("runtime", "one"));
        try (WebRtcRuntime runtime =
                WebRtcRuntime.builder().loops(1).listener(meters).build()) {
            RTCPeerConnection first = runtime.createPeerConnection(RTCConfiguration.defaults(), "first");
            RTCPeerConnection second = runtime.createPeerConnection(RTCConfiguration.defaults(), "second");
            meters.observe(runtime).bindTo(registry);

            assertThat(gauge("webrtc.connections", "state", "new")).isEqualTo(2);
            assertThat(gauge("webrtc.connections", "state", "connected")).isZero();
            assertThat(gauge("webrtc.buffered")).isZero();
            assertThat(gauge("webrtc.loop.lag", "loop", "0")).isNotNegative();

            first.close();
            first.whenClosed().get(30, TimeUnit.SECONDS);
            assertThat(counter("webrtc.connections.closed", "cause", "closed")).isEqualTo(1);
            // Gauges share a snapshot for a moment; another observer begins with a new one.
            meters.observe(runtime);
            assertThat(counter("webrtc.connections.created")).isEqualTo(2);
            assertThat(counter("webrtc.connections.refused")).isZero();
            assertThat(gauge("webrtc.connections", "state", "new")).isEqualTo(1);
            second.close();
        }
        assertThat(registry.getMeters())
                .allMatch(meter -> "one".equals(meter.getId().getTag("runtime")));
    }

    @Test
    void eventsReachEveryRegistryAndReasonsOfDropsAppearAsTheyHappen() {
        RuntimeMeters meters = new RuntimeMeters();
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        meters.bindTo(registry);

        meters.onConnected("a", new ConnectTimes(3_000_000, 2_000_000, 1_000_000));
        meters.onFailed("a", "no pair");
        meters.onHandlerException("a", new IllegalStateException());
        CloseCause cause = new CloseCause(CloseCause.Kind.INTERNAL_ERROR, "a bug", null);
        meters.onClosed("a", cause, Map.of("dtls/replayed", 2L));
        meters.onClosed("b", cause, Map.of("dtls/replayed", 3L, "ice/malformed", 1L));
        meters.bindTo(other);

        assertThat(registry.get("webrtc.connect").tag("phase", "total").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(6);
        assertThat(registry.get("webrtc.connect").tag("phase", "ice").timer().count())
                .isEqualTo(1);
        assertThat(counter("webrtc.connections.failed")).isEqualTo(1);
        assertThat(counter("webrtc.handler.exceptions")).isEqualTo(1);
        assertThat(counter("webrtc.connections.closed", "cause", "internal_error"))
                .isEqualTo(2);
        assertThat(counter("webrtc.drops", "layer", "dtls", "reason", "replayed"))
                .isEqualTo(5);
        assertThat(other.get("webrtc.drops")
                        .tags("layer", "ice", "reason", "malformed")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void gaugesShowNothingBeforeThereIsARuntime() {
        new RuntimeMeters().bindTo(registry);

        assertThat(gauge("webrtc.buffered")).isNaN();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }
}
