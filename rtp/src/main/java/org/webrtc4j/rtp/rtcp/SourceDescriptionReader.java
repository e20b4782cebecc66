package org.webrtc4j.rtp.rtcp;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * A cursor over the items of an SDES packet (RFC 3550 section 6.5): chunks of an SSRC and its items, each chunk ended by a
 * zero and padded to whole words.
 */
public final class SourceDescriptionReader {

    /** The canonical name of an end point (RFC 3550 section 6.5.1). */
    public static final int CNAME = 1;

    /** The stream of a simulcast (RFC 8852 section 4.1). */
    public static final int RTP_STREAM_ID = 12;

    /** The stream that is repaired (RFC 8852 section 4.2). */
    public static final int REPAIRED_RTP_STREAM_ID = 13;

    /** The media description (RFC 8843 section 15.1). */
    public static final int MID = 15;

    private byte[] array = new byte[0];
    private int start;
    private int position;
    private int end;
    private int chunksLeft;
    private boolean inChunk;
    private int ssrc;
    private int itemType;
    private int itemOffset;
    private int itemLength;
    private boolean failed;

    /** Creates a reader of nothing; see {@link #reset}. */
    public SourceDescriptionReader() {}

    /**
     * Points the cursor before the first item.
     *
     * @param reader at an SDES packet without a problem
     * @return this
     */
    public SourceDescriptionReader reset(RtcpReader reader) {
        array = reader.array();
        start = reader.body();
        position = start;
        end = start + reader.bodyLength();
        chunksLeft = reader.count();
        inChunk = false;
        failed = false;
        return this;
    }

    /**
     * Moves to the next item of any chunk.
     *
     * @return false at the end, and where an item goes past it
     */
    public boolean next() {
        while (true) {
            if (!inChunk && !openChunk()) {
                return false;
            }
            if (position == end) {
                // RFC 3550 section 6.5: the list of items must end with a zero.
                failed = true;
                return false;
            }
            itemType = array[position++] & 0xff;
            if (itemType == 0) {
                position += -(position - start) & 3;
                inChunk = false;
                if (position > end) {
                    failed = true;
                    return false;
                }
                continue;
            }
            itemLength = position < end ? array[position++] & 0xff : -1;
            itemOffset = position;
            if (itemLength < 0 || itemLength > end - position) {
                failed = true;
                position = end;
                return false;
            }
            position += itemLength;
            return true;
        }
    }

    private boolean openChunk() {
        if (chunksLeft == 0 || failed) {
            return false;
        }
        if (end - position < 4) {
            failed = true;
            return false;
        }
        ssrc = Bytes.i32(array, position);
        position += 4;
        chunksLeft--;
        inChunk = true;
        return true;
    }

    /**
     * Tells whether an item or chunk went past the end.
     *
     * @return true once {@link #next} has found it so
     */
    public boolean failed() {
        return failed;
    }

    /**
     * Returns whose item this is.
     *
     * @return an SSRC
     */
    public int ssrc() {
        return ssrc;
    }

    /**
     * Returns what the item is.
     *
     * @return 1 to 255
     */
    public int itemType() {
        return itemType;
    }

    /**
     * Returns where the text of the item starts.
     *
     * @return an index in {@link #array}
     */
    public int itemOffset() {
        return itemOffset;
    }

    /**
     * Returns the size of the text.
     *
     * @return bytes of UTF-8
     */
    public int itemLength() {
        return itemLength;
    }

    /**
     * Returns the array that holds the text.
     *
     * @return the borrowed array
     */
    public byte[] array() {
        return array;
    }
}
