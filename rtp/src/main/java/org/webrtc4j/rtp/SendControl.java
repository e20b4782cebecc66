package org.webrtc4j.rtp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.rtp.congestion.BandwidthEstimator;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.rtp.congestion.FeedbackKind;
import org.webrtc4j.rtp.congestion.Pacer;
import org.webrtc4j.rtp.congestion.PacketReport;
import org.webrtc4j.rtp.rtcp.CongestionFeedbackReader;
import org.webrtc4j.rtp.rtcp.TransportFeedbackReader;
import org.webrtc4j.rtp.send.FeedbackAdapter;
import org.webrtc4j.rtp.send.SentPackets;

/**
 * How much the session may send, and when: keeps what left, gives feedback about it to the estimator, lets packets wait for the pacer,
 * and sends the padding of probes.
 */
final class SendControl {

    /** Packets wait no longer than this: the pacer is made faster where they would. */
    static final long MAX_WAIT_NANOS = 1_000_000_000L;

    /** A timer need not fire more often for what waits. */
    private static final long STEP_NANOS = 5_000_000L;

    private static final long PROBE_STEP_NANOS = 1_000_000L;

    /** So long after the last packet nothing changes by time alone. */
    private static final long AWAKE_NANOS = 1_000_000_000L;

    /** Over so long it is measured what repairs take. */
    private static final long REPAIR_WINDOW_NANOS = 500_000_000L;

    private static final long BITS = 8;
    private static final long NANOS = 1_000_000_000L;
    private static final long TOLD_SHARE = 100;
    private static final int MOST_PADDING_PACKETS = 64;

    private final RtpSession session;
    private final SendStreams streams;
    private final PacedQueue queue = new PacedQueue();
    private final SentPackets sent = new SentPackets();
    private final FeedbackAdapter adapter = new FeedbackAdapter(sent);
    private FeedbackKind kind = FeedbackKind.NONE;
    private @Nullable BandwidthEstimator estimator;
    private @Nullable Pacer pacer;
    private int probing = BandwidthEstimator.NO_PROBE;
    private long releasedNanos = Long.MIN_VALUE;
    private long sentNanos;
    private long told;
    private long windowNanos;
    private long windowBytes;
    private long repairRate;

    SendControl(RtpSession session, SendStreams streams) {
        this.session = session;
        this.streams = streams;
    }

    /** Begins, goes on with what there is, or ends. */
    void apply(FeedbackKind next, CongestionControl.Factory factory) {
        kind = next;
        if (next == FeedbackKind.NONE) {
            estimator = null;
            pacer = null;
            told = 0;
        } else if (estimator == null) {
            CongestionControl made = factory.create();
            estimator = made.estimator();
            pacer = made.pacer();
            made.pacer().setRate(made.estimator().pacingRate());
        }
    }

    void setBounds(long least, long most) {
        BandwidthEstimator known = estimator;
        if (known != null) {
            known.setBounds(least, most);
        }
    }

    /** What everything may have together, 0 while nothing is estimated. */
    long availableRate() {
        BandwidthEstimator known = estimator;
        return known == null ? 0 : known.targetRate();
    }

    /** What is left of it for media, 0 while nothing is estimated. */
    long mediaRate() {
        BandwidthEstimator known = estimator;
        return known == null ? 0 : mediaRate(known);
    }

    private long mediaRate(BandwidthEstimator known) {
        long target = known.targetRate();
        return Math.max(target / 2, target - repairRate);
    }

    PacedQueue queue() {
        return queue;
    }

    /** Whether packets without the transport's number are told of too. */
    boolean countsAll() {
        return kind == FeedbackKind.BY_STREAM;
    }

    /** Whether a packet has to wait. */
    boolean holds(Urgency urgency, long nowNanos) {
        Pacer known = pacer;
        return known != null
                && urgency != Urgency.AUDIO
                && urgency != Urgency.PADDING
                && (!queue.isEmpty() || !known.maySend(nowNanos));
    }

    /** A packet leaves. */
    void onSent(Urgency urgency, long number, int ssrc, int sequence, int bytes, long nowNanos) {
        BandwidthEstimator known = estimator;
        Pacer paced = pacer;
        if (known == null || paced == null) {
            return;
        }
        int probe = urgency == Urgency.AUDIO ? BandwidthEstimator.NO_PROBE : probing;
        sent.put(number, ssrc, sequence, bytes, probe, nowNanos);
        known.onSent(bytes, probe, nowNanos);
        sentNanos = nowNanos;
        if (urgency == Urgency.RETRANSMISSION || urgency == Urgency.REPAIR) {
            windowBytes += bytes;
        }
        if (urgency != Urgency.AUDIO) {
            paced.onSent(bytes, nowNanos);
        }
    }

    void onFeedback(TransportFeedbackReader reader, long next, long nowNanos) {
        if (kind == FeedbackKind.TRANSPORT) {
            take(adapter.read(reader, next), nowNanos);
        }
    }

    void onFeedback(CongestionFeedbackReader reader, long nowNanos) {
        if (kind == FeedbackKind.BY_STREAM) {
            take(adapter.read(reader), nowNanos);
        }
    }

    private void take(PacketReport report, long nowNanos) {
        BandwidthEstimator known = estimator;
        if (known == null || report.size() == 0) {
            return;
        }
        if (adapter.latestSentNanos() != Long.MIN_VALUE) {
            known.onRoundTrip(nowNanos - adapter.latestSentNanos());
        }
        known.onReport(report, nowNanos);
    }

    void onRemoteLimit(long bitsPerSecond) {
        BandwidthEstimator known = estimator;
        if (known != null) {
            known.onRemoteLimit(bitsPerSecond);
        }
    }

    void onRemoved(SendStream stream) {
        queue.forget(stream);
    }

    /** The end of a turn: what waits leaves as it may, and probes are sent. */
    void handleBatchEnd(OutboundPath path, long nowNanos) {
        BandwidthEstimator known = estimator;
        Pacer paced = pacer;
        if (known == null || paced == null) {
            while (!queue.isEmpty()) {
                queue.release(path, nowNanos);
            }
            return;
        }
        if (known.nextTimeout() - nowNanos <= 0) {
            known.handleTimeout(nowNanos);
        }
        release(known, paced, path, nowNanos);
        if (nowNanos - windowNanos >= REPAIR_WINDOW_NANOS) {
            repairRate = windowBytes * BITS * NANOS / Math.max(1, nowNanos - windowNanos);
            windowNanos = nowNanos;
            windowBytes = 0;
        }
        long target = mediaRate(known);
        if (Math.abs(target - told) * TOLD_SHARE > told) {
            told = target;
            session.onEvent(new RtpEvent.TargetBitrateChanged(target));
        }
    }

    private void release(BandwidthEstimator known, Pacer paced, OutboundPath path, long nowNanos) {
        SendStream padded = padded();
        int padding = 0;
        while (true) {
            probing = padded == null ? BandwidthEstimator.NO_PROBE : known.probe();
            boolean probes = probing != BandwidthEstimator.NO_PROBE;
            paced.setRate(probes ? known.probeRate() : pacingRate(known));
            if (!paced.maySend(nowNanos)) {
                break;
            }
            if (!queue.isEmpty()) {
                queue.release(path, nowNanos);
            } else if (!probes || padded == null || padding == MOST_PADDING_PACKETS) {
                break;
            } else {
                padding++;
                if (!padded.sendProbePadding(nowNanos)) {
                    break;
                }
            }
        }
        releasedNanos = nowNanos;
    }

    private long pacingRate(BandwidthEstimator known) {
        return Math.max(known.pacingRate(), queue.bytes() * BITS * NANOS / MAX_WAIT_NANOS);
    }

    /** The stream whose retransmissions carry padding; null while there is none. */
    private @Nullable SendStream padded() {
        List<SendStream> all = streams.all();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).mayPad()) {
                return all.get(i);
            }
        }
        return null;
    }

    long nextTimeout(long nowNanos) {
        BandwidthEstimator known = estimator;
        Pacer paced = pacer;
        if (known == null || paced == null || (queue.isEmpty() && nowNanos - sentNanos > AWAKE_NANOS)) {
            return ProtocolEngine.NEVER;
        }
        boolean probes = probing != BandwidthEstimator.NO_PROBE;
        if (queue.isEmpty() && !probes) {
            return known.nextTimeout();
        }
        long step = releasedNanos + (probes ? PROBE_STEP_NANOS : STEP_NANOS);
        return Deadlines.earlier(known.nextTimeout(), Math.max(paced.nextNanos(), step));
    }
}
