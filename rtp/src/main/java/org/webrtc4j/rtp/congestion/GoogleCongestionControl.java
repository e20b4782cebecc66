package org.webrtc4j.rtp.congestion;

/**
 * Google congestion control (draft-ietf-rmcat-gcc-02) as browsers have it now: the least of what delays, losses and the receiver
 * allow, found by probes at first.
 *
 * <p>With feedback of every packet; from a start of 300 kbit/s a path of 2 Mbit/s is in use within two seconds.
 */
public final class GoogleCongestionControl implements BandwidthEstimator {

    /** Where it starts without another word, in bits per second. */
    public static final long START_RATE = 300_000;

    /** Where it ends downwards without another word, in bits per second. */
    public static final long LEAST_RATE = 30_000;

    /** Where it ends upwards without another word, in bits per second. */
    public static final long MOST_RATE = 50_000_000;

    /** What is queued leaves faster than it is made, so that a large frame does not wait for the next. */
    private static final double PACING = 1.5;

    private static final long TICK_NANOS = 25_000_000L;

    private final DelayBasedEstimate delays;
    private final LossBasedEstimate losses;
    private final Throughput throughput = new Throughput();
    private final ProbePlan probes = new ProbePlan();
    private final ProbeResults results = new ProbeResults();
    private final QueueDelay queue = new QueueDelay();
    private final ApplicationLimit limit = new ApplicationLimit();
    private final long startRate;
    private long least = LEAST_RATE;
    private long most = MOST_RATE;
    private long remote = Long.MAX_VALUE;
    private long target;
    private long nextNanos = Long.MAX_VALUE;

    /**
     * Creates an estimator that knows nothing of the path.
     *
     * @param startRate bits per second to begin with
     */
    public GoogleCongestionControl(long startRate) {
        this.startRate = startRate;
        target = startRate;
        delays = new DelayBasedEstimate(startRate);
        losses = new LossBasedEstimate(startRate);
        probes.setMost(most);
    }

    @Override
    public void onSent(int bytes, int probe, long nowNanos) {
        if (!probes.isBegun()) {
            probes.begin(startRate, nowNanos);
            nextNanos = nowNanos + TICK_NANOS;
        }
        limit.onSent(bytes);
        limit.update(target, nowNanos);
        probes.onSent(probe, bytes, nowNanos);
    }

    @Override
    public void onReport(PacketReport report, long nowNanos) {
        long probed = Throughput.UNKNOWN;
        for (int i = 0; i < report.size(); i++) {
            if (!report.isReceived(i)) {
                continue;
            }
            throughput.add(report.sentNanos(i), report.receivedNanos(i), report.bytes(i));
            if (report.probe(i) != NO_PROBE) {
                long result = results.add(
                        report.probe(i),
                        report.sentNanos(i),
                        report.receivedNanos(i),
                        report.bytes(i),
                        ProbePlan.LEAST_PACKETS,
                        probes.leastBytes(report.probe(i)));
                probed = result == Throughput.UNKNOWN ? probed : result;
            }
        }
        if (probed > target) {
            throughput.restart();
        }
        long before = target;
        long carried = throughput.rate();
        queue.onReport(report, nowNanos);
        delays.onReport(report, carried, throughput.recent(), queue.isDraining(), probed, limit.isLimited(), nowNanos);
        if (delays.takeLowered()) {
            queue.onOveruse(nowNanos);
        }
        delays.control().hold(most);
        losses.onReport(report, carried, delays.control().rate());
        if (probed != Throughput.UNKNOWN) {
            probes.onResult(probed, nowNanos);
        }
        decide();
        probes.onDecrease(before, target, nowNanos);
        if (delays.takeRecovered()) {
            probes.onRecovered(target, nowNanos);
        }
        if (delays.control().takeOutgrown()) {
            probes.onWider(target, nowNanos);
        }
    }

    private void decide() {
        long allowed = (long) (queue.share() * Math.min(delays.control().rate(), losses.rate()));
        target = Math.max(least, Math.min(Math.min(allowed, remote), most));
    }

    @Override
    public void onRoundTrip(long nanos) {
        delays.control().onRoundTrip(nanos);
    }

    @Override
    public void onRemoteLimit(long bitsPerSecond) {
        remote = bitsPerSecond;
        decide();
    }

    @Override
    public void setBounds(long leastBitsPerSecond, long mostBitsPerSecond) {
        least = leastBitsPerSecond;
        most = Math.max(mostBitsPerSecond, leastBitsPerSecond);
        probes.setMost(most);
        decide();
    }

    @Override
    public void handleTimeout(long nowNanos) {
        if (nowNanos - nextNanos >= 0 && nextNanos != Long.MAX_VALUE) {
            nextNanos = nowNanos + TICK_NANOS;
            limit.update(target, nowNanos);
            probes.handleTimeout(target, limit.isLimited(), nowNanos);
        }
    }

    @Override
    public long nextTimeout() {
        return nextNanos;
    }

    @Override
    public long targetRate() {
        return target;
    }

    @Override
    public long pacingRate() {
        return queue.isDraining() ? target : delays.control().pacing(target, PACING);
    }

    @Override
    public int probe() {
        return probes.probe();
    }

    @Override
    public long probeRate() {
        return probes.rate();
    }
}
