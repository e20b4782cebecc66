package org.webrtc4j.benchmarks.goodput;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpStats;
import org.webrtc4j.testkit.SharedBottleneck;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualTime;

/** Flows through one bottleneck, watched from the end of a warm-up on. */
final class Lab {

    /** A flow that sends nothing new for so long has stalled. */
    static final Duration STALL = Duration.ofSeconds(30);

    private static final Duration SET_UP_LIMIT = Duration.ofMinutes(2);
    private static final Duration LEAST_LOOK = Duration.ofMillis(1);

    private final Simulation simulation;
    private final VirtualTime time;
    private final NetworkPath path;
    private final SharedBottleneck bottleneck;
    private final List<Flow> flows = new ArrayList<>();
    private double[] queueNanos = new double[1024];
    private int looks;
    private Duration watched = Duration.ZERO;

    private static final class Flow {
        final Transfer transfer;
        SctpStats before;
        long lastSent;
        long lastSentNanos;
        boolean stalled;

        Flow(Transfer transfer) {
            this.transfer = transfer;
            before = transfer.sender().stats();
        }
    }

    Lab(Simulation simulation, NetworkPath path) {
        this.simulation = simulation;
        this.path = path;
        time = simulation.time();
        bottleneck = simulation.newBottleneck(path.there());
    }

    /** Adds a flow, and connects it. */
    Transfer add(SctpOptions options, int messageBytes, Consumer<SctpEvent.Message> aside) {
        Transfer transfer = new Transfer(
                simulation.newLoop("flow " + flows.size()),
                bottleneck.newLink(path.back()),
                options,
                messageBytes,
                aside);
        transfer.connect();
        time.runUntil(transfer::isConnected, SET_UP_LIMIT);
        flows.add(new Flow(transfer));
        return transfer;
    }

    /** Lets all flow, and forgets what was before the end of a warm-up. */
    void begin(Duration warmUp) {
        for (Flow flow : flows) {
            flow.transfer.flow();
        }
        time.runFor(warmUp);
        for (Flow flow : flows) {
            flow.before = flow.transfer.sender().stats();
            flow.lastSent = flow.before.bytesSent();
            flow.lastSentNanos = time.nanoTime();
            flow.transfer.progress().mark();
        }
    }

    /** Watches until it is enough, or something stalls. */
    void watch(Predicate<Lab> enough) {
        Duration look = path.rtt().dividedBy(4);
        look = look.compareTo(LEAST_LOOK) < 0 ? LEAST_LOOK : look;
        while (!enough.test(this) && flows.stream().noneMatch(each -> each.stalled)) {
            time.runFor(look);
            watched = watched.plus(look);
            if (looks == queueNanos.length) {
                queueNanos = Arrays.copyOf(queueNanos, 2 * looks);
            }
            queueNanos[looks++] = bottleneck.queueNanos();
            flows.forEach(this::checkProgress);
        }
    }

    private void checkProgress(Flow flow) {
        long sent = flow.transfer.sender().stats().bytesSent();
        if (sent != flow.lastSent) {
            flow.lastSent = sent;
            flow.lastSentNanos = time.nanoTime();
        }
        flow.stalled = time.nanoTime() - flow.lastSentNanos > STALL.toNanos();
    }

    /** Time watched so far. */
    Duration watched() {
        return watched;
    }

    Transfer transfer(int index) {
        return flows.get(index).transfer;
    }

    /** Packets that the path has lost so far, in the queue and after it, on the way there. */
    long dropped() {
        return bottleneck.stats().offered() - bottleneck.stats().delivered();
    }

    /** How long a packet waited in the queue, one figure for each look. */
    double[] queueNanos() {
        return Arrays.copyOf(queueNanos, looks);
    }

    Measurement measurement(int index) {
        Flow flow = flows.get(index);
        SctpStats before = flow.before;
        SctpStats after = flow.transfer.sender().stats();
        long sentAgain = after.chunksRetransmitted() - before.chunksRetransmitted();
        return new Measurement(
                flow.transfer.progress().goodput(),
                watched,
                after.smoothedRttNanos(),
                after.chunksSent() - before.chunksSent(),
                sentAgain,
                after.fastRecoveries() - before.fastRecoveries(),
                after.timeouts() - before.timeouts(),
                flow.stalled);
    }
}
