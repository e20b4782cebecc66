package org.webrtc4j.ice4j;

import org.ice4j.ice.AgentConfig;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;

/** Tells when ice4j has heard of no consent for longer than a path without loss takes (RFC 7675). Of the loop. */
final class ConsentWatch {

    /** Of ice4j's interval between consent checks, the longest that it randomises to (RFC 7675 section 5.1). */
    private static final double LONGEST_INTERVAL = 1.2;

    /** Unanswered consent checks before it tells so; ice4j gives up after more. */
    private static final int MISSED_CHECKS = 4;

    private final EventLoop loop;
    private final Runnable missing;
    private final LoopTimer timer;
    private long dueNanos;

    ConsentWatch(EventLoop loop, Runnable missing) {
        this.loop = loop;
        this.missing = missing;
        timer = loop.newTimer(this::onTimer);
    }

    /** Consent was given now. */
    void given() {
        long interval = AgentConfig.config.getConsentFreshnessInterval().toNanos();
        long wait = AgentConfig.config.getConsentFreshnessOriginalWaitInterval().toNanos();
        dueNanos = loop.clock().nanoTime() + (long) (LONGEST_INTERVAL * interval) + MISSED_CHECKS * wait;
        timer.arm(dueNanos);
    }

    void end() {
        timer.cancel();
    }

    private void onTimer() {
        if (loop.clock().nanoTime() < dueNanos) {
            timer.arm(dueNanos); // timers may come early
        } else {
            missing.run();
        }
    }
}
