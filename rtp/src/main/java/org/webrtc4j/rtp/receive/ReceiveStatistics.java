package org.webrtc4j.rtp.receive;

import org.webrtc4j.rtp.rtcp.RtcpWriter;
import org.webrtc4j.rtp.wire.NtpTime;

/** What a report says of one received SSRC: losses by RFC 3550 appendix A.3, jitter by A.8. */
public final class ReceiveStatistics {

    private static final long NANOS = 1_000_000_000L;

    private boolean started;
    private long base;
    private long highest;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private boolean heard;
    private long payloadBytes;
    private long headerBytes;
    private int clockRate;
    private long lastTransit;
    private long lastTimestamp;
    private boolean transitKnown;
    /** Jitter in units of the timestamp, times 16 (RFC 3550 appendix A.8). */
    private long jitterTimes16;

    private boolean senderReportKnown;
    private int lastSenderReport;
    private long lastSenderReportNanos;

    /** Creates statistics of a stream not heard. */
    public ReceiveStatistics() {}

    /**
     * Counts a packet as it came from the network, duplicates included (RFC 3550 section 6.4.1).
     *
     * @param sequence unwrapped
     * @param timestamp unwrapped
     * @param rate of the payload's clock, in Hz
     * @param arrivalNanos when it arrived
     * @param payload bytes
     * @param header bytes of header and padding
     */
    public void onPacket(long sequence, long timestamp, int rate, long arrivalNanos, int payload, int header) {
        boolean inOrder = !started || sequence > highest;
        if (!started) {
            started = true;
            base = sequence;
            highest = sequence;
        }
        received++;
        heard = true;
        payloadBytes += payload;
        headerBytes += header;
        highest = Math.max(highest, sequence);
        if (inOrder) {
            updateJitter(timestamp, rate, arrivalNanos);
        }
    }

    /** Packets of one frame leave in a burst, so that only the first of each timestamp tells about the network. */
    private void updateJitter(long timestamp, int rate, long arrivalNanos) {
        if (rate <= 0 || (transitKnown && timestamp == lastTimestamp && rate == clockRate)) {
            return;
        }
        long arrival = Math.floorDiv(arrivalNanos, NANOS) * rate + Math.floorMod(arrivalNanos, NANOS) * rate / NANOS;
        long transit = arrival - timestamp;
        if (transitKnown && rate == clockRate) {
            long difference = Math.abs(transit - lastTransit);
            // A new source behind the same SSRC moves the timestamp anywhere: that is no jitter.
            if (difference < 10L * rate) {
                jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
            }
        }
        transitKnown = true;
        clockRate = rate;
        lastTransit = transit;
        lastTimestamp = timestamp;
    }

    /**
     * Notes that numbers were jumped over and are not held lost.
     *
     * @param numbers how many
     */
    public void skip(long numbers) {
        base += numbers;
        highest += numbers;
    }

    /**
     * Notes a sender report, which the next report will refer to.
     *
     * @param ntp its wall time
     * @param nowNanos when it arrived
     */
    public void onSenderReport(long ntp, long nowNanos) {
        senderReportKnown = true;
        lastSenderReport = NtpTime.middle(ntp);
        lastSenderReportNanos = nowNanos;
    }

    /**
     * Tells whether a packet came since the last report.
     *
     * @return true when a report should speak of the stream
     */
    public boolean isHeard() {
        return heard;
    }

    /**
     * Writes a block of a report, and begins the next interval.
     *
     * @param writer after a sender or receiver report
     * @param ssrc the stream
     * @param nowNanos the time of the report
     * @return false, with the interval going on, when it does not fit
     */
    public boolean report(RtcpWriter writer, int ssrc, long nowNanos) {
        long expected = expected();
        long expectedInterval = expected - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        int fraction = expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
        int lost = (int) Math.max(-0x80_0000, Math.min(0x7f_ffff, expected - received));
        int last = senderReportKnown ? lastSenderReport : 0;
        long delay = senderReportKnown ? NtpTime.ofNanos(nowNanos - lastSenderReportNanos) : 0;
        // The first cycle of unwrapped numbers is number one; on the wire it is number zero.
        if (!writer.reportBlock(ssrc, fraction, lost, highest - (1L << 16), jitter(), last, delay)) {
            return false;
        }
        expectedPrior = expected;
        receivedPrior = received;
        heard = false;
        return true;
    }

    private long expected() {
        return started ? highest - base + 1 : 0;
    }

    /**
     * Returns the packets lost, repaired or not; negative when duplicates outnumber losses.
     *
     * @return expected less received
     */
    public long lost() {
        return expected() - received;
    }

    /**
     * Returns the packets received.
     *
     * @return duplicates included
     */
    public long received() {
        return received;
    }

    /**
     * Returns the bytes of payload received.
     *
     * @return bytes
     */
    public long payloadBytes() {
        return payloadBytes;
    }

    /**
     * Returns the bytes of headers and padding received.
     *
     * @return bytes
     */
    public long headerBytes() {
        return headerBytes;
    }

    /**
     * Returns the interarrival jitter.
     *
     * @return units of the RTP timestamp
     */
    public long jitter() {
        return jitterTimes16 >> 4;
    }

    /**
     * Returns the interarrival jitter.
     *
     * @return seconds
     */
    public double jitterSeconds() {
        return clockRate == 0 ? 0 : (jitterTimes16 >> 4) / (double) clockRate;
    }
}
