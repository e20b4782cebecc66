package org.webrtc4j.benchmarks.forward;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * The other ends of a forwarding server: senders whose packets are protected and handed to their ICE agent at once, and
 * receivers that are connections like any, with reports and feedback, and count what comes to their packet tap. All on one
 * loop, each with a socket of its own.
 */
final class ForwardGenerator implements AutoCloseable {

    /** So many packets at most are under way when it sends as fast as they arrive: they fit into the buffer of a socket. */
    private static final int WINDOW = 96;

    private static final int BURST = 16;
    private static final int SAMPLES = 1 << 18;
    private static final double NANOS = 1e9;

    /** When nothing has come for so long what is under way is lost; shorter pauses are the scheduler's on a busy machine. */
    private static final long LOST_NANOS = 2_000_000_000L;

    private final ForwardScenario scenario;
    private final NettyEventLoops loops = NettyEventLoops.create(1);
    private final NettyPorts ports = NettyPorts.builder(loops)
            .bind(InetAddress.getLoopbackAddress())
            .dedicated()
            .build();
    private final PortIceAgents agents = PortIceAgents.builder(ports)
            .filter(PeerFilter.client().withLoopback())
            .build();
    private final TappedRuntime tapped;
    private final List<Way> ways = new ArrayList<>();
    private final EventLoop loop = loops.loops().get(0);
    private final Runnable pump = this::pump;
    private final LoopTimer timer = loop.newTimer(pump);
    private final ByteBuffer packet = ByteBuffer.allocate(RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES);

    // Written on the loop alone, read by anyone.
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();

    // On the loop.
    private boolean pumping;
    private boolean waiting;
    private double perSecond;
    private long sinceNanos;
    private long sentSince;
    private long writtenOff;
    private long lastArrived;
    private long lastArrivalNanos;
    private double[] delays = new double[0];
    private int sampled;
    private int headerBytes = ProtectedStream.HEADER_BYTES;

    private record Way(ProtectedStream stream, TappedRuntime.Transport below) {}

    /** A generator without connections. */
    ForwardGenerator(ForwardScenario scenario) {
        this.scenario = scenario;
        tapped = new TappedRuntime(WebRtcRuntime.builder().eventLoops(loops), agents, scenario.profile());
    }

    /** What a server says to an offer. */
    @FunctionalInterface
    interface Server {

        /** Gives the answer. */
        String answer(String offer) throws InterruptedException;
    }

    /** Sets a sender up. */
    void addSender(Server server) throws InterruptedException {
        ForwardClient client = ForwardClient.sender(tapped.runtime(), scenario.kind());
        client.answered(server.answer(client.offer().join())).join();
        TappedRuntime.Transport below = tapped.latest();
        ways.add(new Way(
                new ProtectedStream(
                        below.srtp(), client.numbers(scenario.mimeType()), 7_000 + ways.size(), scenario.packetBytes()),
                below));
    }

    /** Sets a receiver up. */
    void addReceiver(Server server) throws InterruptedException {
        ForwardClient client =
                ForwardClient.receiver(tapped.runtime(), scenario.kind(), scenario.senders(), this::onPacket);
        client.answered(server.answer(client.offer().join())).join();
    }

    private void onPacket(RtpPacket received) {
        resume();
        arrived.lazySet(arrived.get() + 1);
        if (sampled < delays.length) {
            headerBytes = received.payloadOffset() - received.offset();
            long made =
                    ByteBuffer.wrap(received.array()).getLong(received.payloadOffset() + ProtectedStream.TIME_OFFSET);
            delays[sampled++] = System.nanoTime() - made;
        }
    }

    /** Packets of all senders so far. */
    long sent() {
        return sent.get();
    }

    /** Packets of all receivers so far. */
    long arrived() {
        return arrived.get();
    }

    /** Sends from now on so many packets in a second, or as fast as they arrive. */
    void start(double packetsPerSecond) {
        onLoop(() -> {
            perSecond = packetsPerSecond;
            sinceNanos = System.nanoTime();
            sentSince = 0;
            writtenOff = sent.get() - arrived.get() / scenario.receivers();
            lastArrivalNanos = sinceNanos;
            sampled = 0;
            delays = new double[0];
            pumping = true;
            loop.execute(pump);
        });
    }

    /** As fast as they arrive. */
    static double unlimited() {
        return Double.POSITIVE_INFINITY;
    }

    /** Notes the delays of the packets that come from now on. */
    void noteDelays() {
        onLoop(() -> {
            sampled = 0;
            delays = new double[SAMPLES];
        });
    }

    /** The delays noted, in nanoseconds. */
    double[] delays() {
        return Arrays.copyOf(delays, sampled);
    }

    /** The length of the headers that come. */
    int headerBytes() {
        return headerBytes;
    }

    /** Sends nothing more. */
    void stop() {
        onLoop(() -> pumping = false);
    }

    private void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, loop).join();
    }

    /** Sends what is due. It never comes again at once when nothing is: a loop that has always a task seldom reads. */
    private void pump() {
        waiting = false;
        if (!pumping) {
            return;
        }
        long now = System.nanoTime();
        long due = perSecond == unlimited() ? room(now) : (long) ((now - sinceNanos) / NANOS * perSecond) - sentSince;
        int count = (int) Math.min(due, BURST);
        for (int i = 0; i < count; i++) {
            Way way = ways.get((int) (sentSince % ways.size()));
            way.stream().next(packet);
            way.below().agent().send(packet);
            sentSince++;
        }
        if (count > 0) {
            sent.lazySet(sent.get() + count);
            for (int i = 0; i < ways.size(); i++) {
                ways.get(i).below().agent().flush();
            }
        }
        if (due > count) {
            loop.execute(pump);
        } else if (perSecond == unlimited()) {
            waiting = true; // for what arrives, or for the end of patience
            timer.arm(now + LOST_NANOS);
        } else {
            timer.arm(sinceNanos + (long) ((sentSince + 1) / perSecond * NANOS));
        }
    }

    private void resume() {
        if (waiting) {
            waiting = false;
            loop.execute(pump);
        }
    }

    private long room(long now) {
        long come = arrived.get();
        if (come != lastArrived) {
            lastArrived = come;
            lastArrivalNanos = now;
        } else if (now - lastArrivalNanos > LOST_NANOS) {
            lastArrivalNanos = now;
            writtenOff = sent.get() - come / scenario.receivers();
        }
        return WINDOW - (sent.get() - come / scenario.receivers() - writtenOff);
    }

    @Override
    public void close() {
        stop();
        tapped.shutdown().join();
        agents.close();
        ports.close();
        loops.close();
    }
}
