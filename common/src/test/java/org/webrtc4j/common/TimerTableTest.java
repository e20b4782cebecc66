package org.webrtc4j.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimerTableTest {

    private enum Timer {
        RETRANSMISSION,
        HEARTBEAT
    }

    private final TimerTable<Timer> timers = new TimerTable<>(Timer.class);

    @Test
    void theEarliestDeadlineIsNext() {
        assertThat(timers.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
        timers.start(Timer.HEARTBEAT, 30);
        timers.start(Timer.RETRANSMISSION, 10);
        assertThat(timers.nextTimeout()).isEqualTo(10);
        timers.stop(Timer.RETRANSMISSION);
        assertThat(timers.nextTimeout()).isEqualTo(30);
    }

    @Test
    void aTimerExpiresOncePerStart() {
        timers.start(Timer.HEARTBEAT, 30);
        assertThat(timers.expire(Timer.HEARTBEAT, 29)).isFalse();
        assertThat(timers.expire(Timer.HEARTBEAT, 30)).isTrue();
        assertThat(timers.expire(Timer.HEARTBEAT, 31)).isFalse();
        assertThat(timers.isRunning(Timer.HEARTBEAT)).isFalse();
    }
}
