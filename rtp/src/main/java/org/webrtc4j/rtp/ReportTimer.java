package org.webrtc4j.rtp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.webrtc4j.common.ProtocolEngine;

/** When reports are due: from the first packet in either direction on, at intervals by what the session carries. */
final class ReportTimer {

    private final RtpSessionOptions options;
    private final RandomGenerator random;
    private final List<SendStream> sent;
    private final List<ReceiveSection> received;
    private long next = ProtocolEngine.NEVER;

    ReportTimer(
            RtpSessionOptions options, RandomGenerator random, List<SendStream> sent, List<ReceiveSection> received) {
        this.options = options;
        this.random = random;
        this.sent = sent;
        this.received = received;
    }

    void onActivity(long nowNanos) {
        if (next == ProtocolEngine.NEVER) {
            next = nowNanos + (long) (interval() * 0.5 * random.nextDouble());
        }
    }

    /** Tells, once for each interval, that it is time to report. */
    boolean take(long nowNanos) {
        if (next == ProtocolEngine.NEVER || next - nowNanos > 0) {
            return false;
        }
        // RFC 3550 section 6.3.1: from half to one and a half of the interval, so that reports do not march in step.
        next = nowNanos + (long) (interval() * (0.5 + random.nextDouble()));
        return true;
    }

    private long interval() {
        boolean video = false;
        for (int i = 0; i < sent.size(); i++) {
            video |= sent.get(i).parameters().video();
        }
        for (int i = 0; i < received.size(); i++) {
            video |= received.get(i).parameters().video();
        }
        return video ? options.videoReportNanos() : options.audioReportNanos();
    }

    long nextTimeout() {
        return next;
    }

    void stop() {
        next = ProtocolEngine.NEVER;
    }
}
