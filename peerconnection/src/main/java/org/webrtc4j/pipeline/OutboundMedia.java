package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.LocalEncoding;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadFormats;
import org.webrtc4j.media.PictureNumbers;
import org.webrtc4j.media.capability.CodecMatching;
import org.webrtc4j.rtp.ForwardSource;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.SendStream;
import org.webrtc4j.rtp.extension.VideoLayersAllocation;

/**
 * What one sender sends, over all renegotiations: takes frames or forwarded packets, and puts them on its streams. Confined
 * to its connection's loop.
 */
public final class OutboundMedia {

    /** No payload type fits. */
    public static final int NONE = -1;

    /**
     * What a payload may take of a packet: 1,200 bytes, less header, extensions, authentication tag and the two bytes of
     * RTX.
     */
    static final int MAX_PAYLOAD_BYTES = 1_200 - 12 - 40 - 16 - 2;

    private static final int PAYLOAD_TYPES = 128;
    private static final int MAX_RESTED = 16;

    /** What a sender hears of its media. */
    public interface Listener {

        /**
         * A receiver needs a key frame.
         *
         * @param rid of which stream; empty without simulcast
         */
        void onKeyFrameRequested(String rid);

        /**
         * Another share of what is sent is lost on the way.
         *
         * @param percent 0 to 100
         */
        void onLossReported(int percent);

        /** What may be sent, or whether anything may, was negotiated anew. */
        void onNegotiated();
    }

    /** A stream with the packetizers of its payload types. */
    private static final class Encoding {

        final SendStream stream;
        final String rid;
        final int place;
        final ByteRate rate = new ByteRate();
        final FrameCounts counts;
        final @Nullable Packetizer[] packetizers;

        Encoding(SendStream stream, String rid, int place, @Nullable Encoding before, boolean sameCodecs) {
            this.stream = stream;
            this.rid = rid;
            this.place = place;
            this.counts = before == null ? new FrameCounts() : before.counts;
            this.packetizers =
                    before != null && sameCodecs ? before.packetizers : new @Nullable Packetizer[PAYLOAD_TYPES];
        }
    }

    private final Listener listener;
    private final RandomGenerator random;
    private final LayersTelling telling = new LayersTelling();
    private final List<Encoding> encodings = new ArrayList<>();
    /** Those that are not sent at present, for their counters. */
    private final List<Encoding> rested = new ArrayList<>();

    private List<MediaPlan.Codec> codecs = List.of();
    private List<CodecDescription> descriptions = List.of();
    private boolean video;
    private final PictureNumbers pictures = new PictureNumbers();
    private boolean forwards;
    private int forwardedSsrc;
    private @Nullable String wantedLayer;
    private @Nullable String currentLayer;
    private int version;
    private long framesRefused;

    /**
     * Creates it without streams.
     *
     * @param listener hears of it
     * @param random for what begins anywhere in payloads
     */
    public OutboundMedia(Listener listener, RandomGenerator random) {
        this.listener = listener;
        this.random = random;
    }

    /**
     * Begins to send, or follows a renegotiation.
     *
     * @param streams one for each encoding that is active
     * @param planned what was negotiated
     */
    public void attach(List<SendStream> streams, MediaPlan.Section planned) {
        boolean sameCodecs = planned.sendCodecs().equals(codecs);
        List<Encoding> before = List.copyOf(encodings);
        List<String> begun = new ArrayList<>();
        encodings.clear();
        for (SendStream each : streams) {
            Encoding known = find(before, each);
            Encoding again = find(rested, each);
            rested.remove(again);
            int place = place(planned.encodings(), each);
            String rid = place < 0 ? "" : planned.encodings().get(place).rid();
            encodings.add(new Encoding(each, rid, Math.max(0, place), known == null ? again : known, sameCodecs));
            if (known == null && !before.isEmpty()) {
                begun.add(rid);
            }
        }
        before.stream().filter(each -> !streams.contains(each.stream)).forEach(this::rest);
        video = planned.kind().equals("video");
        if (!sameCodecs) {
            codecs = planned.sendCodecs();
            descriptions = codecs.stream().map(MediaPlan.Codec::codec).toList();
        }
        version++;
        listener.onNegotiated();
        // A stream that begins beside others begins with a key frame of its own.
        begun.forEach(listener::onKeyFrameRequested);
    }

    private static int place(List<LocalEncoding> planned, SendStream stream) {
        for (int i = 0; i < planned.size(); i++) {
            if (planned.get(i).ssrc() == stream.ssrc()) {
                return i;
            }
        }
        return -1;
    }

    private void rest(Encoding encoding) {
        if (rested.size() == MAX_RESTED) {
            rested.remove(0);
        }
        rested.add(encoding);
    }

    private static @Nullable Encoding find(List<Encoding> among, SendStream stream) {
        for (Encoding each : among) {
            if (each.stream == stream) {
                return each;
            }
        }
        return null;
    }

    private @Nullable Encoding find(String rid) {
        for (int i = 0; i < encodings.size(); i++) {
            if (encodings.get(i).rid.equals(rid)) {
                return encodings.get(i);
            }
        }
        return null;
    }

    /** Nothing may be sent any more. */
    public void detach() {
        encodings.forEach(this::rest);
        encodings.clear();
        codecs = List.of();
        descriptions = List.of();
        version++;
        listener.onNegotiated();
    }

    /**
     * Tells whether media may be sent now.
     *
     * @return true while streams are attached
     */
    public boolean isSendable() {
        return !encodings.isEmpty();
    }

    /**
     * Returns what was negotiated to be sent, best first.
     *
     * @return empty while nothing may be sent
     */
    public List<CodecDescription> codecs() {
        return descriptions;
    }

    /**
     * Returns a number that changes with each negotiation, for those who keep tables of payload types.
     *
     * @return the number
     */
    public int version() {
        return version;
    }

    /**
     * Finds the payload type for a codec.
     *
     * @param codec what is to be sent
     * @return the payload type whose parameters fit best, or {@link #NONE}
     */
    public int payloadType(CodecDescription codec) {
        int best = NONE;
        int bestScore = CodecMatching.NO_MATCH;
        for (int i = 0; i < descriptions.size(); i++) {
            int score = CodecMatching.score(descriptions.get(i), codec);
            if (score > bestScore) {
                bestScore = score;
                best = codecs.get(i).payloadType();
            }
        }
        return best;
    }

    /**
     * Sends a frame on the first stream.
     *
     * @param frame of a negotiated codec
     * @param nowNanos the time of this turn
     * @return false when it was refused: nothing may be sent, its codec is not negotiated, or it cannot be carried
     */
    public boolean send(EncodedFrame frame, long nowNanos) {
        return send(encodings.isEmpty() ? null : encodings.get(0), frame, nowNanos);
    }

    /**
     * Sends a frame on one stream of a simulcast.
     *
     * @param rid of the stream
     * @param frame of a negotiated codec
     * @param nowNanos the time of this turn
     * @return false when it was refused, as {@link #send(EncodedFrame, long)} does, or there is no such stream
     */
    public boolean send(String rid, EncodedFrame frame, long nowNanos) {
        return send(find(rid), frame, nowNanos);
    }

    private boolean send(@Nullable Encoding used, EncodedFrame frame, long nowNanos) {
        int type = used == null ? NONE : payloadType(frame.codec());
        Packetizer packetizer = used == null || type == NONE ? null : packetizer(used, type);
        if (used == null || packetizer == null) {
            framesRefused++;
            return false;
        }
        SendStream stream = used.stream;
        used.rate.onBytes(frame.bytes().length, nowNanos);
        if (frame.key() && !used.rid.isEmpty()) {
            tellLayers(used, nowNanos);
        }
        int packed = packed(type);
        Packetizer redundant = packed == type ? null : packetizer(used, packed);
        if (redundant != null
                && redundant.packetize(
                        frame,
                        MAX_PAYLOAD_BYTES,
                        (bytes, offset, length, marker) ->
                                stream.send(bytes, offset, length, marker, frame.timestamp(), packed, nowNanos))) {
            used.counts.onFrame(frame, nowNanos);
            return true;
        }
        boolean sent = packetizer.packetize(
                frame,
                MAX_PAYLOAD_BYTES,
                (bytes, offset, length, marker) ->
                        stream.send(bytes, offset, length, marker, frame.timestamp(), type, nowNanos));
        if (!sent) {
            framesRefused++;
            return false;
        }
        used.counts.onFrame(frame, nowNanos);
        return true;
    }

    /** With key frames of a simulcast, once every stream that is sent has a rate; those switched off are not named. */
    private void tellLayers(Encoding with, long nowNanos) {
        telling.begin(with.place);
        for (Encoding each : encodings) {
            long rate = each.rate.kilobitsPerSecond();
            if (rate == 0 || each.place >= VideoLayersAllocation.MAX_STREAMS) {
                return;
            }
            telling.add(each.place, rate, each.counts.snapshot(0, nowNanos, null));
        }
        telling.put(with.stream);
    }

    /**
     * Sends a packet of a telephone event on the first stream.
     *
     * @param codec the telephone events that were negotiated
     * @param payload of the packet
     * @param timestamp when the event began, on the clock of the frames
     * @param marker whether it is the first packet of the event
     * @param nowNanos the time of this turn
     */
    public void sendEvent(CodecDescription codec, byte[] payload, long timestamp, boolean marker, long nowNanos) {
        int type = encodings.isEmpty() ? NONE : payloadType(codec);
        if (type != NONE) {
            encodings.get(0).stream.send(payload, 0, payload.length, marker, timestamp, type, nowNanos);
        }
    }

    /** RED, where it is preferred to the payload type that it carries: named before it (RFC 2198 section 5). */
    private int packed(int type) {
        for (int i = 0; i < codecs.size(); i++) {
            int each = codecs.get(i).payloadType();
            if (each == type) {
                return type;
            }
            if (PayloadFormats.carriedBy(descriptions.get(i)) == type) {
                return each;
            }
        }
        return type;
    }

    private @Nullable Packetizer packetizer(Encoding encoding, int type) {
        Packetizer known = encoding.packetizers[type];
        if (known == null) {
            for (int i = 0; i < codecs.size(); i++) {
                if (codecs.get(i).payloadType() == type) {
                    known = PayloadFormats.packetizer(descriptions.get(i), random);
                    encoding.packetizers[type] = known;
                }
            }
        }
        return known;
    }

    /**
     * Forwards a packet on the first stream. Numbers, timestamps and the numbers of pictures go on from source to source.
     *
     * @param packet with its unwrapped numbers set
     * @param from its source
     * @param codec what it carries
     * @param payloadType ours for that
     * @param nowNanos the time of this turn
     * @return false when it was left out
     */
    public boolean forward(
            RtpPacket packet, ForwardSource from, CodecDescription codec, int payloadType, long nowNanos) {
        if (encodings.isEmpty()) {
            return false;
        }
        Encoding first = encodings.get(0);
        int patched = 0;
        if (video) {
            // The same stream under new terms is in the midst of a picture.
            if (!forwards || forwardedSsrc != packet.ssrc()) {
                forwards = true;
                forwardedSsrc = packet.ssrc();
                pictures.begin(codec);
            }
            patched = pictures.map(packet.array(), packet.payloadOffset(), packet.payloadLength());
        }
        boolean sent = first.stream.forward(packet, from, payloadType, pictures.prefix(), patched, nowNanos);
        if (sent && video && packet.marker()) {
            first.counts.onForwarded(nowNanos);
        }
        return sent;
    }

    /**
     * Says which stream of a simulcast is to be forwarded.
     *
     * @param rid its name; null for whichever comes first
     */
    public void wantLayer(@Nullable String rid) {
        wantedLayer = rid;
    }

    @Nullable
    String wantedLayer() {
        return wantedLayer;
    }

    /**
     * Returns which stream of a simulcast is to be forwarded.
     *
     * @return its rid; null for whichever comes first
     */
    public @Nullable String wanted() {
        return wantedLayer;
    }

    /**
     * Returns the source of a stream.
     *
     * @param rid its name, empty without simulcast
     * @return 0 when there is no such stream
     */
    public long ssrc(String rid) {
        Encoding sent = find(rid);
        return sent == null ? 0 : sent.stream.ssrc();
    }

    void forwarding(String rid) {
        currentLayer = rid;
    }

    /**
     * Returns which stream of a simulcast is forwarded.
     *
     * @return its rid; null before the first, and without simulcast
     */
    public @Nullable String currentLayer() {
        return currentLayer;
    }

    /** Another source follows: its timestamps have nothing to do with those before. */
    public void restartTimestamps() {
        currentLayer = null;
        encodings.forEach(each -> {
            each.stream.restartTimestamps();
            for (int i = 0; i < codecs.size(); i++) {
                if (PayloadFormats.carriedBy(descriptions.get(i)) >= 0) {
                    // It repeats nothing of the source before.
                    each.packetizers[codecs.get(i).payloadType()] = null;
                }
            }
        });
    }

    /**
     * A receiver of one of the streams needs a key frame.
     *
     * @param stream which
     */
    public void onKeyFrameRequested(SendStream stream) {
        Encoding asked = find(encodings, stream);
        if (asked != null) {
            listener.onKeyFrameRequested(asked.rid);
        }
    }

    /**
     * Receivers of one of the streams report another loss.
     *
     * @param percent 0 to 100
     */
    public void onLossReported(int percent) {
        listener.onLossReported(percent);
    }

    /**
     * Tells whether a stream is one of its own.
     *
     * @param stream any
     * @return true when it is sent here
     */
    public boolean sends(SendStream stream) {
        return find(encodings, stream) != null;
    }

    /**
     * Returns the names of its streams.
     *
     * @return one for each encoding; an empty one without simulcast
     */
    public List<String> rids() {
        return encodings.stream().map(each -> each.rid).toList();
    }

    /**
     * Returns its streams.
     *
     * @return one for each encoding
     */
    public List<SendStream> streams() {
        return encodings.stream().map(each -> each.stream).toList();
    }

    /**
     * Returns the counters of the frames of a stream.
     *
     * @param stream one of its streams
     * @param nowNanos the time of this turn
     * @return null when it is sent by another
     */
    public @Nullable FrameStats frames(SendStream stream, long nowNanos) {
        Encoding active = find(encodings, stream);
        Encoding sent = active == null ? find(rested, stream) : active;
        return sent == null ? null : sent.counts.snapshot(0, nowNanos, null);
    }

    /**
     * Returns how many frames were refused.
     *
     * @return frames given to {@link #send} that did not leave
     */
    public long framesRefused() {
        return framesRefused;
    }

    /** Counts refused frames from zero again: somebody has taken note of them. */
    public void forgetRefused() {
        framesRefused = 0;
    }
}
