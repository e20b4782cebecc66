package org.webrtc4j.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.CloseCause;
import org.webrtc4j.ConnectTimes;
import org.webrtc4j.QueuePeaks;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RuntimeListener;
import org.webrtc4j.RuntimeStats;
import org.webrtc4j.WebRtcRuntime;

/**
 * The meters of one runtime: a listener for its builder, and a binder for any number of registries.
 *
 * <pre>{@code
 * RuntimeMeters meters = new RuntimeMeters();
 * WebRtcRuntime runtime = WebRtcRuntime.builder().listener(meters).build();
 * meters.observe(runtime).bindTo(registry);
 * }</pre>
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name</th><th>kind</th><th>tags</th><th>what</th></tr>
 *   <tr><td>webrtc.connections</td><td>gauge</td><td>state</td><td>connections that are not closed</td></tr>
 *   <tr><td>webrtc.connections.created</td><td>counter</td><td></td><td>ever created</td></tr>
 *   <tr><td>webrtc.connections.refused</td><td>counter</td><td></td><td>refused by the limit, or while draining</td></tr>
 *   <tr><td>webrtc.connections.failed</td><td>counter</td><td></td><td>that failed</td></tr>
 *   <tr><td>webrtc.connections.closed</td><td>counter</td><td>cause</td><td>closed, by who closed them</td></tr>
 *   <tr><td>webrtc.connect</td><td>timer</td><td>phase</td><td>time of ice, dtls and sctp, and total</td></tr>
 *   <tr><td>webrtc.buffered</td><td>gauge, bytes</td><td></td><td>given to send and not yet sent</td></tr>
 *   <tr><td>webrtc.queue.peak</td><td>gauge</td><td>queue</td><td>the most that ever waited in one connection: commands,
 *       events, bytes</td></tr>
 *   <tr><td>webrtc.loop.lag</td><td>gauge, time</td><td>loop</td><td>how late the timers of a loop ran lately</td></tr>
 *   <tr><td>webrtc.drops</td><td>counter</td><td>layer, reason</td><td>packets, records and chunks dropped: those of the
 *       ports as they happen, those of connections when these close</td></tr>
 *   <tr><td>webrtc.handler.exceptions</td><td>counter</td><td></td><td>handlers that threw</td></tr>
 * </table>
 *
 * <p>Safe from any thread. Times of connections that came up before a registry was bound are not in its timers; counters
 * start with the runtime. Gauges take {@link WebRtcRuntime#stats()}, at most once in {@value #SNAPSHOT_MILLIS} ms.
 */
public final class RuntimeMeters implements RuntimeListener, MeterBinder {

    /** How old a snapshot may be that several gauges of one scrape share. */
    static final long SNAPSHOT_MILLIS = 100;

    private static final String PORT = "port";

    private final Iterable<Tag> tags;
    private final List<Bound> registries = new CopyOnWriteArrayList<>();
    private final LongAdder failed = new LongAdder();
    private final LongAdder handlerExceptions = new LongAdder();
    private final Map<CloseCause.Kind, LongAdder> closed = new ConcurrentHashMap<>();

    /** By layer and reason, both known only when it happens; their number is that of the reasons in the code. */
    private final Map<String, LongAdder> drops = new ConcurrentHashMap<>();

    private volatile @Nullable WebRtcRuntime runtime;
    private volatile @Nullable Snapshot snapshot;

    private record Snapshot(RuntimeStats stats, long takenNanos) {}

    private record Bound(MeterRegistry registry, Set<String> drops) {}

    /** Creates meters without tags of their own. */
    public RuntimeMeters() {
        this(Tags.empty());
    }

    /**
     * Creates meters.
     *
     * @param tags are put on each of them, to tell several runtimes of a process apart
     */
    public RuntimeMeters(Iterable<Tag> tags) {
        this.tags = tags;
        for (CloseCause.Kind each : CloseCause.Kind.values()) {
            closed.put(each, new LongAdder());
        }
    }

    /**
     * Names the runtime whose statistics the gauges show; before that they show nothing.
     *
     * @param built the runtime that these meters are the listener of
     * @return this
     */
    public RuntimeMeters observe(WebRtcRuntime built) {
        runtime = built;
        snapshot = null;
        return this;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (RTCPeerConnectionState each : RTCPeerConnectionState.values()) {
            if (each != RTCPeerConnectionState.CLOSED) {
                gauge(
                        registry,
                        "webrtc.connections",
                        Tags.of("state", each.wireName()),
                        null,
                        stats -> stats.connectionsByState().getOrDefault(each, 0));
            }
        }
        gauge(registry, "webrtc.buffered", Tags.empty(), "bytes", RuntimeStats::bufferedBytes);
        peak(registry, "commands", QueuePeaks::commands);
        peak(registry, "events", QueuePeaks::events);
        peak(registry, "bytes", QueuePeaks::bufferedBytes);
        RuntimeStats now = stats();
        for (int i = 0; now != null && i < now.loopLagNanos().size(); i++) {
            int loop = i;
            TimeGauge.builder(
                            "webrtc.loop.lag",
                            this,
                            TimeUnit.NANOSECONDS,
                            meters -> meters.value(stats -> stats.loopLagNanos().get(loop)))
                    .tags(tags)
                    .tag("loop", Integer.toString(loop))
                    .register(registry);
        }
        counter(registry, "webrtc.connections.created", Tags.empty(), meters -> meters.value(RuntimeStats::created));
        counter(registry, "webrtc.connections.refused", Tags.empty(), meters -> meters.value(RuntimeStats::refused));
        counter(registry, "webrtc.connections.failed", Tags.empty(), meters -> meters.failed.sum());
        counter(registry, "webrtc.handler.exceptions", Tags.empty(), meters -> meters.handlerExceptions.sum());
        closed.forEach((kind, count) -> counter(
                registry,
                "webrtc.connections.closed",
                Tags.of("cause", kind.name().toLowerCase(Locale.ROOT)),
                meters -> count.sum()));
        Bound bound = new Bound(registry, ConcurrentHashMap.newKeySet());
        registries.add(bound);
        showDrops();
    }

    private void peak(MeterRegistry registry, String queue, ToDoubleFunction<QueuePeaks> value) {
        gauge(
                registry,
                "webrtc.queue.peak",
                Tags.of("queue", queue),
                null,
                stats -> value.applyAsDouble(stats.queuePeaks()));
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            Tags own,
            @Nullable String unit,
            ToDoubleFunction<RuntimeStats> value) {
        Gauge.builder(name, this, meters -> meters.value(value))
                .tags(tags)
                .tags(own)
                .baseUnit(unit)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, Tags own, ToDoubleFunction<RuntimeMeters> count) {
        FunctionCounter.builder(name, this, count).tags(tags).tags(own).register(registry);
    }

    // --- the statistics

    private double value(ToDoubleFunction<RuntimeStats> of) {
        RuntimeStats stats = stats();
        return stats == null ? Double.NaN : of.applyAsDouble(stats);
    }

    private @Nullable RuntimeStats stats() {
        WebRtcRuntime observed = runtime;
        if (observed == null) {
            return null;
        }
        long now = System.nanoTime();
        Snapshot last = snapshot;
        if (last == null || now - last.takenNanos() > TimeUnit.MILLISECONDS.toNanos(SNAPSHOT_MILLIS)) {
            last = new Snapshot(observed.stats(), now);
            snapshot = last;
            boolean more = false;
            for (String reason : last.stats().packetDrops().keySet()) {
                more |= drops.putIfAbsent(PORT + "/" + reason, new LongAdder()) == null;
            }
            if (more) {
                showDrops();
            }
        }
        return last.stats();
    }

    /** Gives every registry a counter for each reason that it has not seen yet. */
    private void showDrops() {
        for (Bound each : registries) {
            drops.forEach((key, count) -> {
                if (each.drops().add(key)) {
                    int slash = key.indexOf('/');
                    String layer = key.substring(0, Math.max(0, slash));
                    String reason = key.substring(slash + 1);
                    counter(
                            each.registry(),
                            "webrtc.drops",
                            Tags.of("layer", layer, "reason", reason),
                            layer.equals(PORT)
                                    ? meters -> meters.value(
                                            stats -> stats.packetDrops().getOrDefault(reason, 0L))
                                    : meters -> count.sum());
                }
            });
        }
    }

    // --- the events

    @Override
    public void onConnected(String connection, ConnectTimes times) {
        for (Bound each : registries) {
            phase(each.registry(), "ice", times.iceNanos());
            phase(each.registry(), "dtls", times.dtlsNanos());
            phase(each.registry(), "sctp", times.sctpNanos());
            phase(each.registry(), "total", times.totalNanos());
        }
    }

    private void phase(MeterRegistry registry, String phase, long nanos) {
        Timer.builder("webrtc.connect")
                .tags(tags)
                .tag("phase", phase)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onFailed(String connection, String why) {
        failed.increment();
    }

    @Override
    public void onClosed(String connection, CloseCause cause, Map<String, Long> dropped) {
        LongAdder count = closed.get(cause.kind());
        if (count != null) {
            count.increment();
        }
        if (!dropped.isEmpty()) {
            dropped.forEach((reason, drop) ->
                    drops.computeIfAbsent(reason, first -> new LongAdder()).add(drop));
            showDrops();
        }
    }

    @Override
    public void onHandlerException(String connection, Throwable thrown) {
        handlerExceptions.increment();
    }
}
