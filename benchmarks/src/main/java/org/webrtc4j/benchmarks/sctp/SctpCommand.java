package org.webrtc4j.benchmarks.sctp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code sctp [SECONDS]}: what SCTP costs alone, both sides on one thread, in CPU time of that thread. What the compiler and the
 * garbage collector take beside it is not counted.
 */
public final class SctpCommand {

    private static final int[] MESSAGE_BYTES = {1_000, 16_384, 65_536, 262_144};
    private static final long SLICE_BYTES = 4 << 20;
    private static final double GIGA = 1e9;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private SctpCommand() {}

    /**
     * What so many seconds have given.
     *
     * @param gigabitsPerSecond payload delivered
     * @param nanosPerPacket CPU time for each packet of the sender, both sides and the acknowledgements included
     * @param packetsPerSecond packets of both sides
     * @param garbagePerPacket bytes allocated for each packet of both sides, the arrays of delivered messages left out
     * @param arraysPerPacket bytes of those arrays
     */
    record Result(
            double gigabitsPerSecond,
            double nanosPerPacket,
            double packetsPerSecond,
            double garbagePerPacket,
            double arraysPerPacket) {}

    /**
     * Measures every size of message and prints a line for the first second and one for the seconds after as many again.
     *
     * @param seconds of CPU time, the warm-up not counted
     */
    public static void run(int seconds) {
        System.out.printf(
                "%nSCTP in memory, both sides on one thread, packets of up to 1,191 bytes; by CPU time of the thread%n"
                        + "%-10s %-13s %8s %10s %12s %18s %16s%n",
                "message", "", "Gbit/s", "ns/packet", "packets/s", "garbage B/packet", "arrays B/packet");
        for (int bytes : MESSAGE_BYTES) {
            List<Result> results = measure(bytes, TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(seconds));
            print(bytes, "first second", results.get(0));
            print(bytes, "warm", results.get(1));
        }
    }

    /** The first slice of time, and one after it and as long a pause. */
    static List<Result> measure(int messageBytes, long firstNanos, long nanos) {
        MemoryPair pair = new MemoryPair();
        byte[] message = new byte[messageBytes];
        List<Result> results = new ArrayList<>();
        results.add(measure(pair, message, firstNanos));
        measure(pair, message, nanos);
        results.add(measure(pair, message, nanos));
        return results;
    }

    private static Result measure(MemoryPair pair, byte[] message, long nanos) {
        long packets = pair.packets();
        long dataPackets = pair.dataPackets();
        long arrays = pair.arrayBytes();
        long bytes = 0;
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        long taken = 0;
        while (taken < nanos) {
            pair.transfer(message, SLICE_BYTES);
            bytes += SLICE_BYTES;
            taken = THREADS.getCurrentThreadCpuTime() - start;
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        packets = pair.packets() - packets;
        dataPackets = pair.dataPackets() - dataPackets;
        arrays = pair.arrayBytes() - arrays;
        double seconds = taken / GIGA;
        return new Result(
                bytes * Byte.SIZE / GIGA / seconds,
                (double) taken / dataPackets,
                packets / seconds,
                (double) (allocated - arrays) / packets,
                (double) arrays / packets);
    }

    private static void print(int messageBytes, String when, Result result) {
        System.out.printf(
                "%,10d %-13s %8.2f %10.0f %,12.0f %18.2f %16.0f%n",
                messageBytes,
                when,
                result.gigabitsPerSecond,
                result.nanosPerPacket,
                result.packetsPerSecond,
                result.garbagePerPacket,
                result.arraysPerPacket);
    }
}
