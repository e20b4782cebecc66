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
    /** Whether something came out of order since the last SACK. */
    private boolean disordered;

    private boolean first = true;

    AckPolicy(TimerTable<SctpTimer> timers, long delayNanos) {
        this.timers = timers;
        this.delayNanos = delayNanos;
    }

    void start() {
        dataInPacket = false;
        packets = 0;
        atOnce = false;
        disordered = false;
        first = true;
        timers.stop(SctpTimer.SACK);
    }

    /** A chunk was taken; the first ever, a gap or an I bit are acknowledged at once. */
    void onData(boolean gaps, boolean immediately) {
        dataInPacket = true;
        disordered |= gaps;
        atOnce |= gaps || immediately || first;
        first = false;
    }

    /** The delay is over, or the window has reopened. */
    void atOnce() {
        atOnce = true;
    }

    /** A duplicate, a dropped chunk, a skipped one: only the last state is worth telling, and at once. */
    void onDisorder() {
        disordered = true;
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

    /** How many SACKs would have left before this one, had every second packet been acknowledged as it came. */
    int skipped() {
        return disordered ? 0 : Math.max(0, packets / PACKETS_PER_ACK - 1);
    }

    void onSent() {
        packets = 0;
        atOnce = false;
        disordered = false;
        timers.stop(SctpTimer.SACK);
    }
}
