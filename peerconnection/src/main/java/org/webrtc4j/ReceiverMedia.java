package org.webrtc4j;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.pipeline.FrameStage;
import org.webrtc4j.pipeline.FrameTap;
import org.webrtc4j.pipeline.HeardSources;
import org.webrtc4j.pipeline.InboundMedia;
import org.webrtc4j.pipeline.LoopRelay;
import org.webrtc4j.pipeline.OutboundMedia;
import org.webrtc4j.pipeline.ToldLayer;
import org.webrtc4j.rtp.RtpSource;
import org.webrtc4j.voice.Playout;

/** The media of one receiver; as the source of its track it is forwarded packet by packet. */
final class ReceiverMedia implements MediaTrackSource, InboundMedia.Listener {

    private static final double MICROS_PER_MILLI = 1e3;

    private final Connection connection;
    private final String kind;
    private final InboundMedia inbound = new InboundMedia(this);
    private @Nullable MediaStreamTrack track;
    private final ReceiverTaps taps;
    /** By rid, as they were asked for. */
    private final Map<String, ReceiverTaps> layers = new ConcurrentHashMap<>();

    private volatile Set<String> streamIds = Set.of();
    private volatile long jitterBufferTargetNanos;

    private final AtomicBoolean sourcesWatched = new AtomicBoolean();
    private volatile List<ToldLayer> toldLayers = List.of();
    private volatile HeardSources sources = HeardSources.NONE;

    ReceiverMedia(Connection connection, String kind) {
        this.connection = connection;
        this.kind = kind;
        this.taps = new ReceiverTaps(connection, inbound, null, this::streamIds);
    }

    /** Those of all that is received. */
    ReceiverTaps taps() {
        return taps;
    }

    /** Those of one stream of a simulcast. */
    ReceiverTaps taps(String rid) {
        return layers.computeIfAbsent(rid, named -> newTaps(named));
    }

    private ReceiverTaps newTaps(String rid) {
        ReceiverTaps made = new ReceiverTaps(connection, inbound, rid, this::streamIds);
        made.target(jitterBufferTargetNanos);
        return made;
    }

    /** The MediaStreams that the track is in: those who are in one together are played in step. */
    void streamIds(Set<String> ids) {
        streamIds = ids;
    }

    private Set<String> streamIds() {
        return streamIds;
    }

    void jitterBufferTarget(long nanos) {
        jitterBufferTargetNanos = nanos;
        taps.target(nanos);
        layers.values().forEach(each -> each.target(nanos));
    }

    void track(MediaStreamTrack received) {
        track = received;
    }

    InboundMedia inbound() {
        return inbound;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String label() {
        return "remote " + kind;
    }

    @Override
    public void onMediaStarted() {
        MediaStreamTrack heard = track;
        connection.place().execute(() -> {
            if (heard != null && heard.muted() && !connection.isClosed()) {
                heard.muted(false);
                connection.fire(heard, EventType.UNMUTE);
            }
        });
    }

    @Override
    public void onSources(HeardSources heard) {
        sources = heard;
    }

    @Override
    public void onLayers(List<ToldLayer> layers) {
        List<ToldLayer> before = toldLayers;
        toldLayers = layers.stream().map(each -> each.after(before)).toList();
    }

    // --- from any thread

    List<ToldLayer> toldLayers() {
        return toldLayers;
    }

    /** Whom it has heard; the first call begins to note it. */
    HeardSources sources() {
        if (connection.driver().isInTurn()) {
            sourcesWatched.set(true);
            inbound.watchSources(connection.driver().nowNanos());
            return inbound.sources(connection.driver().nowNanos());
        }
        if (sourcesWatched.compareAndSet(false, true)) {
            onLoop(() -> inbound.watchSources(connection.driver().nowNanos()));
        }
        return sources;
    }

    /** Those of the last ten seconds. */
    List<RtpSource> recent(List<RtpSource> heard) {
        long since = connection.loop().clock().nanoTime() - InboundMedia.SOURCES_NANOS;
        return heard.stream().filter(each -> each.heardNanos() - since >= 0).toList();
    }

    double wallMillis(RtpSource heard) {
        return connection.loop().clock().epochMicros(heard.heardNanos()) / MICROS_PER_MILLI;
    }

    /** How a stream is played, or null where it is not. */
    @Nullable
    Playout playout(long ssrc) {
        Playout played = taps.playout(ssrc);
        for (ReceiverTaps each : layers.values()) {
            played = played == null ? each.playout(ssrc) : played;
        }
        return played;
    }

    /** Whose sender reports tell the time: all receivers of a connection have one sender. */
    Object clockOwner() {
        return connection;
    }

    void transform(@Nullable RTCRtpTransform transform) {
        FrameStage stage = transform == null ? null : new ReceiverTransform(connection, inbound, transform);
        onLoop(() -> inbound.frameStage(stage));
    }

    void addFrameTap(FrameTap tap) {
        onLoop(() -> inbound.addFrameTap(tap));
    }

    void removeFrameTap(FrameTap tap) {
        onLoop(() -> inbound.removeFrameTap(tap));
    }

    void requestKeyFrame() {
        onLoop(inbound::requestKeyFrame);
    }

    void requestKeyFrame(String rid) {
        onLoop(() -> inbound.requestKeyFrame(rid));
    }

    /** Forwards to a sender, on this loop or another. */
    void forwardTo(OutboundMedia target, EventLoop loop) {
        onLoop(() -> {
            if (loop == connection.loop()) {
                inbound.forwardTo(target);
            } else {
                LoopRelay relay = inbound.relayTo(loop, this::requestKeyFrame);
                relay.loop().execute(() -> relay.hub().add(target));
                inbound.requestKeyFrame();
            }
        });
    }

    void endForwarding(OutboundMedia target, EventLoop loop) {
        onLoop(() -> {
            if (loop == connection.loop()) {
                inbound.endForwarding(target);
            } else {
                LoopRelay relay = inbound.relayTo(loop, this::requestKeyFrame);
                relay.loop().execute(() -> relay.hub().remove(target));
            }
        });
    }

    private void onLoop(Runnable task) {
        connection.driver().execute(task);
    }
}
