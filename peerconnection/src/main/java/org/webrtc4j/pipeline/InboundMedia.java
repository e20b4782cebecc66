package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.rtp.InboundTap;
import org.webrtc4j.rtp.ReceiveSection;
import org.webrtc4j.rtp.ReceiveStream;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;

/**
 * What one receiver takes, over all renegotiations: hands packets to taps, and puts frames together while somebody wants
 * them. Confined to its connection's loop.
 */
public final class InboundMedia implements InboundTap {

    private static final int PAYLOAD_TYPES = 128;
    private static final long SOURCES_INTERVAL_NANOS = 10_000_000L;

    /** How long a source is remembered (webrtc-pc section 5.3). */
    public static final long SOURCES_NANOS = 10_000_000_000L;

    /** What a receiver hears of its media. */
    public interface Listener {

        /** The first packet of a direction has come. */
        void onMediaStarted();

        /**
         * Somebody was heard, told at most every 10 ms once it is watched.
         *
         * @param sources whoever was heard in the last ten seconds
         */
        void onSources(HeardSources sources);

        /**
         * The other side says which layers it sends.
         *
         * @param layers all of them
         */
        void onLayers(List<ToldLayer> layers);
    }

    private final Listener listener;
    private final List<InboundTap> packetTaps = new ArrayList<>();
    private final @Nullable CodecDescription[] codecs = new CodecDescription[PAYLOAD_TYPES];
    private final FrameAssembly frames = new FrameAssembly(codecs);
    private final LayersTelling telling = new LayersTelling();
    private final List<LoopRelay> relays = new ArrayList<>();
    private final ForwardHub hub = new ForwardHub(this::requestKeyFrame);
    private ForwardHub.Terms terms =
            new ForwardHub.Terms(new CodecDescription[PAYLOAD_TYPES], HeaderExtensionMap.EMPTY, false, false);
    private @Nullable ReceiveSection section;
    private boolean video;
    private boolean started;
    private boolean sourcesWatched;
    private boolean sourcesHeard;
    private long sourcesNanos;

    /**
     * Creates it without a section.
     *
     * @param listener hears of it
     */
    public InboundMedia(Listener listener) {
        this.listener = listener;
    }

    /**
     * Begins to take what a section receives, or follows its renegotiation.
     *
     * @param receives the section of the session
     * @param planned what was negotiated
     * @param extensions what the identifiers of header extensions mean
     */
    public void attach(ReceiveSection receives, MediaPlan.Section planned, HeaderExtensionMap extensions) {
        if (section != receives) {
            detach();
            section = receives;
            receives.addTap(this);
        }
        video = planned.kind().equals("video");
        Arrays.fill(codecs, null);
        for (MediaPlan.Codec each : planned.receiveCodecs()) {
            codecs[each.payloadType()] = each.codec();
        }
        frames.follow();
        terms = new ForwardHub.Terms(
                codecs.clone(), extensions, video, !planned.receiveRids().isEmpty());
        hub.follow(terms);
        List.copyOf(relays).forEach(this::follow);
    }

    /** The section has ended; taps stay for the next one. */
    public void detach() {
        ReceiveSection before = section;
        if (before != null) {
            before.removeTap(this);
            section = null;
        }
        frames.retain(List.of());
        started = false;
    }

    /**
     * Adds who takes packets.
     *
     * @param tap called in the order of adding
     */
    public void addPacketTap(InboundTap tap) {
        packetTaps.add(tap);
    }

    /**
     * Removes who took packets.
     *
     * @param tap as added
     */
    public void removePacketTap(InboundTap tap) {
        packetTaps.remove(tap);
    }

    /**
     * Adds who takes frames; for video they begin with a key frame, which is asked for.
     *
     * @param tap called in the order of adding
     */
    public void addFrameTap(FrameTap tap) {
        frames.addTap(tap);
        ReceiveSection current = section;
        if (video && current != null) {
            for (ReceiveStream each : current.streams()) {
                if (tap.takes(each)) {
                    each.requestKeyFrame();
                }
            }
        }
    }

    /**
     * Removes who took frames.
     *
     * @param tap as added
     */
    public void removeFrameTap(FrameTap tap) {
        frames.removeTap(tap);
    }

    /**
     * Sets what stands between frames and their taps.
     *
     * @param stage takes every frame; null for nothing
     */
    public void frameStage(@Nullable FrameStage stage) {
        frames.stage(stage);
        if (stage != null && video) {
            requestKeyFrame();
        }
    }

    /**
     * Hands a frame to the taps of its stream, after its stage.
     *
     * @param stream whose frame it is
     * @param frame given for good
     * @param arrivalNanos when it was complete
     */
    public void give(ReceiveStream stream, EncodedFrame frame, long arrivalNanos) {
        frames.give(stream, frame, arrivalNanos);
    }

    /** Asks the other side for a key frame. */
    public void requestKeyFrame() {
        if (section != null) {
            section.requestKeyFrame();
        }
    }

    /**
     * Asks the other side for a key frame of one stream of a simulcast; nothing is asked before it was heard.
     *
     * @param rid its name
     */
    public void requestKeyFrame(String rid) {
        ReceiveSection current = section;
        if (current != null) {
            for (ReceiveStream each : current.streams()) {
                if (rid.equals(each.rid())) {
                    each.requestKeyFrame();
                }
            }
        }
    }

    /**
     * Forwards packets to a sender of the same loop from now on.
     *
     * @param target the sender's end
     */
    public void forwardTo(OutboundMedia target) {
        hub.add(target);
        requestKeyFrame();
    }

    /**
     * Ends forwarding to a sender of the same loop.
     *
     * @param target as given
     */
    public void endForwarding(OutboundMedia target) {
        hub.remove(target);
    }

    /**
     * Finds the relay to another loop, made at first need; it stays for the receiver's life.
     *
     * @param loop where senders live
     * @param keyFrameRequests asks this end for a key frame of one stream of a simulcast, from any thread
     * @return the relay
     */
    public LoopRelay relayTo(EventLoop loop, Consumer<String> keyFrameRequests) {
        for (LoopRelay each : relays) {
            if (each.loop() == loop) {
                return each;
            }
        }
        LoopRelay made = new LoopRelay(loop, this::requestKeyFrame, keyFrameRequests);
        relays.add(made);
        follow(made);
        return made;
    }

    private void follow(LoopRelay relay) {
        ForwardHub.Terms now = terms;
        try {
            relay.loop().execute(() -> relay.hub().follow(now));
        } catch (RejectedExecutionException ended) {
            relays.remove(relay);
        }
    }

    /**
     * Finds the codec of a payload type.
     *
     * @param payloadType 0 to 127
     * @return what was negotiated, or null
     */
    public @Nullable CodecDescription codec(int payloadType) {
        return codecs[payloadType];
    }

    /**
     * Returns its section.
     *
     * @return null when nothing is received
     */
    public @Nullable ReceiveSection section() {
        return section;
    }

    @Override
    public boolean onPacket(ReceiveStream stream, RtpPacket packet) {
        if (!started) {
            started = true;
            listener.onMediaStarted();
        }
        sourcesHeard = true;
        List<ToldLayer> layers =
                telling.read(packet, terms.extensions().id(HeaderExtensionType.VIDEO_LAYERS_ALLOCATION));
        if (layers != null) {
            listener.onLayers(layers);
        }
        for (int i = 0; i < packetTaps.size(); i++) {
            packetTaps.get(i).onPacket(stream, packet);
        }
        hub.onPacket(stream.rid(), packet);
        for (int i = 0; i < relays.size(); i++) {
            relays.get(i).offer(stream.rid(), packet);
        }
        // One without payload fills its place: padding, or what was a repair packet.
        if (frames.isWanted(stream) && (packet.payloadLength() > 0 || frames.knows(stream))) {
            if (!frames.knows(stream) && section != null) {
                frames.retain(section.streams());
            }
            frames.handlePacket(
                    stream, packet, video, terms.extensions().id(HeaderExtensionType.DEPENDENCY_DESCRIPTOR));
        }
        return true;
    }

    /**
     * Lets time pass.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        frames.handleTimeout(nowNanos);
        if (sourcesWatched && sourcesHeard && nowNanos - sourcesNanos >= SOURCES_INTERVAL_NANOS) {
            sourcesHeard = false;
            sourcesNanos = nowNanos;
            listener.onSources(sources(nowNanos));
        }
    }

    /**
     * Returns when it wants to be woken.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        long next = sourcesWatched && sourcesHeard ? sourcesNanos + SOURCES_INTERVAL_NANOS : ProtocolEngine.NEVER;
        return Math.min(next, frames.nextTimeout());
    }

    /**
     * Returns the counters of the frames of a stream.
     *
     * @param stream of the section
     * @param nowNanos the time of this turn
     * @return null before somebody takes frames of it
     */
    public @Nullable FrameStats frames(ReceiveStream stream, long nowNanos) {
        return frames.stats(stream, nowNanos);
    }

    /**
     * Returns the frames that were dropped, of all streams so far.
     *
     * @return by reason; reasons that never happened are absent
     */
    public Map<String, Long> frameDrops() {
        return frames.drops();
    }

    /** Counts dropped frames from zero again: somebody has taken note of them. */
    public void forgetFrameDrops() {
        frames.forgetDrops();
    }

    /**
     * Tells the listener from now on whom it hears.
     *
     * @param nowNanos the time of this turn
     */
    public void watchSources(long nowNanos) {
        if (!sourcesWatched) {
            sourcesWatched = true;
            sourcesHeard = true;
            sourcesNanos = nowNanos - SOURCES_INTERVAL_NANOS;
        }
    }

    /**
     * Returns whom it has heard lately.
     *
     * @param nowNanos the time of this turn
     * @return whoever was heard in the last {@link #SOURCES_NANOS}
     */
    public HeardSources sources(long nowNanos) {
        ReceiveSection heard = section;
        long since = nowNanos - SOURCES_NANOS;
        return heard == null
                ? HeardSources.NONE
                : new HeardSources(heard.contributingSources(since), heard.synchronizationSources(since));
    }
}
