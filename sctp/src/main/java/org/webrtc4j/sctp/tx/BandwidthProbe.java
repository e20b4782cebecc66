package org.webrtc4j.sctp.tx;

/**
 * The cycle in which a path is kept busy and, every few seconds, asked for more (draft-ietf-ccwg-bbr section 5.3.3): DOWN
 * drains what a probe has left in the queue, CRUISE leaves room for others, REFILL fills the path without a queue, UP sends
 * more until that is too much.
 */
final class BandwidthProbe {

    enum Phase {
        DOWN,
        CRUISE,
        REFILL,
        UP
    }

    /** What acknowledgements tell: of what was sent before the probe, of the probe, or of the time after it. */
    private enum Feedback {
        NONE,
        STARTING,
        PROBING,
        STOPPING
    }

    private static final double DOWN_GAIN = 0.9;
    private static final double UP_GAIN = 1.25;
    private static final double UP_WINDOW_GAIN = 2.25;
    private static final double WINDOW_GAIN = 2;
    private static final long LEAST_WAIT_NANOS = 2_000_000_000L;
    private static final long WAIT_SPREAD_NANOS = 1_000_000_000L;
    /** A probe at least as often as standard control would grow by a packet for each packet of the path, up to this. */
    private static final int MOST_ROUNDS = 63;

    private static final int MOST_GROWTH_SHIFT = 30;

    private final PathModel path;
    private final FullPipe fullPipe;
    private final int packetSize;
    private Phase phase = Phase.DOWN;
    private Feedback feedback = Feedback.NONE;
    private long waitNanos;
    private long waitBegan;
    private long roundsOfWait;
    private int upRounds;
    private long upBytes;
    /** In UP the bound grows by a packet for so many bytes acknowledged. */
    private long upBytesPerPacket;

    BandwidthProbe(PathModel path, FullPipe fullPipe, int packetSize) {
        this.path = path;
        this.fullPipe = fullPipe;
        this.packetSize = packetSize;
    }

    Phase phase() {
        return phase;
    }

    /** Whether more is sent than the path is known to take. */
    boolean isProbing() {
        return phase == Phase.REFILL || phase == Phase.UP;
    }

    double pacingGain() {
        return switch (phase) {
            case DOWN -> DOWN_GAIN;
            case UP -> UP_GAIN;
            default -> 1;
        };
    }

    double windowGain() {
        return phase == Phase.UP ? UP_WINDOW_GAIN : WINDOW_GAIN;
    }

    /** The bound to what may be in flight in this phase. */
    long bound() {
        return phase == Phase.CRUISE ? path.flightWithHeadroom() : path.flightHigh();
    }

    void startDown(long nowNanos) {
        phase = Phase.DOWN;
        feedback = Feedback.STOPPING;
        upBytesPerPacket = Long.MAX_VALUE;
        // Flows that began together shall not probe together. The time is chance enough.
        long chance = (nowNanos * 0x9e37_79b9_7f4a_7c15L) >>> 33;
        waitNanos = LEAST_WAIT_NANOS + chance * WAIT_SPREAD_NANOS / (1L << 31);
        waitBegan = nowNanos;
        roundsOfWait = chance & 1;
    }

    void startCruise() {
        phase = Phase.CRUISE;
    }

    private void startRefill() {
        phase = Phase.REFILL;
        feedback = Feedback.NONE;
        path.forgetLow();
        upRounds = 0;
        upBytes = 0;
    }

    private void startUp(AckSample sample, long window) {
        phase = Phase.UP;
        feedback = Feedback.STARTING;
        fullPipe.restart(sample.deliveryRate);
        steepen(window);
    }

    /** In UP the bound grows by 1, 2, 4 ... packets a round. */
    private void steepen(long window) {
        long packets = 1L << upRounds;
        upRounds = Math.min(upRounds + 1, MOST_GROWTH_SHIFT);
        upBytesPerPacket = Math.max(window / packets, 1);
    }

    /**
     * Takes an acknowledgement.
     *
     * @param sample what it tells
     * @param roundBegins whether a round begins with it
     * @param tooMuch whether losses show that too much is in flight
     * @param flight what was in flight when the round began
     * @param window the congestion window
     * @param nowNanos the time of this turn
     * @return whether a phase begins for which a round is to be begun
     */
    boolean onAcked(AckSample sample, boolean roundBegins, boolean tooMuch, long flight, long window, long nowNanos) {
        if (roundBegins) {
            roundsOfWait++;
        }
        Phase before = phase;
        learn(sample, roundBegins, tooMuch, flight, window, nowNanos);
        if (phase == before) {
            move(sample, roundBegins, window, nowNanos);
        }
        return phase != before && phase != Phase.CRUISE;
    }

    private void learn(
            AckSample sample, boolean roundBegins, boolean tooMuch, long flight, long window, long nowNanos) {
        if (roundBegins && feedback == Feedback.STARTING) {
            feedback = Feedback.PROBING;
        } else if (roundBegins && feedback == Feedback.STOPPING) {
            feedback = Feedback.NONE;
            if (!sample.appLimited) {
                path.bandwidth.advance();
            }
        }
        if (tooMuch) {
            onTooMuch(sample, flight, window, nowNanos);
        } else if (path.flightHigh() != Long.MAX_VALUE) {
            if (flight > path.flightHigh()) {
                path.setFlightHigh(flight);
            }
            if (phase == Phase.UP) {
                growBound(sample, roundBegins, window);
            }
        }
    }

    /** One verdict for each probe: those that follow are about the same losses. */
    private void onTooMuch(AckSample sample, long flight, long window, long nowNanos) {
        boolean ofProbe =
                feedback == Feedback.STARTING || feedback == Feedback.PROBING || feedback == Feedback.STOPPING;
        if (!ofProbe) {
            return;
        }
        feedback = phase == Phase.UP ? feedback : Feedback.NONE;
        if (!sample.appLimited) {
            long target = Math.min(path.product(path.rate()), window);
            path.setFlightHigh(Math.max(Math.max(flight, (long) (PathModel.BETA * target)), path.least()));
        }
        if (phase == Phase.UP) {
            startDown(nowNanos);
            feedback = Feedback.NONE;
            path.bandwidth.advance();
        }
    }

    private void growBound(AckSample sample, boolean roundBegins, long window) {
        if (!sample.fullyUtilised || window < path.flightHigh()) {
            return;
        }
        upBytes += sample.bytes;
        if (upBytes >= upBytesPerPacket) {
            long packets = upBytes / upBytesPerPacket;
            upBytes -= packets * upBytesPerPacket;
            path.setFlightHigh(path.flightHigh() + packets * packetSize);
        }
        if (roundBegins) {
            steepen(window);
        }
    }

    private void move(AckSample sample, boolean roundBegins, long window, long nowNanos) {
        switch (phase) {
            case DOWN -> {
                if (isTimeToProbe(window, nowNanos)) {
                    startRefill();
                } else if (isDrained(sample.flightAfter)) {
                    startCruise();
                }
            }
            case CRUISE -> {
                if (isTimeToProbe(window, nowNanos)) {
                    startRefill();
                }
            }
            case REFILL -> {
                if (roundBegins) {
                    startUp(sample, window);
                }
            }
            case UP -> {
                if (isTimeToGoDown(sample, window)) {
                    startDown(nowNanos);
                }
            }
        }
    }

    private boolean isTimeToProbe(long window, long nowNanos) {
        long packets = Math.min(path.product(path.rate()), window) / packetSize;
        return nowNanos - waitBegan > waitNanos
                || roundsOfWait >= Math.max(Math.min(packets, MOST_ROUNDS), PathModel.LEAST_PACKETS);
    }

    private boolean isDrained(long flight) {
        return flight <= path.flightWithHeadroom() && flight <= path.flight(path.bandwidth.max(), 1);
    }

    /** Enough: the bound was no hindrance and yet nothing more came through. */
    private boolean isTimeToGoDown(AckSample sample, long window) {
        if (sample.fullyUtilised && window >= path.flightHigh()) {
            // The bound holds the probe back, not the path.
            fullPipe.restart(sample.deliveryRate);
            return false;
        }
        return fullPipe.isFull();
    }
}
