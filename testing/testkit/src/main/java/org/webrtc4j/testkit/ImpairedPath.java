package org.webrtc4j.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One direction of a path as a pure engine: a packet and the time go in; copies with their arrival times come out.
 *
 * <p>A packet meets, in this order: blackout, MTU, the queue and the bottleneck, loss, damage, delay, duplication. With the
 * same seed and the same packets at the same times it does the same.
 */
public final class ImpairedPath {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_ADDED_BYTES = 64;

    private final RandomGenerator random;
    private final long madeNanos;
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    private Impairments impairments;
    private long queuedBytes;
    private long freeNanos;
    private long shapingRemainder;
    private long lastArrivalNanos;
    private long blackoutEndNanos;
    private boolean bad;
    private long offered;
    private long delivered;
    private long duplicated;
    private long damaged;

    /** Where the packets of a path come out. */
    public interface Output {

        /**
         * Gives the array that a packet is copied into, so that arrays may be used again.
         *
         * @param bytes how long the packet is
         * @return an array of exactly that length, of any content
         */
        default byte[] room(int bytes) {
            return new byte[bytes];
        }

        /**
         * Takes a packet that arrives.
         *
         * @param packet an array of its own, now the taker's: that of {@link #room}, or another
         * @param atNanos when it arrives, not before the time it was offered
         */
        void arrives(byte[] packet, long atNanos);

        /**
         * Takes note of a packet that does not arrive.
         *
         * @param packet its bytes, borrowed for the call
         * @param reason why
         */
        void dropped(ByteBuffer packet, DropReason reason);
    }

    /**
     * Counters of a path. Every packet offered was dropped or delivered.
     *
     * @param offered packets put in
     * @param delivered packets that come out, duplicates not counted
     * @param duplicated packets that come out a second time
     * @param damaged packets that come out with wrong bits or a wrong length
     * @param drops packets that do not come out, by reason
     */
    public record Stats(long offered, long delivered, long duplicated, long damaged, Map<DropReason, Long> drops) {}

    private record Queued(long departureNanos, int bytes) {}

    /**
     * Creates a path.
     *
     * @param impairments what it does to packets
     * @param random its only source of chance
     * @param nowNanos the time from which blackouts are counted
     */
    public ImpairedPath(Impairments impairments, RandomGenerator random, long nowNanos) {
        this.impairments = impairments;
        this.random = random;
        this.madeNanos = nowNanos;
        this.freeNanos = nowNanos;
        this.lastArrivalNanos = nowNanos;
        this.blackoutEndNanos = nowNanos;
    }

    /**
     * Changes what the path does from the next packet on; those under way are not touched.
     *
     * @param newImpairments what it does
     */
    public void setImpairments(Impairments newImpairments) {
        impairments = newImpairments;
    }

    /** How long every packet travels at least. */
    long delayNanos() {
        return impairments.delay().nanos();
    }

    /**
     * Begins a blackout, beside those of the impairments.
     *
     * @param endNanos until when nothing is carried
     */
    public void blackoutUntil(long endNanos) {
        blackoutEndNanos = endNanos;
    }

    /**
     * Puts a packet in.
     *
     * @param packet its bytes, borrowed for the call
     * @param nowNanos the time, not before that of the previous call
     * @param output where it comes out, called within this call
     */
    public void offer(ByteBuffer packet, long nowNanos, Output output) {
        long index = offered++;
        if (isBlackout(nowNanos)) {
            drop(output, packet, DropReason.BLACKOUT);
            return;
        }
        if (packet.remaining() > impairments.mtu()) {
            drop(output, packet, DropReason.TOO_LARGE);
            return;
        }
        long departureNanos = pass(packet.remaining(), nowNanos);
        if (departureNanos < 0) {
            drop(output, packet, DropReason.QUEUE_FULL);
            return;
        }
        if (isLost(index, packet)) {
            drop(output, packet, DropReason.LOSS);
            return;
        }
        byte[] bytes = damage(copy(packet, output));
        delivered++;
        boolean twice = happens(impairments.noise().duplicate());
        byte[] second = twice ? bytes.clone() : bytes;
        output.arrives(bytes, arrival(departureNanos));
        if (twice) {
            duplicated++;
            output.arrives(second, arrival(departureNanos));
        }
    }

    /**
     * Returns how long a packet that is put in now waits before the bottleneck.
     *
     * @param nowNanos the time, not before that of the latest packet
     * @return nanoseconds, 0 without a bottleneck
     */
    public long queueNanos(long nowNanos) {
        return Math.max(0, freeNanos - nowNanos);
    }

    /**
     * Returns the counters.
     *
     * @return a snapshot
     */
    public Stats stats() {
        return new Stats(offered, delivered, duplicated, damaged, Map.copyOf(drops));
    }

    private boolean isBlackout(long nowNanos) {
        if (nowNanos < blackoutEndNanos) {
            return true;
        }
        for (Impairments.Blackout blackout : impairments.blackouts()) {
            long sinceBegin = nowNanos - madeNanos - blackout.afterNanos();
            if (sinceBegin >= 0 && sinceBegin < blackout.lengthNanos()) {
                return true;
            }
        }
        return false;
    }

    /** Returns when the packet has passed the bottleneck, or -1 when the queue before it is full. */
    private long pass(int bytes, long nowNanos) {
        Impairments.Rate rate = impairments.rate();
        if (rate.bitsPerSecond() == Long.MAX_VALUE) {
            return nowNanos;
        }
        while (!queue.isEmpty() && queue.element().departureNanos <= nowNanos) {
            queuedBytes -= queue.remove().bytes;
        }
        if (freeNanos < nowNanos) {
            freeNanos = nowNanos;
            shapingRemainder = 0;
        }
        if (queuedBytes + bytes > rate.queueBytes() || freeNanos - nowNanos > rate.queueNanos()) {
            return -1;
        }
        // The remainder of the division is carried on, so that a long run is exact to the nanosecond.
        long work = bytes * 8L * NANOS_PER_SECOND + shapingRemainder;
        freeNanos += work / rate.bitsPerSecond();
        shapingRemainder = work % rate.bitsPerSecond();
        queue.add(new Queued(freeNanos, bytes));
        queuedBytes += bytes;
        return freeNanos;
    }

    private boolean isLost(long index, ByteBuffer packet) {
        Loss loss = impairments.loss();
        if (loss instanceof Loss.Uniform uniform) {
            return happens(uniform.probability());
        }
        if (loss instanceof Loss.GilbertElliott burst) {
            if (happens(bad ? burst.badToGood() : burst.goodToBad())) {
                bad = !bad;
            }
            return happens(bad ? burst.lossInBad() : burst.lossInGood());
        }
        return ((Loss.Chosen) loss).rule().drops(index, packet.duplicate());
    }

    private byte[] damage(byte[] bytes) {
        byte[] result = bytes;
        boolean flip = happens(impairments.noise().flippedBits()) && bytes.length > 0;
        if (flip) {
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                int bit = random.nextInt(bytes.length * 8);
                result[bit >>> 3] ^= (byte) (1 << (bit & 7));
            }
        }
        boolean resize = happens(impairments.noise().wrongLength());
        if (resize) {
            boolean shorter = bytes.length > 0 && random.nextBoolean();
            int length = shorter ? random.nextInt(bytes.length) : bytes.length + 1 + random.nextInt(MAX_ADDED_BYTES);
            result = Arrays.copyOf(bytes, length);
            for (int i = bytes.length; i < length; i++) {
                result[i] = (byte) random.nextInt();
            }
        }
        if (flip || resize) {
            damaged++;
        }
        return result;
    }

    private long arrival(long departureNanos) {
        Impairments.Delay delay = impairments.delay();
        long arrivalNanos = departureNanos
                + delay.nanos()
                + (delay.jitterNanos() > 0 ? random.nextLong(delay.jitterNanos() + 1) : 0);
        if (delay.reorders()) {
            return arrivalNanos;
        }
        lastArrivalNanos = Math.max(lastArrivalNanos, arrivalNanos);
        return lastArrivalNanos;
    }

    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private void drop(Output output, ByteBuffer packet, DropReason reason) {
        drops.merge(reason, 1L, Long::sum);
        output.dropped(packet, reason);
    }

    private static byte[] copy(ByteBuffer packet, Output output) {
        byte[] bytes = output.room(packet.remaining());
        packet.get(packet.position(), bytes);
        return bytes;
    }
}
