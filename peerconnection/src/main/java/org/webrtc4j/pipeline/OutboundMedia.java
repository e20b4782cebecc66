package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadFormats;
import org.webrtc4j.media.capability.CodecMatching;
import org.webrtc4j.rtp.ForwardSource;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.SendStream;

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

    /** What a sender hears of its media. */
    public interface Listener {

        /** A receiver needs a key frame. */
        void onKeyFrameRequested();

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
        final FrameCounts counts;
        final @Nullable Packetizer[] packetizers = new Packetizer[PAYLOAD_TYPES];

        Encoding(SendStream stream, FrameCounts counts) {
            this.stream = stream;
            this.counts = counts;
        }
    }

    private final Listener listener;
    private final RandomGenerator random;
    private final List<Encoding> encodings = new ArrayList<>();
    private List<MediaPlan.Codec> codecs = List.of();
    private List<CodecDescription> descriptions = List.of();
    private boolean video;
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
     * @param streams one for each encoding
     * @param planned what was negotiated
     */
    public void attach(List<SendStream> streams, MediaPlan.Section planned) {
        boolean same = streams.size() == encodings.size();
        for (int i = 0; same && i < streams.size(); i++) {
            same = encodings.get(i).stream == streams.get(i);
        }
        if (!same || !planned.sendCodecs().equals(codecs)) {
            List<Encoding> before = List.copyOf(encodings);
            encodings.clear();
            streams.forEach(each -> encodings.add(new Encoding(each, counts(before, each))));
            video = planned.kind().equals("video");
            codecs = planned.sendCodecs();
            descriptions = codecs.stream().map(MediaPlan.Codec::codec).toList();
        }
        version++;
        listener.onNegotiated();
    }

    private static FrameCounts counts(List<Encoding> before, SendStream stream) {
        for (Encoding each : before) {
            if (each.stream == stream) {
                return each.counts;
            }
        }
        return new FrameCounts();
    }

    /** Nothing may be sent any more. */
    public void detach() {
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
     * Sends a frame.
     *
     * @param encoding which stream, 0 without simulcast
     * @param frame of a negotiated codec
     * @param nowNanos the time of this turn
     * @return false when it was refused: nothing may be sent, its codec is not negotiated, or it cannot be carried
     */
    public boolean send(int encoding, EncodedFrame frame, long nowNanos) {
        int type = encoding < encodings.size() ? payloadType(frame.codec()) : NONE;
        Packetizer packetizer = type == NONE ? null : packetizer(encodings.get(encoding), type);
        if (packetizer == null) {
            framesRefused++;
            return false;
        }
        Encoding used = encodings.get(encoding);
        SendStream stream = used.stream;
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
     * Forwards a packet on the first stream.
     *
     * @param packet with its unwrapped numbers set
     * @param from its source
     * @param payloadType ours for what it carries
     * @param nowNanos the time of this turn
     * @return false when it was left out
     */
    public boolean forward(RtpPacket packet, ForwardSource from, int payloadType, long nowNanos) {
        if (encodings.isEmpty()) {
            return false;
        }
        Encoding first = encodings.get(0);
        boolean sent = first.stream.forward(packet, from, payloadType, nowNanos);
        if (sent && video && packet.marker()) {
            first.counts.onForwarded(nowNanos);
        }
        return sent;
    }

    /** Another source follows: its timestamps have nothing to do with those before. */
    public void restartTimestamps() {
        encodings.forEach(each -> each.stream.restartTimestamps());
    }

    /** A receiver of one of the streams needs a key frame. */
    public void onKeyFrameRequested() {
        listener.onKeyFrameRequested();
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
        for (Encoding each : encodings) {
            if (each.stream == stream) {
                return true;
            }
        }
        return false;
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
        for (Encoding each : encodings) {
            if (each.stream == stream) {
                return each.counts.snapshot(0, nowNanos);
            }
        }
        return null;
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
