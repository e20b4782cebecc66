package org.webrtc4j;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one track to the other side.
 *
 * <p>Every method may be called from any thread.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtpsender-interface">the specification</a>
 */
public final class RTCRtpSender {

    private final TransceiverSet set;
    private final TransceiverSlots transceiver;
    private final SenderSlots slots;
    private final SenderMedia media;
    private final @Nullable RTCDTMFSender dtmf;
    private final Map<String, SentLayer> layers = new ConcurrentHashMap<>();

    RTCRtpSender(
            Connection connection,
            TransceiverSet set,
            TransceiverSlots transceiver,
            SenderSlots slots,
            SenderMedia media) {
        this.set = set;
        this.transceiver = transceiver;
        this.slots = slots;
        this.media = media;
        this.dtmf =
                transceiver.kind.equals("audio") ? new RTCDTMFSender(connection, set, transceiver, slots, media) : null;
        media.track(slots.track);
    }

    /**
     * Returns what can be sent.
     *
     * @param kind audio or video
     * @return codecs and header extensions, or null for another kind
     */
    public static @Nullable RTCRtpCapabilities getCapabilities(String kind) {
        return Capabilities.of(kind);
    }

    /**
     * Returns the track that is sent.
     *
     * @return the track, or null for none
     */
    public @Nullable MediaStreamTrack track() {
        return set.read(() -> slots.track);
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
     * Returns what presses the keys of a telephone.
     *
     * @return the same object on each call, null for video
     */
    public @Nullable RTCDTMFSender dtmf() {
        return dtmf;
    }

    /**
     * Returns what is sent, for {@link #setParameters} to change. What it returned stays valid until the next negotiation
     * or setParameters.
     *
     * @return the parameters
     */
    public RTCRtpSendParameters getParameters() {
        return set.parameters().get(transceiver, slots);
    }

    /**
     * Changes how the track is sent, without a negotiation.
     *
     * @param parameters those of {@link #getParameters}, with changed encodings
     * @return completes when it is done; fails with InvalidStateError when the transceiver was stopped or getParameters was
     *     not called before, with InvalidModificationError when something else than the encodings' values was changed, with
     *     RangeError for a scale below 1 or a negative rate
     */
    public CompletableFuture<@Nullable Void> setParameters(RTCRtpSendParameters parameters) {
        return set.parameters().set(transceiver, slots, parameters);
    }

    /**
     * Sends another track, without a negotiation.
     *
     * @param withTrack the track, or null to send nothing
     * @return completes when it is sent; fails with TypeError for a track of another kind, with InvalidStateError when the
     *     transceiver was stopped
     */
    public CompletableFuture<@Nullable Void> replaceTrack(@Nullable MediaStreamTrack withTrack) {
        return set.replaceTrack(transceiver, slots, media, withTrack);
    }

    /**
     * Says in which streams the other side finds the track; takes effect with the next negotiation.
     *
     * @param streams the streams
     * @throws DOMException InvalidStateError when the connection is closed
     */
    public void setStreams(MediaStream... streams) {
        set.streams(slots, List.of(streams));
    }

    /**
     * Takes the statistics of what is sent.
     *
     * @return the streams with all that they refer to, empty while nothing may be sent
     */
    public CompletableFuture<RTCStatsReport> getStats() {
        return set.stats(StatsSelection.sender(set.read(() -> transceiver.mid)));
    }

    /**
     * Writes encoded frames, beside or instead of a track's source; not of the W3C.
     *
     * @return a writer for the life of the sender
     */
    public EncodedFrameWriter frames() {
        return media::write;
    }

    /**
     * Sets who hears that the other side needs a key frame; not of the W3C. A track's source is told by itself.
     *
     * @param handler runs on the connection's loop, at most every 200 ms; null removes it
     * @return this
     */
    public RTCRtpSender onKeyFrameRequest(@Nullable Runnable handler) {
        media.onKeyFrameRequest(handler);
        return this;
    }

    /**
     * Sets who hears how much the sender may send; not of the W3C. It is told only with
     * {@link RuntimeBuilder#congestionControl}, once something was sent and the other side tells of arrivals: what the path
     * carries, shared among the senders of the connection, bounded by {@code maxBitrate} of the encodings.
     *
     * @param handler takes bits per second of whole RTP packets, on the connection's loop; null removes it
     * @return this
     */
    public RTCRtpSender onTargetBitrate(@Nullable LongConsumer handler) {
        media.onTargetBitrate(handler);
        return this;
    }

    /**
     * Returns how much the sender may send, as {@link #onTargetBitrate} tells it; not of the W3C.
     *
     * @return bits per second, 0 while nothing is estimated
     */
    public long targetBitrate() {
        return media.targetBitrate();
    }

    /** The limits of its encodings together. */
    long mostBitsPerSecond() {
        return set.read(() -> RateShares.most(slots.encodings));
    }

    /**
     * Returns one stream of a simulcast; not of the W3C.
     *
     * @param rid of one of the encodings; of another nothing is sent
     * @return the same object on each call
     */
    public SentLayer layer(String rid) {
        return layers.computeIfAbsent(rid, named -> new SentLayer(media, named));
    }

    /**
     * Sets a stage that encoded frames pass before they are cut into packets: those of a track's source, of a writer, and of a
     * received track, which is then sent frame by frame rather than packet by packet.
     *
     * @param transform replaces the previous one; null removes it
     * @return this
     * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpsender-transform">the specification</a>
     */
    public RTCRtpSender transform(@Nullable RTCRtpTransform transform) {
        media.transform(transform);
        return this;
    }

    /**
     * Chooses which stream of a simulcast is forwarded while the track is a received one; not of the W3C. The change is made
     * with a key frame of that stream, which is asked for: numbers, timestamps and the numbers of pictures go on, so that the
     * receiver sees one stream that changes its size. While the chosen stream does not come, another that does is forwarded.
     *
     * @param rid one of the receiver's; null, as at first, stays with the stream that begins
     * @return this
     */
    public RTCRtpSender forwardLayer(@Nullable String rid) {
        media.wantLayer(rid);
        return this;
    }

    SenderMedia media() {
        return media;
    }

    SenderSlots slots() {
        return slots;
    }

    boolean isOf(TransceiverSet other) {
        return set == other;
    }
}
