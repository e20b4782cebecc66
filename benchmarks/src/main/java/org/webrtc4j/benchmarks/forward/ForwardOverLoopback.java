package org.webrtc4j.benchmarks.forward;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.webrtc4j.testkit.peer.ProcessPeer;

/**
 * The forwarding server in a process of its own, between senders and receivers of this one, over UDP sockets of loopback. First
 * as fast as it goes: what the server has cost while so many packets arrived, its loop alone and all its threads. Then at half that rate:
 * how long a packet takes from its sender, through the server, to its receiver's tap.
 */
final class ForwardOverLoopback {

    private static final int WAIT_SECONDS = 60;
    private static final long SETTLE_MILLIS = 300;
    private static final double MIN_RATE = 20;

    private final ForwardScenario scenario;
    private final ProcessPeer server;
    private final ForwardGenerator generator;

    private ForwardOverLoopback(ForwardScenario scenario, ProcessPeer server, ForwardGenerator generator) {
        this.scenario = scenario;
        this.server = server;
        this.generator = generator;
    }

    /** What the server's process had cost at a time. */
    private record Mark(long nanos, long sent, long arrived, JsonObject cost) {

        long since(Mark before, String figure) {
            return cost.get(figure).getAsLong() - before.cost.get(figure).getAsLong();
        }
    }

    /** Measures one point for a while, after as long a warm-up, and its delay for as long again. */
    static ForwardResult run(ForwardScenario scenario, double seconds) throws IOException, InterruptedException {
        try (ProcessPeer server = ForwardServerProcess.start(scenario.stage() == ForwardStage.NIO);
                ForwardGenerator generator = new ForwardGenerator(scenario)) {
            return new ForwardOverLoopback(scenario, server, generator).measure(seconds);
        }
    }

    private ForwardResult measure(double seconds) throws InterruptedException {
        for (int i = 0; i < scenario.senders(); i++) {
            generator.addSender(offer -> answer("publish", offer));
        }
        for (int i = 0; i < scenario.receivers(); i++) {
            generator.addReceiver(offer -> answer("show", offer));
        }
        generator.start(ForwardGenerator.unlimited());
        long start = System.nanoTime();
        do {
            sleep(seconds / 4);
        } while (!scenario.isWarm((System.nanoTime() - start) / 1e9, seconds, generator.arrived()));
        Mark before = mark();
        sleepUntil(() -> generator.arrived() > before.arrived(), seconds);
        Mark after = mark();
        generator.stop();
        Thread.sleep(SETTLE_MILLIS);
        Mark end = mark();

        long out = after.arrived() - before.arrived();
        long wall = after.nanos() - before.nanos();
        generator.start(Math.max(MIN_RATE, out * 1e9 / wall / scenario.receivers() / 2));
        sleep(seconds / 2);
        generator.noteDelays();
        long arrived = generator.arrived();
        sleepUntil(() -> generator.arrived() > arrived, seconds);
        generator.stop();
        long in = after.sent() - before.sent();
        return new ForwardResult(
                scenario,
                in,
                out,
                Math.max(0, end.sent() * scenario.receivers() - end.arrived()),
                after.since(before, "processCpuNanos"),
                after.since(before, "loopCpuNanos"),
                wall,
                generator.delays(),
                after.since(before, "loopAllocatedBytes"),
                CipherGarbage.of(scenario, generator.headerBytes(), in, out));
    }

    private Mark mark() throws InterruptedException {
        server.command("cost");
        JsonObject cost = server.await("cost", WAIT_SECONDS);
        return new Mark(System.nanoTime(), generator.sent(), generator.arrived(), cost);
    }

    private String answer(String command, String offer) throws InterruptedException {
        JsonObject line = new JsonObject();
        line.addProperty("name", command);
        line.addProperty("sdp", offer);
        server.send(line);
        return server.await("answer", WAIT_SECONDS).get("sdp").getAsString();
    }

    /** Sleeps at least so long; on a machine that does other things too, until there is something to tell of. */
    private static void sleepUntil(BooleanSupplier condition, double seconds) throws InterruptedException {
        sleep(seconds);
        for (int i = 0; i < WAIT_SECONDS && !condition.getAsBoolean(); i++) {
            sleep(1);
        }
    }

    private static void sleep(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
