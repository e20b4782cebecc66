package org.webrtc4j.sctp.tx;

/**
 * Control by a model of the path, of the BBR family (draft-ietf-ccwg-bbr): sends at the rate that the path has been seen to
 * deliver, and keeps in flight what it holds. For long paths that lose: a loss is no reason to send less unless it is more
 * than the path has of its own, which {@link LossJudge} tells.
 */
final class ModelCongestionControl implements CongestionControl {

    enum State {
        /** Twice as much each round, until no more comes through. */
        STARTUP,
        /** What that has left in the queue goes. */
        DRAIN,
        /** Kept busy and, now and then, asked for more. */
        PROBE_BANDWIDTH,
        /** For a moment next to nothing is in flight, to see how long the way is without a queue. */
        PROBE_RTT
    }

    private static final double STARTUP_GAIN = 2.77;
    private static final double DRAIN_GAIN = 0.5;
    private static final double WINDOW_GAIN = 2;
    private static final double PROBE_RTT_GAIN = 0.5;
    /** A little less than the bandwidth, so that a queue that is there by mistake goes. */
    private static final double MARGIN = 0.99;

    private static final long PROBE_RTT_NANOS = 200_000_000L;
    private static final double SECOND_NANOS = 1e9;

    private final int packetSize;
    private final long initialWindow;
    private final PathModel path;
    private final LossJudge judge;
    private final RoundCounter rounds = new RoundCounter();
    private final FullPipe fullPipe = new FullPipe();
    private final BandwidthProbe probe;
    private State state = State.STARTUP;
    private boolean startupOver;
    private long window;
    /** Before a timeout or {@link State#PROBE_RTT}. */
    private long windowBefore;

    private long pacingRate;
    private long flightAtRound;
    private long roundRate;
    private long roundDelivered;
    /** When {@link State#PROBE_RTT} may end; 0 until little enough is in flight. */
    private long probeRttEnd;

    private boolean probeRttRound;
    /** Nothing was in flight: no reason to look for a shorter round trip. */
    private boolean idle;

    ModelCongestionControl(int packetSize, int initialPackets) {
        this.packetSize = packetSize;
        initialWindow = (long) packetSize * initialPackets;
        window = initialWindow;
        path = new PathModel(packetSize);
        judge = new LossJudge(packetSize);
        probe = new BandwidthProbe(path, fullPipe, packetSize);
    }

    @Override
    public long window() {
        return window;
    }

    @Override
    public long slowStartThreshold() {
        return window;
    }

    @Override
    public long pacingRate() {
        return pacingRate;
    }

    State state() {
        return state;
    }

    BandwidthProbe.Phase phase() {
        return probe.phase();
    }

    PathModel path() {
        return path;
    }

    @Override
    public void onSent(long bytes, long flightBefore, long nowNanos) {
        idle |= flightBefore == 0;
    }

    @Override
    public void onLoss(AckSample sample, long lostBytes, long nowNanos) {
        if (sample.recoveryBegins) {
            path.remember();
        }
        judge.onLoss(lostBytes);
    }

    @Override
    public void onAcked(AckSample sample, long nowNanos) {
        boolean roundBegins = rounds.onAcked(sample);
        judge.onAcked(sample);
        if (sample.deliveryRate > 0) {
            path.bandwidth.update(sample.deliveryRate, sample.appLimited);
        }
        path.minRtt.update(sample.rttNanos, nowNanos);
        path.aggregation.update(sample.bytes, path.rate(), window, rounds.count(), nowNanos);
        roundRate = Math.max(roundRate, sample.deliveryRate);
        roundDelivered = Math.max(roundDelivered, sample.delivered - sample.deliveredBefore);
        boolean tooMuch = judge.isTooMuch(path.minRtt.nanos());
        move(sample, roundBegins, tooMuch, nowNanos);
        if (roundBegins) {
            beginRound(sample, tooMuch);
        }
        setPacingRate(sample);
        setWindow(sample);
        idle = false;
    }

    private void beginRound(AckSample sample, boolean tooMuch) {
        boolean probing = isProbing();
        if (tooMuch && !probing) {
            path.lower(roundRate, roundDelivered, window);
        }
        judge.beginRound(sample.flightAfter, probing, path.minRtt.nanos());
        flightAtRound = sample.flightAfter;
        roundRate = sample.deliveryRate;
        roundDelivered = 0;
    }

    private boolean isProbing() {
        return state == State.STARTUP || (state == State.PROBE_BANDWIDTH && probe.isProbing());
    }

    private void move(AckSample sample, boolean roundBegins, boolean tooMuch, long nowNanos) {
        fullPipe.onAcked(sample, roundBegins);
        switch (state) {
            case STARTUP -> {
                if (tooMuch && roundBegins) {
                    path.setFlightHigh(Math.max(path.product(path.bandwidth.max()), roundDelivered));
                }
                if (fullPipe.isFull() || (tooMuch && roundBegins)) {
                    startupOver = true;
                    state = State.DRAIN;
                }
            }
            case DRAIN -> {
                if (sample.flightAfter <= path.flight(path.bandwidth.max(), 1)) {
                    startProbing(sample, nowNanos);
                }
            }
            case PROBE_BANDWIDTH -> {
                if (probe.onAcked(sample, roundBegins, tooMuch, flightAtRound, window, nowNanos)) {
                    rounds.restart(sample.delivered);
                }
            }
            case PROBE_RTT -> probeRtt(sample, roundBegins, nowNanos);
        }
        if (state != State.PROBE_RTT && path.minRtt.isProbeDue() && !idle) {
            state = State.PROBE_RTT;
            windowBefore = Math.max(window, windowBefore);
            probeRttEnd = 0;
        }
    }

    private void startProbing(AckSample sample, long nowNanos) {
        state = State.PROBE_BANDWIDTH;
        probe.startDown(nowNanos);
        rounds.restart(sample.delivered);
    }

    private void probeRtt(AckSample sample, boolean roundBegins, long nowNanos) {
        if (probeRttEnd == 0) {
            if (sample.flightAfter <= probeRttWindow()) {
                probeRttEnd = nowNanos + PROBE_RTT_NANOS;
                probeRttRound = false;
                rounds.restart(sample.delivered);
            }
            return;
        }
        probeRttRound |= roundBegins;
        if (probeRttRound && nowNanos >= probeRttEnd) {
            path.minRtt.probed(nowNanos);
            window = Math.max(window, windowBefore);
            windowBefore = 0;
            path.forgetLow();
            if (startupOver) {
                startProbing(sample, nowNanos);
                probe.startCruise();
            } else {
                state = State.STARTUP;
            }
        }
    }

    private long probeRttWindow() {
        return Math.max((long) (PROBE_RTT_GAIN * path.product(path.rate())), path.least());
    }

    private void setPacingRate(AckSample sample) {
        if (path.rate() == 0) {
            if (sample.smoothedRttNanos > 0) {
                pacingRate = (long) (STARTUP_GAIN * initialWindow * SECOND_NANOS / sample.smoothedRttNanos);
            }
            return;
        }
        double gain =
                switch (state) {
                    case STARTUP -> STARTUP_GAIN;
                    case DRAIN -> DRAIN_GAIN;
                    case PROBE_BANDWIDTH -> probe.pacingGain();
                    case PROBE_RTT -> 1;
                };
        long rate = Math.max((long) (gain * MARGIN * path.rate()), 1);
        if (startupOver || rate > pacingRate) {
            pacingRate = rate;
        }
    }

    private void setWindow(AckSample sample) {
        double gain = state == State.PROBE_BANDWIDTH ? probe.windowGain() : WINDOW_GAIN;
        long target = path.flight(path.rate(), gain) + path.aggregation.extra(path.rate());
        if (startupOver) {
            window = Math.min(window + sample.bytes, target);
        } else if (window < target || sample.delivered < initialWindow) {
            window += sample.bytes;
        }
        window = Math.max(Math.min(window, bound()), path.least());
    }

    private long bound() {
        long bound =
                switch (state) {
                    case PROBE_BANDWIDTH -> probe.bound();
                    case PROBE_RTT -> Math.min(path.flightWithHeadroom(), probeRttWindow());
                    default -> Long.MAX_VALUE;
                };
        return Math.min(bound, path.flightLow());
    }

    @Override
    public void onTimeout(long nowNanos) {
        path.remember();
        windowBefore = Math.max(window, windowBefore);
        // One packet, then back to what the model says by what is acknowledged.
        window = packetSize;
    }

    @Override
    public void onSpurious(long nowNanos) {
        path.takeBack();
        if (state != State.PROBE_RTT) {
            window = Math.max(window, windowBefore);
            windowBefore = 0;
        }
    }

    @Override
    public void onRecoveryExit(long nowNanos) {
        // A recovery changes neither the window nor the rate.
    }

    @Override
    public void onIdle(long nowNanos) {
        // The rate stays: what leaves after a pause is paced from the first packet on.
        idle = true;
        if (state == State.PROBE_BANDWIDTH && probe.isProbing()) {
            probe.startDown(nowNanos);
        }
    }
}
