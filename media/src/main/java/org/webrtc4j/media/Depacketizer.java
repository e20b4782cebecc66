package org.webrtc4j.media;

import org.jspecify.annotations.Nullable;

/**
 * Puts frames together from payloads that come in sequence and without a gap; {@code FrameAssembler} sees to that.
 *
 * <p>One for each payload type of an incoming stream. Not thread-safe. Bytes of the peer never make it throw: a payload or
 * a frame that is not well-formed is refused with a reason. It allocates nothing but the frames.
 */
public interface Depacketizer {

    /** No frame becomes larger: 8 MiB. */
    int MAX_FRAME_BYTES = 8 << 20;

    /** {@link #inspect}: a frame certainly begins with this payload. */
    int START = 1;

    /** {@link #inspect}: a frame certainly ends with this payload, whatever its marker bit says. */
    int END = 1 << 1;

    /** {@link #inspect}: the payload belongs to a key frame, and shows it. */
    int KEY = 1 << 2;

    /** {@link #inspect}: no later frame is predicted from the one this payload belongs to. */
    int DISCARDABLE = 1 << 3;

    /**
     * Looks at a payload without taking it in.
     *
     * @param bytes the array, borrowed for the call
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @return any of {@link #START}, {@link #END}, {@link #KEY} and {@link #DISCARDABLE}; 0 when nothing is certain
     */
    int inspect(byte[] bytes, int offset, int length);

    /** Begins a frame; what was added to one before and not ended is forgotten. */
    void begin();

    /**
     * Adds the next payload of the frame.
     *
     * @param bytes the array, borrowed for the call
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @return null, or why the frame cannot be put together with this payload; then {@link #begin} comes next
     */
    @Nullable
    PayloadDrop add(byte[] bytes, int offset, int length);

    /**
     * Ends the frame.
     *
     * @param timestamp the RTP timestamp of its packets, unwrapped
     * @param marker whether its last packet has the marker, or the next one another timestamp: the picture ends as well
     * @param out takes the frame within the call; several, in order, where a payload repeats earlier sound (RED)
     * @return null, or why what was added is no frame
     */
    @Nullable
    PayloadDrop end(long timestamp, boolean marker, FrameSink out);

    /**
     * Counts the earlier frames that a payload repeats (RED, RFC 2198).
     *
     * @param bytes the array, borrowed for the call
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @param timestamp the RTP timestamp of the packet, unwrapped
     * @param after only frames later than this are counted
     * @return how many; 0 for formats that repeat nothing
     */
    default int recovers(byte[] bytes, int offset, int length, long timestamp, long after) {
        return 0;
    }
}
