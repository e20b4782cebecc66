package org.webrtc4j.benchmarks.srtp;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/**
 * An implementation in Java in a process of its own, so that what the compiler knows of one does not slow another down. It
 * answers the lines that libsrtp's peer answers, in CPU time of its one thread: without that of the compiler and the garbage
 * collector.
 */
public final class SrtpPeer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private SrtpPeer() {}

    /**
     * Answers until the input ends.
     *
     * @param arguments {@code webrtc4j}, {@code jitsi-srtp}, or {@code jitsi+jdk}: that with the JDK's HMAC
     * @throws Exception when it is not understood
     */
    public static void main(String[] arguments) throws Exception {
        String name = arguments[0];
        System.out.println(
                "{\"implementation\":\"" + name + "\",\"crypto\":\"Java " + System.getProperty("java.version") + "\"}");
        if (name.equals("jitsi+jdk")) {
            JitsiPackets.useHmacOfJdk();
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println("{\"nanos\":" + measure(name, SrtpCase.of(words), Integer.parseInt(words[3])) + "}");
        }
    }

    private static PacketRow row(String name, SrtpCase what) throws Exception {
        return name.equals("webrtc4j")
                ? new OurPackets(what.profile(), what.payloadBytes())
                : new JitsiPackets(what.profile(), what.payloadBytes());
    }

    /** Nanoseconds of CPU a packet, over at least so many milliseconds. */
    private static double measure(String name, SrtpCase what, int millis) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        PacketRow row = row(name, what);
        long nanos = 0;
        long packets = 0;
        while (nanos < millis * NANOS_PER_MILLI) {
            if (what.operation() == SrtpCase.Operation.PROTECT) {
                long start = threads.getCurrentThreadCpuTime();
                row.protect();
                nanos += threads.getCurrentThreadCpuTime() - start;
            } else {
                row.prepare();
                long start = threads.getCurrentThreadCpuTime();
                row.unprotect();
                nanos += threads.getCurrentThreadCpuTime() - start;
            }
            packets += PacketRow.PACKETS;
        }
        return (double) nanos / packets;
    }
}
