package org.webrtc4j.sctp.rx;

import org.webrtc4j.common.TimerTable;
import org.webrtc4j.sctp.shared.SctpTimer;

/** When to acknowledge (RFC 9260 section 6.2, RFC 7053): decides that and nothing else. */
final class AckPolicy {

    private static final int PACKETS_PER_ACK = 2;

    private final TimerTable<SctpTimer> timers;
    private final long delayNanos;
    private boolean dataInPacket;
    private int packets;
    private boolean atOnce;
    private boolean first = true;

    AckPolicy(TimerTable<SctpTimer> timers, long delayNanos) {
        this.timers = timers;
        this.delayNanos = delayNanos;
    }

    void start() {
        dataInPacket = false;
        packets = 0;
        atOnce = false;
        first = true;
        timers.stop(SctpTimer.SACK);
    }

    /** A chunk was taken; the first ever, a gap or an I bit are acknowledged at once. */
    void onData(boolean immediately) {
        dataInPacket = true;
        atOnce |= immediately || first;
        first = false;
    }

    /** A duplicate, a dropped chunk, a reopened window. */
    void atOnce() {
        atOnce = true;
    }

    void onPacketEnd() {
        if (dataInPacket) {
            packets++;
            dataInPacket = false;
        }
    }

    /** At the end of a batch: whether a SACK leaves now. A lone packet starts the delay. */
    boolean decide(long nowNanos) {
        if (atOnce || packets >= PACKETS_PER_ACK) {
            return true;
        }
        if (packets > 0 && !timers.isRunning(SctpTimer.SACK)) {
            timers.start(SctpTimer.SACK, nowNanos + delayNanos);
        }
        return false;
    }

    /** Whether there is something to acknowledge, so that a packet that leaves anyway takes the SACK along. */
    boolean isPending() {
        return atOnce || packets > 0;
    }

    void onSent() {
        packets = 0;
        atOnce = false;
        timers.stop(SctpTimer.SACK);
    }
}
