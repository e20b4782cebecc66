package org.webrtc4j.benchmarks.forward;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.benchmarks.MemoryLoop;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * The forwarding server without sockets, on one thread: connections of the product, set up by descriptions, ICE and DTLS
 * with those of a generator, over ports in memory. What is measured is everything that happens between a datagram handed to
 * a server's port and the datagrams for all receivers handed to theirs, with the turn of every connection concerned and
 * what it does by timers: reports, feedback, consent. The generator has a loop of its own and makes its packets outside of
 * what is measured; its receivers stay silent.
 */
final class ForwardInMemory implements AutoCloseable {

    /** Packets that come with one read of a socket. */
    private static final int BATCH = 32;

    private static final int BATCHES_A_ROUND = 32;
    private static final int SAMPLES = 1 << 16;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String SERVER = "10.0.0.1";
    private static final String GENERATOR = "10.0.0.2";

    private final ForwardScenario scenario;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MemoryPorts ports = new MemoryPorts();
    private final MemoryLoop loop = new MemoryLoop();
    private final MemoryLoop generatorLoop = new MemoryLoop();
    private final WebRtcRuntime runtime;
    private final ForwardServer server;
    private final TappedRuntime generator;
    private final List<Way> ways = new ArrayList<>();
    private final ByteBuffer[] packets = new ByteBuffer[BATCH * BATCHES_A_ROUND];
    private final double[] samples = new double[SAMPLES];
    private int sampled;

    /** How the packets of one sender come to the server. */
    private record Way(ProtectedStream stream, MemoryPorts.Port port, InetSocketAddress from) {}

    private ForwardInMemory(ForwardScenario scenario) {
        this.scenario = scenario;
        Arrays.setAll(packets, i -> ByteBuffer.allocate(RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES));
        runtime = WebRtcRuntime.builder()
                .eventLoops(List.of(loop))
                .iceAgents(PortIceAgents.builder(ports.host(SERVER)).build())
                .build();
        server = new ForwardServer(runtime);
        generator = new TappedRuntime(
                WebRtcRuntime.builder().eventLoops(List.of(generatorLoop)),
                PortIceAgents.builder(ports.host(GENERATOR)).build(),
                scenario.profile());
        for (int i = 0; i < scenario.senders(); i++) {
            addSender(i);
        }
        for (int i = 0; i < scenario.receivers(); i++) {
            addReceiver();
        }
    }

    private void addSender(int index) {
        ForwardClient client = ForwardClient.sender(generator.runtime(), scenario.kind());
        connect(client, await(server.publish(await(client.offer()))));
        TappedRuntime.Transport below = generator.latest();
        SelectedPair pair = below.agent().selectedPair().orElseThrow();
        IceCandidate to = pair.remote();
        ways.add(new Way(
                new ProtectedStream(
                        below.srtp(), client.numbers(scenario.mimeType()), 7_000 + index, scenario.packetBytes()),
                ports.at(to.address(), to.port()),
                ports.at(pair.local().address(), pair.local().port()).local()));
    }

    private void addReceiver() {
        ForwardClient client =
                ForwardClient.receiver(generator.runtime(), scenario.kind(), scenario.senders(), packet -> {});
        connect(client, await(server.show(await(client.offer()))));
    }

    private void connect(ForwardClient client, String answer) {
        await(client.answered(answer));
        settle();
    }

    private <T> T await(CompletableFuture<T> future) {
        MemoryLoop.runUntil(future::isDone, loop, generatorLoop);
        return future.join();
    }

    /** Measures one point for a while, after as long a warm-up. */
    static ForwardResult run(ForwardScenario scenario, double seconds) {
        try (ForwardInMemory stage = new ForwardInMemory(scenario)) {
            long start = System.nanoTime();
            do {
                stage.spend(seconds / 4);
            } while (!scenario.isWarm((System.nanoTime() - start) / 1e9, seconds, stage.ports.mediaPackets()));
            return stage.result(stage.spend(seconds));
        }
    }

    /** What so many packets have cost the server. */
    private record Cost(long in, long out, long cpuNanos, long wallNanos, long allocatedBytes) {}

    private Cost spend(double seconds) {
        long thread = Thread.currentThread().getId();
        long cpu = 0;
        long wall = 0;
        long allocated = 0;
        long in = 0;
        long outBefore = ports.mediaPackets();
        sampled = 0;
        while (wall < seconds * 1e9) {
            generate();
            long allocatedBefore = threads.getThreadAllocatedBytes(thread);
            long cpuBefore = threads.getCurrentThreadCpuTime();
            long wallBefore = System.nanoTime();
            for (int batch = 0; batch < BATCHES_A_ROUND; batch++) {
                forward(batch * BATCH);
            }
            wall += System.nanoTime() - wallBefore;
            cpu += threads.getCurrentThreadCpuTime() - cpuBefore;
            allocated += threads.getThreadAllocatedBytes(thread) - allocatedBefore;
            in += packets.length;
        }
        return new Cost(in, ports.mediaPackets() - outBefore, cpu, wall, allocated);
    }

    private ForwardResult result(Cost cost) {
        return new ForwardResult(
                scenario,
                cost.in(),
                cost.out(),
                cost.in() * scenario.receivers() - cost.out(),
                cost.cpuNanos(),
                cost.cpuNanos(),
                cost.wallNanos(),
                Arrays.copyOf(samples, Math.min(sampled, SAMPLES)),
                cost.allocatedBytes(),
                CipherGarbage.of(scenario, ports.headerBytes(), cost.in(), cost.out()));
    }

    private void generate() {
        for (int i = 0; i < packets.length; i++) {
            ways.get(i % ways.size()).stream().next(packets[i]);
        }
        generatorLoop.run();
    }

    private void forward(int first) {
        long now = loop.clock().nanoTime();
        for (int i = first; i < first + BATCH; i++) {
            Way way = ways.get(i % ways.size());
            way.port().receive(way.from(), packets[i], now);
            samples[sampled++ % SAMPLES] = System.nanoTime() - now;
        }
        for (int i = 0; i < ways.size(); i++) {
            ways.get(i).port().readEnd(now);
        }
        loop.run();
    }

    @Override
    public void close() {
        CompletableFuture<?> ended = CompletableFuture.allOf(generator.shutdown(), runtime.shutdown(LIMIT));
        MemoryLoop.runUntil(ended::isDone, loop, generatorLoop);
    }

    /** Lets both sides do what they have to do: the server may be a flight behind. */
    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = loop.run();
            busy |= generatorLoop.run();
        }
    }
}
