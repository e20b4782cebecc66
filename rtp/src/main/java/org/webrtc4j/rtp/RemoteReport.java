package org.webrtc4j.rtp;

/** A block of a report about a stream that is sent; one object, filled for each. */
final class RemoteReport {

    int fractionLost;
    int cumulativeLost;
    long highest;
    long jitter;
    long nowNanos;
    /** When the report was answered, in the middle 32 bits of NTP. */
    int nowNtp;

    int lastSenderReport;
    long delay;
}
