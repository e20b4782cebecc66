package org.webrtc4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCTransportStats;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.memory.InMemoryIceAgents;

/**
 * Two whole connections in one process with real DTLS, on a loop each, whose packets cross in memory: what the stack costs
 * without sockets.
 */
final class InMemoryDataChannel {

    private static final int HIGH_WATER = 4 * 1024 * 1024;
    private static final int LOW_WATER = 1024 * 1024;
    private static final int WAIT_SECONDS = 30;
    private static final double GIB = 1L << 30;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RTCPeerConnection offerer;
    private final RTCPeerConnection answerer;
    private final AtomicLong received = new AtomicLong();

    private InMemoryDataChannel(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        this.offerer = offerer;
        this.answerer = answerer;
    }

    /** Measures after a warm-up of the same length. */
    static void run(int messageBytes, int seconds) throws Exception {
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .loops(2)
                        .iceAgents(new InMemoryIceAgents(new SecureRandom()))
                        .build();
                RTCPeerConnection offerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "offerer");
                RTCPeerConnection answerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "answerer")) {
            InMemoryDataChannel pair = new InMemoryDataChannel(offerer, answerer);
            RTCDataChannel channel = pair.connect();
            pair.fill(channel, messageBytes, seconds);
            Reading before = pair.read();
            pair.fill(channel, messageBytes, seconds);
            print(messageBytes, before, pair.read());
        }
    }

    private static void print(int messageBytes, Reading before, Reading after) {
        long bytes = after.bytes - before.bytes;
        long packets = after.packets - before.packets;
        long allocated = after.allocated - before.allocated;
        System.out.printf(
                "In memory, %,d-byte messages: %.1f MB/s, %.2f CPU s/GiB, %d packets, %d bytes allocated per packet, "
                        + "%d of them beside the message's own arrays%n",
                messageBytes,
                bytes / 1e-3 / (after.nanos - before.nanos),
                (after.cpuNanos - before.cpuNanos) / 1e9 / (bytes / GIB),
                packets,
                allocated / packets,
                // One array on the way out and one on the way in.
                (allocated - 2 * bytes) / packets);
    }

    private RTCDataChannel connect() throws Exception {
        RTCDataChannel channel = offerer.createDataChannel("load");
        CompletableFuture<RTCDataChannel> open = new CompletableFuture<>();
        channel.onOpen(event -> open.complete(channel));
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> received.addAndGet(message.bytes().length)));
        offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
        return open.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private void fill(RTCDataChannel channel, int messageBytes, int seconds) throws Exception {
        Semaphore low = new Semaphore(0);
        channel.bufferedAmountLowThreshold(LOW_WATER);
        channel.onBufferedAmountLow(event -> low.release());
        byte[] load = new byte[messageBytes];
        long sent = received.get();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            if (channel.bufferedAmount() < HIGH_WATER) {
                channel.send(load);
                sent += messageBytes;
            } else {
                // The deadline covers an event that fired before the amount was read.
                low.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
        }
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (received.get() < sent) {
            if (System.nanoTime() - patience > 0) {
                throw new IllegalStateException(sent - received.get() + " bytes did not arrive");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private Reading read() throws Exception {
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new Reading(
                System.nanoTime(),
                process.getProcessCpuTime(),
                allocated,
                received.get(),
                packetsSent(offerer) + packetsSent(answerer));
    }

    private static long packetsSent(RTCPeerConnection connection) throws Exception {
        return connection
                .getStats()
                .get(WAIT_SECONDS, TimeUnit.SECONDS)
                .all(RTCTransportStats.class)
                .mapToLong(RTCTransportStats::packetsSent)
                .sum();
    }

    private record Reading(long nanos, long cpuNanos, long allocated, long bytes, long packets) {}
}
