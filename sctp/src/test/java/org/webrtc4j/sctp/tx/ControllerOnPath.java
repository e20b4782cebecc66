package org.webrtc4j.sctp.tx;

import java.util.ArrayDeque;
import java.util.Random;

/**
 * A controller alone on a path: packets pass a bottleneck with a queue and are acknowledged one by one a round-trip time
 * later; the sender always has something to send and keeps to window and pace. Retransmissions are new packets.
 */
final class ControllerOnPath {

    static final int PACKET = 1_000;
    static final long MILLISECOND = 1_000_000L;
    static final long SECOND = 1_000 * MILLISECOND;

    private static final double NANOS = 1e9;

    final CongestionControl control;
    final AckSample sample = new AckSample();
    long now = 1_000 * SECOND;
    long rttNanos = 20 * MILLISECOND;
    /** Bytes per second. */
    long rate = 10_000_000;
    /** How much may wait, in bytes. */
    long queueBytes = Long.MAX_VALUE;

    double loss;
    /** Less than this may be in flight: the application or the peer has no more. */
    long limit = Long.MAX_VALUE;

    long delivered;
    long flight;
    long lost;
    long losses;
    long recoveries;
    long leastWindow = Long.MAX_VALUE;
    long longestQueueNanos;

    private final Random random;
    private final ArrayDeque<Packet> path = new ArrayDeque<>();
    private long deliveredAt;
    private long firstSentAt;
    private long freeAt;
    private long nextSend;
    private long smoothed;
    private boolean recovering;
    private long recoveryBegan;
    private boolean full;
    private boolean limited;

    private static final class Packet {
        long sentAt;
        long deliveredBefore;
        long deliveredAt;
        long firstSentAt;
        long backAt;
        boolean lost;
        boolean full;
        boolean limited;
    }

    ControllerOnPath(CongestionControl control, long seed) {
        this.control = control;
        random = new Random(seed);
    }

    /** Payload bytes per second that came through in a time. */
    long throughputOf(long nanos) {
        long before = delivered;
        runFor(nanos);
        return (long) ((delivered - before) * NANOS / nanos);
    }

    void runFor(long nanos) {
        long end = now + nanos;
        leastWindow = Long.MAX_VALUE;
        longestQueueNanos = 0;
        while (true) {
            boolean room = flight == 0 || flight + PACKET <= Math.min(control.window(), limit);
            long send = room ? Math.max(now, nextSend) : Long.MAX_VALUE;
            full |= flight + PACKET > control.window();
            limited |= !room && flight + PACKET <= control.window();
            long back = path.isEmpty() ? Long.MAX_VALUE : path.element().backAt;
            if (Math.min(send, back) > end) {
                now = end;
                return;
            }
            if (back <= send) {
                now = back;
                arrive(path.remove());
            } else {
                now = send;
                send();
            }
            leastWindow = Math.min(leastWindow, control.window());
        }
    }

    private void send() {
        control.onSent(PACKET, flight, now);
        if (flight == 0) {
            firstSentAt = now;
            deliveredAt = now;
        }
        Packet packet = new Packet();
        packet.sentAt = now;
        packet.deliveredBefore = delivered;
        packet.deliveredAt = deliveredAt;
        packet.firstSentAt = firstSentAt;
        packet.full = full;
        packet.limited = limited;
        freeAt = Math.max(freeAt, now);
        long waits = freeAt - now;
        boolean overflow = waits * (rate / NANOS) + PACKET > queueBytes;
        if (!overflow) {
            freeAt += (long) (PACKET * NANOS / rate);
            longestQueueNanos = Math.max(longestQueueNanos, waits);
        }
        packet.lost = overflow || random.nextDouble() < loss;
        packet.backAt = Math.max(freeAt, now) + rttNanos;
        path.add(packet);
        flight += PACKET;
        full = false;
        limited = false;
        long pace = control.pacingRate();
        nextSend = pace == 0 ? now : Math.max(nextSend, now) + (long) (PACKET * NANOS / pace);
    }

    private void arrive(Packet packet) {
        long before = flight;
        flight -= PACKET;
        if (packet.lost) {
            lost += PACKET;
            losses++;
            sample.clear(before, delivered, smoothed);
            sample.flightAfter = flight;
            sample.lostBytes = PACKET;
            sample.recoveryBegins = !recovering;
            sample.recovering = true;
            if (!recovering) {
                recovering = true;
                recoveryBegan = now;
                recoveries++;
            }
            control.onLoss(sample, PACKET, now);
            return;
        }
        delivered += PACKET;
        deliveredAt = now;
        firstSentAt = packet.sentAt;
        long rtt = now - packet.sentAt;
        smoothed = smoothed == 0 ? rtt : smoothed + (rtt - smoothed) / 8;
        sample.clear(before, delivered, smoothed);
        sample.bytes = PACKET;
        sample.flightAfter = flight;
        sample.rttNanos = rtt;
        sample.deliveredBefore = packet.deliveredBefore;
        long interval = Math.max(packet.sentAt - packet.firstSentAt, now - packet.deliveredAt);
        sample.deliveryRate =
                interval < rttNanos ? 0 : (long) ((delivered - packet.deliveredBefore) * NANOS / interval);
        sample.appLimited = packet.limited;
        sample.cumulativeAdvanced = true;
        sample.fullyUtilised = packet.full || before + PACKET > control.window();
        boolean over = recovering && packet.sentAt >= recoveryBegan;
        if (over) {
            recovering = false;
            control.onRecoveryExit(now);
        }
        sample.recovering = recovering;
        control.onAcked(sample, now);
    }

    /** Everything in flight is gone, and T3 has told so. */
    void timeOut() {
        path.clear();
        flight = 0;
        recovering = false;
        control.onTimeout(now);
    }

    /** Nothing is sent for a while. */
    void pause(long nanos) {
        long before = limit;
        limit = 0;
        path.clear();
        flight = 0;
        now += nanos;
        limit = before;
        control.onIdle(now);
    }

    /** Acknowledges a whole window of packets in steps, with this round-trip time, as if all had been sent at once. */
    void round(long rtt) {
        long window = control.window();
        long sentWith = delivered;
        now += rtt;
        for (long acked = 0; acked + PACKET <= window; acked += PACKET) {
            acknowledge(PACKET, sentWith, rtt, window - acked, true);
        }
    }

    /** Acknowledges so much of a window that is full, or not. */
    void acknowledge(long bytes, long sentWith, long rtt, long inFlight, boolean fullyUtilised) {
        delivered += bytes;
        smoothed = rtt;
        sample.clear(inFlight, delivered, smoothed);
        sample.bytes = bytes;
        sample.flightAfter = inFlight - bytes;
        sample.rttNanos = rtt;
        sample.deliveredBefore = sentWith;
        sample.cumulativeAdvanced = true;
        sample.fullyUtilised = fullyUtilised;
        control.onAcked(sample, now);
    }

    /** One packet is lost: a recovery begins, and ends. */
    void loseOne() {
        sample.clear(control.window(), delivered, smoothed);
        sample.lostBytes = PACKET;
        sample.recoveryBegins = true;
        sample.recovering = true;
        control.onLoss(sample, PACKET, now);
        control.onRecoveryExit(now);
    }
}
