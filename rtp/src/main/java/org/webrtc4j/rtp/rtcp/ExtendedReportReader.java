package org.webrtc4j.rtp.rtcp;

import java.util.Objects;
import org.webrtc4j.rtp.wire.Bytes;

/** A cursor over the blocks of an XR packet (RFC 3611 section 3); blocks of other types are skipped by their length. */
public final class ExtendedReportReader {

    /** Receiver reference time (RFC 3611 section 4.4). */
    public static final int REFERENCE_TIME = 4;

    /** Delay since the last receiver reference time (RFC 3611 section 4.5). */
    public static final int DELAY_SINCE_REFERENCE_TIME = 5;

    /** Target bit rates of layers, as libwebrtc sends them. */
    public static final int TARGET_BITRATE = 42;

    private static final int HEADER = 4;
    private static final int DELAY_ENTRY = 12;

    private byte[] array = new byte[0];
    private int position;
    private int end;
    private int blockType;
    private int block;
    private int blockLength;
    private boolean failed;

    /** Creates a reader of nothing; see {@link #reset}. */
    public ExtendedReportReader() {}

    /**
     * Points the cursor before the first block.
     *
     * @param reader at an XR packet without a problem
     * @return this
     */
    public ExtendedReportReader reset(RtcpReader reader) {
        array = reader.array();
        position = reader.body() + 4;
        end = reader.body() + reader.bodyLength();
        failed = false;
        return this;
    }

    /**
     * Moves to the next block that is known here.
     *
     * @return false at the end, and where a block goes past it or has an impossible length
     */
    public boolean next() {
        while (position < end && !failed) {
            if (end - position < HEADER) {
                break;
            }
            blockType = Bytes.u8(array, position);
            block = position + HEADER;
            blockLength = 4 * Bytes.u16(array, position + 2);
            if (blockLength > end - block) {
                break;
            }
            position = block + blockLength;
            switch (blockType) {
                case REFERENCE_TIME -> {
                    failed = blockLength != 8;
                    return !failed;
                }
                case DELAY_SINCE_REFERENCE_TIME -> {
                    failed = blockLength % DELAY_ENTRY != 0;
                    return !failed;
                }
                case TARGET_BITRATE -> {
                    return true;
                }
                default -> {
                    // RFC 3611 section 3: unknown blocks are ignored.
                }
            }
        }
        failed |= position < end;
        return false;
    }

    /**
     * Tells whether the blocks contradict the packet.
     *
     * @return true once {@link #next} has found it so
     */
    public boolean failed() {
        return failed;
    }

    /**
     * Returns the type of the block.
     *
     * @return one of the constants of this class
     */
    public int blockType() {
        return blockType;
    }

    /**
     * Returns the time of {@link #REFERENCE_TIME}.
     *
     * @return NTP time
     */
    public long referenceTime() {
        return Bytes.i64(array, block);
    }

    /**
     * Returns how many entries a block has; of {@link #DELAY_SINCE_REFERENCE_TIME} and {@link #TARGET_BITRATE}.
     *
     * @return 0 or more, at most what the packet has room for
     */
    public int entryCount() {
        return blockLength / (blockType == TARGET_BITRATE ? 4 : DELAY_ENTRY);
    }

    /**
     * Returns whose reference time an entry of {@link #DELAY_SINCE_REFERENCE_TIME} answers.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return an SSRC
     */
    public int delaySsrc(int index) {
        return Bytes.i32(array, block + DELAY_ENTRY * Objects.checkIndex(index, entryCount()));
    }

    /**
     * Returns the middle 32 bits of the reference time that an entry answers.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return 0 when none was received
     */
    public int lastReferenceTime(int index) {
        return Bytes.i32(array, block + DELAY_ENTRY * Objects.checkIndex(index, entryCount()) + 4);
    }

    /**
     * Returns how long ago the reference time was received.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return in 1/65536 seconds
     */
    public long delay(int index) {
        return Bytes.u32(array, block + DELAY_ENTRY * Objects.checkIndex(index, entryCount()) + 8);
    }

    private int target(int index) {
        return Bytes.i32(array, block + 4 * Objects.checkIndex(index, entryCount()));
    }

    /**
     * Returns the spatial layer of an entry of {@link #TARGET_BITRATE}.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return 0 to 15
     */
    public int targetSpatialLayer(int index) {
        return target(index) >>> 28;
    }

    /**
     * Returns the temporal layer of an entry of {@link #TARGET_BITRATE}.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return 0 to 15
     */
    public int targetTemporalLayer(int index) {
        return target(index) >>> 24 & 0x0f;
    }

    /**
     * Returns the bit rate of an entry of {@link #TARGET_BITRATE}.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return kbit/s
     */
    public int targetKbps(int index) {
        return target(index) & 0xff_ffff;
    }
}
