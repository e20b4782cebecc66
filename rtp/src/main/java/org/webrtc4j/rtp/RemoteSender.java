package org.webrtc4j.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the sender of a received stream tells of itself in RTCP (RFC 3550 sections 6.4.1 and 6.5.1). */
final class RemoteSender {

    private static final long MICROS = 1_000_000;

    private byte @Nullable [] cname;
    private long reports;
    private long packets;
    private long octets;
    private long reportTimeMicros;
    private long reportNanos;
    private long timestamp;
    final RoundTrip roundTrip = new RoundTrip();

    /** Takes a report: its wall time, and the unwrapped timestamp of the same moment. */
    void onReport(long timeMicros, long unwrappedTimestamp, long sentPackets, long sentOctets, long nowNanos) {
        reports++;
        packets = sentPackets;
        octets = sentOctets;
        reportNanos = nowNanos;
        reportTimeMicros = timeMicros;
        timestamp = unwrappedTimestamp;
    }

    void onCname(byte[] array, int offset, int length) {
        if (cname == null || !Arrays.equals(cname, 0, cname.length, array, offset, offset + length)) {
            cname = Arrays.copyOfRange(array, offset, offset + length);
        }
    }

    byte @Nullable [] cname() {
        return cname == null ? null : cname.clone();
    }

    /** When a sample was taken on the sender's clock; -1 before the first report. */
    long captureTimeMicros(long unwrappedTimestamp, int clockRate) {
        if (reports == 0 || clockRate == 0) {
            return -1;
        }
        return reportTimeMicros + (unwrappedTimestamp - timestamp) * MICROS / clockRate;
    }

    long reports() {
        return reports;
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long reportTimeMicros() {
        return reportTimeMicros;
    }

    long reportNanos() {
        return reportNanos;
    }
}
