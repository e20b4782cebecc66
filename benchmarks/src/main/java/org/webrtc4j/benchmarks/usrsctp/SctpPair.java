package org.webrtc4j.benchmarks.usrsctp;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Who sends to whom.
 *
 * @param sender the stack that sends
 * @param receiver the stack that receives
 */
record SctpPair(SctpStack sender, SctpStack receiver) {

    static final int MESSAGE_BYTES = 16_384;
    static final int PACKET_BYTES = 1_191;
    static final int WINDOW_BYTES = 1 << 20;

    private static final int STREAM = 1;
    private static final long WARM_UP_BYTES = 64L << 20;

    /** As good as without end: the processes are ended while they send. */
    private static final long ENDLESS_BYTES = 1L << 50;

    private static final int START_SECONDS = 60;
    private static final int BULK_SECONDS = 120;

    /** What the receiver had counted, and what both had cost by then. */
    private record Reading(long nanos, long bytes, Duration senderCpu, Duration receiverCpu) {}

    String name() {
        return sender.name() + " to " + receiver.name();
    }

    /** One round in fresh processes: bulks that warm them up for as long as the round is, then one bulk whose second half counts. */
    PairFigures measure(Duration round) throws IOException, InterruptedException {
        JsonObject listen = settings("listen");
        try (SctpProgram to = new SctpProgram(receiver, listen)) {
            JsonObject connect = settings("connect");
            connect.add("remote", to.await("ready", START_SECONDS).get("local"));
            try (SctpProgram from = new SctpProgram(sender, connect)) {
                from.await("ready", START_SECONDS);
                to.command("sink");
                from.command("connect");
                from.await("connected", START_SECONDS);
                warmUp(from, round);
                from.command(bulk(ENDLESS_BYTES));
                Duration half = round.dividedBy(2);
                TimeUnit.NANOSECONDS.sleep(half.toNanos());
                Reading before = read(from, to);
                TimeUnit.NANOSECONDS.sleep(round.minus(half).toNanos());
                Reading after = read(from, to);
                return new PairFigures(
                        after.nanos - before.nanos,
                        after.bytes - before.bytes,
                        after.senderCpu.minus(before.senderCpu),
                        after.receiverCpu.minus(before.receiverCpu));
            }
        }
    }

    private static void warmUp(SctpProgram from, Duration length) throws IOException, InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        do {
            from.command(bulk(WARM_UP_BYTES));
            from.await("bulkdone", BULK_SECONDS);
        } while (System.nanoTime() - end < 0);
    }

    private static Reading read(SctpProgram from, SctpProgram to) throws IOException, InterruptedException {
        to.command("stats");
        long bytes = to.await("stats", START_SECONDS).get("receivedBytes").getAsLong();
        return new Reading(System.nanoTime(), bytes, from.cpu(), to.cpu());
    }

    private static JsonObject settings(String mode) {
        JsonObject settings = new JsonObject();
        settings.addProperty("mode", mode);
        settings.addProperty("local", "127.0.0.1:0");
        settings.addProperty("maxPacketSize", PACKET_BYTES);
        settings.addProperty("receiveWindow", WINDOW_BYTES);
        settings.addProperty("zeroChecksum", false);
        settings.addProperty("noDelay", true);
        return settings;
    }

    private static JsonObject bulk(long total) {
        JsonObject bulk = new JsonObject();
        bulk.addProperty("cmd", "bulk");
        bulk.addProperty("stream", STREAM);
        bulk.addProperty("size", MESSAGE_BYTES);
        bulk.addProperty("total", total);
        return bulk;
    }
}
