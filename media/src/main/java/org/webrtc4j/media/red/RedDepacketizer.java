package org.webrtc4j.media.red;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.bytes.FrameBuffer;

/**
 * Sound out of redundant payloads (RFC 2198): the repeated blocks first, in the order of their time, then the newest.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|   block PT  |  timestamp offset         |   block length    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0|   block PT  | of the newest
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>All blocks have one payload type, that of the newest: browsers repeat what they sent, and RED within RED is refused by
 * that. At most {@link #MAX_BLOCKS} are read.
 */
public final class RedDepacketizer implements Depacketizer {

    /** No sender repeats more. */
    public static final int MAX_BLOCKS = 16;

    private final CodecDescription primary;
    private final int primaryType;
    private final FrameBuffer payload = new FrameBuffer(MAX_FRAME_BYTES);
    private final int[] offsets = new int[MAX_BLOCKS];
    private final int[] lengths = new int[MAX_BLOCKS];
    private int blocks;
    private int start;

    /**
     * Creates a depacketizer.
     *
     * @param primary the codec of the blocks
     * @param primaryType its payload type, or -1 for any
     */
    public RedDepacketizer(CodecDescription primary, int primaryType) {
        this.primary = primary;
        this.primaryType = primaryType;
    }

    @Override
    public int inspect(byte[] bytes, int offset, int length) {
        return START | END | KEY;
    }

    @Override
    public void begin() {
        payload.clear();
    }

    @Override
    public @Nullable PayloadDrop add(byte[] bytes, int offset, int length) {
        if (payload.size() > 0) {
            return PayloadDrop.BAD_ORDER;
        }
        PayloadDrop bad = read(bytes, offset, length);
        if (bad == null && !payload.append(bytes, offset, length)) {
            return PayloadDrop.TOO_LARGE;
        }
        return bad;
    }

    /** Reads the headers into the tables; the newest block is the last. */
    private @Nullable PayloadDrop read(byte[] bytes, int offset, int length) {
        int limit = offset + length;
        int position = offset;
        int sum = 0;
        int type = -1;
        blocks = 0;
        while (position < limit && (bytes[position] & 0x80) != 0) {
            if (limit - position < 4) {
                return PayloadDrop.TRUNCATED;
            }
            if (blocks == MAX_BLOCKS - 1) {
                return PayloadDrop.UNSUPPORTED;
            }
            int blockType = bytes[position] & 0x7f;
            if (type >= 0 && type != blockType) {
                return PayloadDrop.UNSUPPORTED;
            }
            type = blockType;
            offsets[blocks] = (bytes[position + 1] & 0xff) << 6 | (bytes[position + 2] & 0xff) >> 2;
            lengths[blocks] = (bytes[position + 2] & 3) << 8 | (bytes[position + 3] & 0xff);
            sum += lengths[blocks];
            blocks++;
            position += 4;
        }
        if (position >= limit) {
            return length < 1 ? PayloadDrop.EMPTY : PayloadDrop.TRUNCATED;
        }
        int newest = bytes[position++] & 0x7f;
        if ((type >= 0 && type != newest) || (primaryType >= 0 && primaryType != newest)) {
            return PayloadDrop.UNSUPPORTED;
        }
        if (limit - position < sum) {
            return PayloadDrop.BAD_LENGTH;
        }
        offsets[blocks] = 0;
        lengths[blocks] = limit - position - sum;
        if (lengths[blocks] == 0) {
            return PayloadDrop.EMPTY;
        }
        blocks++;
        start = position - offset;
        return null;
    }

    @Override
    public @Nullable PayloadDrop end(long timestamp, boolean marker, FrameSink out) {
        if (payload.size() == 0) {
            return PayloadDrop.EMPTY;
        }
        int position = start;
        int previous = Integer.MAX_VALUE;
        for (int i = 0; i < blocks; i++) {
            // Blocks come oldest first; one that does not is passed over, as is an empty one.
            if (lengths[i] > 0 && offsets[i] < previous) {
                previous = offsets[i];
                byte[] block = Arrays.copyOfRange(payload.array(), position, position + lengths[i]);
                out.frame(EncodedFrame.audio(primary, timestamp - offsets[i], block));
            }
            position += lengths[i];
        }
        payload.clear();
        return null;
    }

    @Override
    public int recovers(byte[] bytes, int offset, int length, long timestamp, long after) {
        if (read(bytes, offset, length) != null) {
            return 0;
        }
        int count = 0;
        int previous = Integer.MAX_VALUE;
        for (int i = 0; i < blocks - 1; i++) {
            if (lengths[i] > 0 && offsets[i] < previous) {
                previous = offsets[i];
                count += offsets[i] > 0 && timestamp - offsets[i] > after ? 1 : 0;
            }
        }
        return count;
    }
}
