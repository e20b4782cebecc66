package org.webrtc4j;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.pipeline.HeardSources;

/**
 * Receives one track of the other side.
 *
 * <p>Every method may be called from any thread and answers at once.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtpreceiver-interface">the specification</a>
 */
public final class RTCRtpReceiver {

    private static final int MAX_TARGET_MILLIS = 4_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final TransceiverSet set;
    private final TransceiverSlots transceiver;
    private final ReceiverMedia media;
    private final MediaStreamTrack track;
    private final Map<String, ReceivedLayer> layers = new ConcurrentHashMap<>();

    private volatile @Nullable Double jitterBufferTarget;

    /** The streams that the other side says the track is in; guarded by the set's monitor. */
    private List<MediaStream> streams = List.of();

    RTCRtpReceiver(TransceiverSet set, TransceiverSlots transceiver, ReceiverMedia media) {
        this.set = set;
        this.transceiver = transceiver;
        this.media = media;
        this.track = MediaStreamTrack.received(media);
        media.track(track);
    }

    /**
     * Returns what can be received.
     *
     * @param kind audio or video
     * @return codecs and header extensions, or null for another kind
     */
    public static @Nullable RTCRtpCapabilities getCapabilities(String kind) {
        return Capabilities.of(kind);
    }

    /**
     * Returns the track that is received.
     *
     * @return the same object on each call, muted until media comes
     */
    public MediaStreamTrack track() {
        return track;
    }

    /**
     * Returns the transport that carries it.
     *
     * @return the transport, or null before a description has given it one
     */
    public @Nullable RTCDtlsTransport transport() {
        return set.transport(transceiver);
    }

    /**
     * Returns what was negotiated.
     *
     * @return the parameters, empty before the first negotiation
     */
    public RTCRtpReceiveParameters getParameters() {
        return set.read(() -> new RTCRtpReceiveParameters(
                Capabilities.parameters(transceiver.agreement, false),
                new RTCRtcpParameters("", transceiver.agreement.reducedSizeRtcp()),
                Capabilities.codecs(transceiver.agreement.receiveCodecs())));
    }

    /**
     * Returns the sources that were mixed into what came within the last ten seconds. They are noted from the first call of
     * this method or {@link #getSynchronizationSources} on, which from another thread than the connection's loop finds none;
     * later ones see what is at most 10 ms old.
     *
     * @return the latest first
     */
    public List<RTCRtpContributingSource> getContributingSources() {
        HeardSources heard = media.sources();
        return media.recent(heard.contributing()).stream()
                .map(each -> new RTCRtpContributingSource(
                        media.wallMillis(each), each.ssrc(), AudioLevels.amplitude(each), each.rtpTimestamp()))
                .toList();
    }

    /**
     * Returns the sources from which something came within the last ten seconds; noted as
     * {@link #getContributingSources} says.
     *
     * @return the latest first
     */
    public List<RTCRtpSynchronizationSource> getSynchronizationSources() {
        HeardSources heard = media.sources();
        return media.recent(heard.synchronization()).stream()
                .map(each -> new RTCRtpSynchronizationSource(
                        media.wallMillis(each), each.ssrc(), AudioLevels.amplitude(each), each.rtpTimestamp()))
                .toList();
    }

    /**
     * Takes the statistics of what is received.
     *
     * @return the streams with all that they refer to, empty before anything has come
     */
    public CompletableFuture<RTCStatsReport> getStats() {
        return set.stats(StatsSelection.receiver(set.read(() -> transceiver.mid)));
    }

    /**
     * Sets who sees the packets; not of the W3C.
     *
     * @param tap replaces the previous one, from one of the next packets on; null removes it
     * @return this
     */
    public RTCRtpReceiver packets(@Nullable RtpPacketTap tap) {
        media.taps().packets(tap);
        return this;
    }

    /**
     * Sets who sees the encoded frames; not of the W3C. Frames are put together only while somebody sees them.
     *
     * @param tap replaces the previous one, from one of the next frames on; null removes it
     * @return this
     */
    public RTCRtpReceiver frames(@Nullable EncodedFrameTap tap) {
        media.taps().frames(tap);
        return this;
    }

    /**
     * Sets who hears the sound; not of the W3C. It is kept back for as long as its jitter needs, decoded, made up where
     * packets are lost, and resampled, all on the codec executor of the runtime. Nothing is heard of codecs without a decoder.
     *
     * @param sampleRate samples in a second, a multiple of 50 such as 8000, 16000, 24000, 44100 or 48000
     * @param channels 1 or 2
     * @param sink replaces the previous one, from one of the next packets on; null removes it
     * @return this
     * @throws DOMException InvalidStateError when video is received
     * @throws IllegalArgumentException when a number is out of its range
     */
    public RTCRtpReceiver pcm(int sampleRate, int channels, @Nullable PcmSink sink) {
        if (!track.kind().equals("audio")) {
            throw DOMException.invalidState("There is no sound in " + track.kind());
        }
        media.taps().pcm(sampleRate, channels, sink);
        return this;
    }

    /**
     * Sets who is shown the pictures, each when it is its time; not of the W3C. They are kept back for as long as their jitter
     * needs, and in step with the sound of the same MediaStream while {@link #pcm} plays that. {@link #frames} gives each as soon
     * as it is complete.
     *
     * @param tap replaces the previous one, from one of the next frames on; null removes it
     * @return this
     * @throws DOMException InvalidStateError when sound is received
     */
    public RTCRtpReceiver playout(@Nullable EncodedFrameTap tap) {
        if (!track.kind().equals("video")) {
            throw DOMException.invalidState("There are no pictures in " + track.kind());
        }
        media.taps().playout(tap);
        return this;
    }

    /**
     * Sets a stage that encoded frames pass before {@link #frames} and {@link ReceivedLayer#frames}. Packets do not pass it, nor
     * what is forwarded as packets, nor the sound of {@link #pcm}, which is taken from packets.
     *
     * @param transform replaces the previous one; null removes it
     * @return this
     * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpreceiver-transform">the specification</a>
     */
    public RTCRtpReceiver transform(@Nullable RTCRtpTransform transform) {
        media.transform(transform);
        return this;
    }

    /**
     * Returns how long media is to be kept back before it is played.
     *
     * @return milliseconds, or null for as long as its jitter needs
     * @see <a href="https://w3c.github.io/webrtc-extensions/#dom-rtcrtpreceiver-jitterbuffertarget">the specification</a>
     */
    public @Nullable Double jitterBufferTarget() {
        return jitterBufferTarget;
    }

    /**
     * Sets how long media is to be kept back before {@link #pcm} and {@link #playout} give it out; longer when its jitter needs
     * it. The delay changes little by little.
     *
     * @param millis 0 to 4000; null for as long as its jitter needs
     * @throws DOMException RangeError for a value out of range
     * @see <a href="https://w3c.github.io/webrtc-extensions/#dom-rtcrtpreceiver-jitterbuffertarget">the specification</a>
     */
    public void jitterBufferTarget(@Nullable Double millis) {
        if (millis != null && !(millis >= 0 && millis <= MAX_TARGET_MILLIS)) {
            throw new DOMException("A jitter buffer's target is 0 to " + MAX_TARGET_MILLIS + " ms", "RangeError");
        }
        jitterBufferTarget = millis;
        media.jitterBufferTarget(millis == null ? 0 : Math.round(millis * NANOS_PER_MILLI));
    }

    /**
     * Returns the streams of a simulcast that the other side may send, which {@link #packets}, {@link #frames} and {@link #pcm}
     * show one among the other; not of the W3C.
     *
     * @return those of the other side's latest description, in its order; empty without simulcast
     */
    public List<ReceivedLayer> layers() {
        return set.read(() -> transceiver.remoteRids).stream().map(this::layer).toList();
    }

    /**
     * Returns the layers that the other side says it sends, of all its streams; not of the W3C.
     *
     * @return as it said last; empty when it never did, as the header extension was not negotiated
     */
    public List<AnnouncedLayer> announcedLayers() {
        List<String> rids = set.read(() -> transceiver.remoteRids);
        return media.toldLayers().stream()
                .map(each -> new AnnouncedLayer(
                        each.stream() < rids.size() ? rids.get(each.stream()) : null,
                        each.spatialId(),
                        each.kilobitsPerSecond(),
                        each.width() == 0 ? null : Integer.valueOf(each.width()),
                        each.height() == 0 ? null : Integer.valueOf(each.height()),
                        each.width() == 0 ? null : Integer.valueOf(each.framesPerSecond())))
                .toList();
    }

    /**
     * Returns one stream of a simulcast; not of the W3C.
     *
     * @param rid its name; of one that is never negotiated nothing comes
     * @return the same object on each call
     */
    public ReceivedLayer layer(String rid) {
        return layers.computeIfAbsent(
                rid,
                named -> new ReceivedLayer(
                        media, media.taps(named), named, track.kind().equals("audio")));
    }

    /** Asks the other side for a key frame of every stream, at most every 200 ms; not of the W3C. */
    public void requestKeyFrame() {
        media.requestKeyFrame();
    }

    ReceiverMedia media() {
        return media;
    }

    List<MediaStream> streams() {
        return streams;
    }

    void streams(List<MediaStream> value) {
        streams = List.copyOf(value);
        media.streamIds(value.stream().map(MediaStream::id).collect(Collectors.toUnmodifiableSet()));
    }
}
