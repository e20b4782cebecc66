package org.webrtc4j.rtp.send;

import org.webrtc4j.rtp.congestion.PacketReport;
import org.webrtc4j.rtp.rtcp.CongestionFeedbackReader;
import org.webrtc4j.rtp.rtcp.TransportFeedbackReader;

/**
 * Makes what both kinds of feedback say into the same reports: when each packet left, and when it arrived or that it did not. A packet
 * is reported once; one that was lost and arrives after all, once more.
 */
public final class FeedbackAdapter {

    private static final long NANOS_PER_TICK = 1_000L * TransportFeedbackReader.TICK_MICROS;
    private static final long NANOS_PER_REFERENCE = NANOS_PER_TICK * TransportFeedbackReader.TICKS_PER_REFERENCE;
    private static final long NANOS = 1_000_000_000L;
    private static final int REFERENCE_BITS = 24;

    private final SentPackets sent;
    private final PacketReport report = new PacketReport();
    private long latestSentNanos;
    private boolean referenceKnown;
    private long reference;
    private boolean timestampKnown;
    private long timestamp;

    /**
     * Creates an adapter.
     *
     * @param sent the packets that feedback may speak of
     */
    public FeedbackAdapter(SentPackets sent) {
        this.sent = sent;
    }

    /**
     * Reads transport-wide feedback.
     *
     * @param reader before the first packet
     * @param next the transport's number of the packet that is sent next, unwrapped: those spoken of were sent before it
     * @return the packets of which it brings news, good until the next call
     */
    public PacketReport read(TransportFeedbackReader reader, long next) {
        int value = reader.referenceTime();
        int shift = Integer.SIZE - REFERENCE_BITS;
        reference = referenceKnown ? reference + (((value - (int) reference) << shift) >> shift) : value;
        referenceKnown = true;
        long last = next - 1;
        long base = last + (short) (reader.baseSequence() - (int) last);
        long number = Math.max(base, next - SentPackets.CAPACITY);
        while (reader.next()) {
            long arrivedAs = base + reader.index();
            for (; number < arrivedAs; number++) {
                lost(sent.find(number));
            }
            int index = sent.find(arrivedAs);
            if (index != SentPackets.NONE) {
                sent.markReceived(index, reference * NANOS_PER_REFERENCE + reader.ticks() * NANOS_PER_TICK);
            }
            number = Math.max(number, arrivedAs + 1);
        }
        for (long end = Math.min(base + reader.statusCount(), next); number < end; number++) {
            lost(sent.find(number));
        }
        return taken();
    }

    /**
     * Reads congestion control feedback (RFC 8888).
     *
     * @param reader before the first stream
     * @return the packets of which it brings news, good until the next call
     */
    public PacketReport read(CongestionFeedbackReader reader) {
        int value = reader.timestamp();
        timestamp = timestampKnown ? timestamp + (value - (int) timestamp) : Integer.toUnsignedLong(value);
        timestampKnown = true;
        long madeNanos = (timestamp >> 16) * NANOS + (((timestamp & 0xffff) * NANOS) >> 16);
        while (reader.nextStream()) {
            while (reader.next()) {
                int index = sent.find(reader.ssrc(), reader.sequenceNumber());
                if (index == SentPackets.NONE) {
                    continue;
                }
                if (!reader.received()) {
                    sent.markLost(index);
                } else if (reader.arrivalOffset() < CongestionFeedbackReader.OFFSET_TOO_LARGE) {
                    sent.markReceived(index, madeNanos - ((reader.arrivalOffset() * NANOS) >> 10));
                } else {
                    sent.markSettled(index);
                }
            }
        }
        return taken();
    }

    private void lost(int index) {
        if (index != SentPackets.NONE) {
            sent.markLost(index);
        }
    }

    private PacketReport taken() {
        latestSentNanos = sent.takeNews(report);
        return report;
    }

    /**
     * Returns when the last packet left whose arrival was reported last.
     *
     * @return nanoseconds, or {@link Long#MIN_VALUE} when none was
     */
    public long latestSentNanos() {
        return latestSentNanos;
    }
}
