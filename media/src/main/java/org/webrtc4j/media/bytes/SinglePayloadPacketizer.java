package org.webrtc4j.media.bytes;

import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadSink;

/**
 * A format in which every frame is one payload, as it is: most of audio.
 *
 * <p>The marker tells the first packet of a talkspurt (RFC 3551 section 4.1): the first frame, and one that does not follow
 * where the one before ended.
 */
public final class SinglePayloadPacketizer implements Packetizer {

    /** Says how long a frame is. */
    @FunctionalInterface
    public interface Duration {

        /**
         * Measures a frame.
         *
         * @param frame the frame
         * @return ticks of its clock rate, or 0 when that is not known
         */
        long ticks(EncodedFrame frame);
    }

    private final Duration duration;
    private long expected;
    private boolean started;

    /**
     * Creates a packetizer.
     *
     * @param duration says how long a frame is
     */
    public SinglePayloadPacketizer(Duration duration) {
        this.duration = duration;
    }

    @Override
    public boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out) {
        Packetizer.checkMaxPayloadBytes(maxPayloadBytes);
        byte[] bytes = frame.bytes();
        if (bytes.length == 0 || bytes.length > maxPayloadBytes) {
            return false;
        }
        long ticks = duration.ticks(frame);
        boolean marker = !started || (ticks > 0 && frame.timestamp() > expected);
        started = true;
        // Of a length that is not known no talkspurt is told.
        expected = ticks > 0 ? frame.timestamp() + ticks : Long.MAX_VALUE;
        out.payload(bytes, 0, bytes.length, marker);
        return true;
    }
}
