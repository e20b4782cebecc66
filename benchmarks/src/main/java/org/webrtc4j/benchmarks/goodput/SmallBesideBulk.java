package org.webrtc4j.benchmarks.goodput;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualTime;

/**
 * Small messages of high priority beside a bulk of large ones of very low priority, on one association.
 *
 * @param path what both cross
 * @param controller of the sender
 * @param bulkBytes of each large message
 * @param interleaving whether a large message may be interrupted (RFC 8260)
 */
record SmallBesideBulk(NetworkPath path, SctpCongestionControl controller, int bulkBytes, boolean interleaving) {

    /** RFC 8831 section 6.4. */
    private static final int HIGH = 1024;

    private static final int BELOW_NORMAL = 128;

    private static final int SMALL_STREAM = 2;
    private static final int SMALL_BYTES = 100;
    /** No multiple of a round trip, so that all phases of the bulk are met. */
    private static final Duration INTERVAL = Duration.ofMillis(33);

    /**
     * How the small ones fared.
     *
     * @param run which
     * @param delayNanos from send to delivery, of each small message
     * @param bulkGoodput bytes per second
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(SmallBesideBulk run, double[] delayNanos, double bulkGoodput) {}

    Result run(Duration watched, long seed) {
        Result[] result = new Result[1];
        Simulation.run(seed, simulation -> {
            VirtualTime time = simulation.time();
            List<Long> delays = new ArrayList<>();
            Lab lab = new Lab(simulation, path);
            Transfer transfer = lab.add(
                    options(),
                    bulkBytes,
                    message -> delays.add(
                            time.nanoTime() - ByteBuffer.wrap(message.payload()).getLong()));
            transfer.sender().setStreamPriority(SMALL_STREAM, HIGH);
            transfer.sender().setStreamPriority(Transfer.BULK_STREAM, BELOW_NORMAL);
            lab.begin(path.rtt().multipliedBy(50));
            new Object() {
                void next() {
                    transfer.turn(now -> transfer.sender()
                            .send(SMALL_STREAM, Transfer.BINARY, stamped(now), SendOptions.ORDERED, now));
                    time.after(INTERVAL, this::next);
                }
            }.next();
            lab.watch(watching -> watching.watched().compareTo(watched) >= 0);
            result[0] = new Result(
                    this,
                    delays.stream().mapToDouble(Long::doubleValue).toArray(),
                    lab.measurement(0).goodput());
        });
        return result[0];
    }

    private SctpOptions options() {
        return Controllers.options(controller).toBuilder()
                .interleaving(interleaving)
                .build();
    }

    private static byte[] stamped(long nowNanos) {
        return ByteBuffer.allocate(SMALL_BYTES).putLong(nowNanos).array();
    }
}
