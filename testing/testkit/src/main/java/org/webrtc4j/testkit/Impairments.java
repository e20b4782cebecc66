package org.webrtc4j.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one direction of a path does to packets. Immutable; begin with {@link #NONE} and change one thing at a time:
 * {@code Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.1)}.
 *
 * @param loss which packets are lost
 * @param delay how long packets travel
 * @param noise duplicates and damage
 * @param rate the bottleneck
 * @param mtu the largest packet carried, in bytes of payload; larger ones vanish
 * @param blackouts times during which nothing is carried
 */
public record Impairments(Loss loss, Delay delay, Noise noise, Rate rate, int mtu, List<Blackout> blackouts) {

    /** A perfect path: no delay, no loss, any rate, 65,507 bytes. */
    public static final Impairments NONE = new Impairments(
            Loss.NONE,
            new Delay(0, 0, false),
            new Noise(0, 0, 0),
            new Rate(Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE),
            65_507,
            List.of());

    /**
     * Copies the list.
     *
     * @param loss which packets are lost
     * @param delay how long packets travel
     * @param noise duplicates and damage
     * @param rate the bottleneck
     * @param mtu the largest packet carried
     * @param blackouts times during which nothing is carried
     */
    public Impairments {
        blackouts = List.copyOf(blackouts);
    }

    /**
     * How long packets travel.
     *
     * @param nanos every packet at least
     * @param jitterNanos up to so much more, evenly distributed
     * @param reorders true when packets may overtake each other by jitter; false delays those that would
     */
    public record Delay(long nanos, long jitterNanos, boolean reorders) {}

    /**
     * Duplicates and damage, each a probability per packet. UDP's checksum makes damage rare in life; parsers must stand
     * it all the same.
     *
     * @param duplicate that a packet arrives twice
     * @param flippedBits that one to eight bits of it are flipped
     * @param wrongLength that it is cut short or made longer
     */
    public record Noise(double duplicate, double flippedBits, double wrongLength) {

        /**
         * Checks the ranges.
         *
         * @param duplicate that a packet arrives twice
         * @param flippedBits that bits of it are flipped
         * @param wrongLength that it is cut short or made longer
         */
        public Noise {
            checkProbability(duplicate);
            checkProbability(flippedBits);
            checkProbability(wrongLength);
        }
    }

    /**
     * The bottleneck and the queue before it.
     *
     * @param bitsPerSecond of payload, headers not counted; {@link Long#MAX_VALUE} for no limit
     * @param queueBytes how much may wait; a packet that does not fit is dropped
     * @param queueNanos how long a packet may wait; one that would wait longer is dropped
     */
    public record Rate(long bitsPerSecond, int queueBytes, long queueNanos) {

        /**
         * Checks the range.
         *
         * @param bitsPerSecond of payload
         * @param queueBytes how much may wait
         * @param queueNanos how long a packet may wait
         */
        public Rate {
            if (bitsPerSecond <= 0) {
                throw new IllegalArgumentException("rate of " + bitsPerSecond + " bit/s");
            }
        }
    }

    /**
     * A time during which every packet offered is lost.
     *
     * @param afterNanos when it begins, counted from the making of the path
     * @param lengthNanos how long it lasts
     */
    public record Blackout(long afterNanos, long lengthNanos) {}

    /**
     * Returns a copy that loses packets by chance.
     *
     * @param probability 0 to 1
     * @return the copy
     */
    public Impairments withLoss(double probability) {
        return withLoss(new Loss.Uniform(probability));
    }

    /**
     * Returns a copy that loses packets.
     *
     * @param newLoss which packets
     * @return the copy
     */
    public Impairments withLoss(Loss newLoss) {
        return new Impairments(newLoss, delay, noise, rate, mtu, blackouts);
    }

    /**
     * Returns a copy with another delay.
     *
     * @param newDelay of every packet
     * @return the copy
     */
    public Impairments withDelay(Duration newDelay) {
        return withDelay(new Delay(newDelay.toNanos(), delay.jitterNanos, delay.reorders));
    }

    /**
     * Returns a copy whose delay varies while packets keep their order.
     *
     * @param jitter the most a packet is delayed more
     * @return the copy
     */
    public Impairments withJitter(Duration jitter) {
        return withDelay(new Delay(delay.nanos, jitter.toNanos(), false));
    }

    /**
     * Returns a copy whose delay varies so that packets overtake each other.
     *
     * @param jitter the most a packet is delayed more
     * @return the copy
     */
    public Impairments withReordering(Duration jitter) {
        return withDelay(new Delay(delay.nanos, jitter.toNanos(), true));
    }

    /**
     * Returns a copy that doubles packets.
     *
     * @param probability 0 to 1
     * @return the copy
     */
    public Impairments withDuplicates(double probability) {
        return withNoise(new Noise(probability, noise.flippedBits, noise.wrongLength));
    }

    /**
     * Returns a copy that damages packets.
     *
     * @param flippedBits probability that bits of a packet are flipped
     * @param wrongLength probability that a packet is cut short or made longer
     * @return the copy
     */
    public Impairments withCorruption(double flippedBits, double wrongLength) {
        return withNoise(new Noise(noise.duplicate, flippedBits, wrongLength));
    }

    /**
     * Returns a copy with a bottleneck.
     *
     * @param bitsPerSecond of payload
     * @param queueBytes how much may wait before it
     * @param queue how long a packet may wait before it
     * @return the copy
     */
    public Impairments withRate(long bitsPerSecond, int queueBytes, Duration queue) {
        return new Impairments(
                loss, delay, noise, new Rate(bitsPerSecond, queueBytes, queue.toNanos()), mtu, blackouts);
    }

    /**
     * Returns a copy that carries smaller packets only.
     *
     * @param bytes of payload
     * @return the copy
     */
    public Impairments withMtu(int bytes) {
        return new Impairments(loss, delay, noise, rate, bytes, blackouts);
    }

    /**
     * Returns a copy with one more blackout.
     *
     * @param after when it begins, counted from the making of the path
     * @param length how long it lasts
     * @return the copy
     */
    public Impairments withBlackout(Duration after, Duration length) {
        List<Blackout> more = new ArrayList<>(blackouts);
        more.add(new Blackout(after.toNanos(), length.toNanos()));
        return new Impairments(loss, delay, noise, rate, mtu, more);
    }

    private Impairments withDelay(Delay newDelay) {
        return new Impairments(loss, newDelay, noise, rate, mtu, blackouts);
    }

    private Impairments withNoise(Noise newNoise) {
        return new Impairments(loss, delay, newNoise, rate, mtu, blackouts);
    }

    static void checkProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(probability + " is no probability");
        }
    }
}
