package org.webrtc4j.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.webrtc4j.common.ProtocolEngine;

/** Two engines on a seeded link in virtual time: delay, loss, reorder, duplicates, corruption. */
public final class Pipe {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Flight(long at, long order, int to, byte[] packet) {}

    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final List<ProtocolEngine> engines = new ArrayList<>();
    public final Random random;
    public long nowNanos = 1_000_000_000L;
    public long delayNanos = 10_000_000L;
    public long jitterNanos;
    public double loss;
    public double duplicates;
    public double corruption;
    /** Bits per second of each direction, 0 for no limit; the queue before it holds queueBytes. */
    public long rate;

    public long queueBytes = 1 << 20;
    private final long[] busyUntil = new long[2];
    /** Sees every packet before the link does; what it does not pass is lost. */
    public Predicate<byte[]> filter = packet -> true;

    public long packets;
    private long order;

    public Pipe(long seed) {
        random = new Random(seed);
    }

    public void join(ProtocolEngine a, ProtocolEngine b) {
        engines.clear();
        engines.add(a);
        engines.add(b);
    }

    /** Takes a packet from one side. */
    public void send(int from, ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        packets++;
        if (!filter.test(copy) || random.nextDouble() < loss) {
            return;
        }
        if (random.nextDouble() < corruption) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int copies = random.nextDouble() < duplicates ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long jitter = jitterNanos == 0 ? 0 : (long) (random.nextDouble() * jitterNanos);
            long sent = nowNanos;
            if (rate > 0) {
                long start = Math.max(nowNanos, busyUntil[from]);
                if ((start - nowNanos) * rate / 8 / 1_000_000_000L > queueBytes) {
                    continue;
                }
                sent = start + copy.length * 8L * 1_000_000_000L / rate;
                busyUntil[from] = sent;
            }
            flights.add(new Flight(sent + delayNanos + jitter, order++, 1 - from, copy));
        }
    }

    /** Moves on to the next thing that happens, within a limit; false when nothing does. */
    public boolean step(long untilNanos) {
        for (ProtocolEngine engine : engines) {
            engine.handleBatchEnd(nowNanos);
        }
        long next = flights.isEmpty() ? ProtocolEngine.NEVER : flights.peek().at;
        for (ProtocolEngine engine : engines) {
            next = Math.min(next, engine.nextTimeout());
        }
        if (next > untilNanos) {
            nowNanos = Math.max(nowNanos, untilNanos);
            return false;
        }
        nowNanos = Math.max(nowNanos, next);
        while (!flights.isEmpty() && flights.peek().at <= nowNanos) {
            Flight flight = flights.remove();
            // Packets are borrowed from the middle of a larger array, as a port would.
            byte[] array = new byte[flight.packet.length + 7];
            System.arraycopy(flight.packet, 0, array, 3, flight.packet.length);
            engines.get(flight.to).handlePacket(ByteBuffer.wrap(array, 3, flight.packet.length), nowNanos);
        }
        for (ProtocolEngine engine : engines) {
            engine.handleTimeout(nowNanos);
        }
        return true;
    }

    public void runFor(long nanos) {
        long until = nowNanos + nanos;
        while (step(until)) {
            // Virtual time does the work.
        }
    }

    public boolean runUntil(BooleanSupplier condition, long limitNanos) {
        long until = nowNanos + limitNanos;
        while (!condition.getAsBoolean()) {
            if (!step(until)) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
