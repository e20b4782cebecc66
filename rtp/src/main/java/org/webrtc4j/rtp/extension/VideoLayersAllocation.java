package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * Which layers a sender has, at which bit rates and sizes (video-layers-allocation00); read into and written from the
 * arrays of this object, which is reused.
 *
 * <pre>
 * |RID| NS| sl_bm |  own stream, streams - 1, spatial layers of every stream where they are alike
 * | sl_bm of each |  four bits each, where they are not
 * |#tl ...        |  temporal layers - 1, two bits each active layer
 * | target rates  |  LEB128 in kbit/s for each temporal layer, each with those below it
 * | width - 1, height - 1, frame rate  |  of each active layer, if said
 * </pre>
 */
public final class VideoLayersAllocation {

    /** Streams of a simulcast it can speak of. */
    public static final int MAX_STREAMS = 4;

    /** Spatial layers of a stream it can speak of. */
    public static final int MAX_SPATIAL_LAYERS = 4;

    /** Temporal layers of a spatial layer it can speak of. */
    public static final int MAX_TEMPORAL_LAYERS = 4;

    /** Bytes that hold any allocation. */
    public static final int MAX_SIZE = 1 + 2 + 4 + 16 * 4 * 5 + 16 * 5;

    private static final int LAYERS = MAX_STREAMS * MAX_SPATIAL_LAYERS;
    private static final int RESOLUTION_SIZE = 5;
    private static final int MAX_LEB128_SIZE = 5;

    /** Index of the stream that carries the element. */
    public int stream;

    /** How many streams there are, 1 to 4; 0 when none is sent. */
    public int streamCount;

    /** Whether sizes and frame rates are said. */
    public boolean resolutionsPresent;

    private final int[] temporalLayers = new int[LAYERS];
    private final long[] rates = new long[LAYERS * MAX_TEMPORAL_LAYERS];
    private final int[] widths = new int[LAYERS];
    private final int[] heights = new int[LAYERS];
    private final int[] frameRates = new int[LAYERS];

    private byte[] array = new byte[0];
    private int position;
    private int end;

    /** Creates an allocation without layers. */
    public VideoLayersAllocation() {}

    /** Forgets all layers. */
    public void clear() {
        stream = 0;
        streamCount = 0;
        resolutionsPresent = false;
        for (int i = 0; i < LAYERS; i++) {
            temporalLayers[i] = 0;
        }
    }

    /**
     * Returns how many temporal layers a spatial layer has.
     *
     * @param ofStream 0 to 3
     * @param spatial 0 to 3
     * @return 1 to 4, or 0 when the layer is not sent
     */
    public int temporalLayerCount(int ofStream, int spatial) {
        return temporalLayers[index(ofStream, spatial)];
    }

    /**
     * Returns the target of a temporal layer and those below it.
     *
     * @param ofStream 0 to 3
     * @param spatial 0 to 3
     * @param temporal 0 to 3
     * @return kbit/s
     */
    public long rateKbps(int ofStream, int spatial, int temporal) {
        return rates[index(ofStream, spatial) * MAX_TEMPORAL_LAYERS + temporal];
    }

    /**
     * Returns the width of a layer.
     *
     * @param ofStream 0 to 3
     * @param spatial 0 to 3
     * @return pixels, of meaning with {@link #resolutionsPresent}
     */
    public int width(int ofStream, int spatial) {
        return widths[index(ofStream, spatial)];
    }

    /**
     * Returns the height of a layer.
     *
     * @param ofStream 0 to 3
     * @param spatial 0 to 3
     * @return pixels, of meaning with {@link #resolutionsPresent}
     */
    public int height(int ofStream, int spatial) {
        return heights[index(ofStream, spatial)];
    }

    /**
     * Returns the frame rate of a layer.
     *
     * @param ofStream 0 to 3
     * @param spatial 0 to 3
     * @return frames per second, of meaning with {@link #resolutionsPresent}
     */
    public int framesPerSecond(int ofStream, int spatial) {
        return frameRates[index(ofStream, spatial)];
    }

    /**
     * Adds a layer.
     *
     * @param ofStream 0 to 3
     * @param spatial 0 to 3
     * @param ratesKbps of each temporal layer with those below it, 1 to 4 of them
     */
    public void addLayer(int ofStream, int spatial, long... ratesKbps) {
        int layer = index(ofStream, spatial);
        temporalLayers[layer] = ratesKbps.length;
        System.arraycopy(ratesKbps, 0, rates, layer * MAX_TEMPORAL_LAYERS, ratesKbps.length);
        streamCount = Math.max(streamCount, ofStream + 1);
    }

    /**
     * Says the size of a layer; say it of all.
     *
     * @param ofStream 0 to 3
     * @param spatial 0 to 3
     * @param width 1 to 65536 pixels
     * @param height 1 to 65536 pixels
     * @param framesPerSecond 0 to 255
     */
    public void setResolution(int ofStream, int spatial, int width, int height, int framesPerSecond) {
        int layer = index(ofStream, spatial);
        widths[layer] = width;
        heights[layer] = height;
        frameRates[layer] = framesPerSecond;
        resolutionsPresent = true;
    }

    private static int index(int stream, int spatial) {
        return stream * MAX_SPATIAL_LAYERS + spatial;
    }

    /**
     * Reads an element.
     *
     * @param bytes the array
     * @param at where the element starts
     * @param length its bytes
     * @return false when the bytes contradict themselves; what is here is then of no use
     */
    public boolean read(byte[] bytes, int at, int length) {
        clear();
        if (length < 1) {
            return false;
        }
        array = bytes;
        position = at;
        end = at + length;
        int first = u8();
        if (first == 0 && length == 1) {
            return true;
        }
        stream = first >>> 6;
        streamCount = (first >>> 4 & 3) + 1;
        return stream < streamCount && readMasks(first & 0x0f) && readRates() && readResolutions();
    }

    private boolean readMasks(int common) {
        int pair = 0;
        for (int i = 0; i < streamCount; i++) {
            int mask = common;
            if (common == 0) {
                if ((i & 1) == 0) {
                    if (position == end) {
                        return false;
                    }
                    pair = u8();
                }
                mask = (i & 1) == 0 ? pair >>> 4 : pair & 0x0f;
            }
            for (int spatial = 0; spatial < MAX_SPATIAL_LAYERS; spatial++) {
                temporalLayers[index(i, spatial)] = mask >>> spatial & 1;
            }
        }
        return true;
    }

    private boolean readRates() {
        int seen = 0;
        int counts = 0;
        for (int layer = 0; layer < LAYERS; layer++) {
            if (temporalLayers[layer] != 0) {
                if ((seen & 3) == 0) {
                    if (position == end) {
                        return false;
                    }
                    counts = u8();
                }
                temporalLayers[layer] = (counts >>> (6 - 2 * (seen++ & 3)) & 3) + 1;
            }
        }
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int temporal = 0; temporal < temporalLayers[layer]; temporal++) {
                long rate = leb128();
                if (rate < 0) {
                    return false;
                }
                rates[layer * MAX_TEMPORAL_LAYERS + temporal] = rate;
            }
        }
        return true;
    }

    private boolean readResolutions() {
        resolutionsPresent = position < end;
        for (int layer = 0; resolutionsPresent && layer < LAYERS; layer++) {
            if (temporalLayers[layer] == 0) {
                continue;
            }
            if (end - position < RESOLUTION_SIZE) {
                return false;
            }
            widths[layer] = Bytes.u16(array, position) + 1;
            heights[layer] = Bytes.u16(array, position + 2) + 1;
            frameRates[layer] = Bytes.u8(array, position + 4);
            position += RESOLUTION_SIZE;
        }
        return position == end;
    }

    private int u8() {
        return array[position++] & 0xff;
    }

    private long leb128() {
        long value = 0;
        for (int i = 0; i < MAX_LEB128_SIZE && position < end; i++) {
            int octet = u8();
            value |= (long) (octet & 0x7f) << (7 * i);
            if (octet < 0x80) {
                return value;
            }
        }
        return -1;
    }

    /**
     * Writes the element.
     *
     * @param bytes an array with room for {@link #MAX_SIZE} bytes
     * @param at where the element starts
     * @return its size in bytes
     */
    public int write(byte[] bytes, int at) {
        array = bytes;
        position = at;
        if (streamCount == 0) {
            array[position++] = 0;
            return 1;
        }
        int common = mask(0);
        for (int i = 1; i < streamCount; i++) {
            common = mask(i) == common ? common : 0;
        }
        put(stream << 6 | (streamCount - 1) << 4 | common);
        for (int i = 0; common == 0 && i < streamCount; i += 2) {
            put(mask(i) << 4 | (i + 1 < streamCount ? mask(i + 1) : 0));
        }
        writeTemporalLayers();
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int temporal = 0; temporal < temporalLayers[layer]; temporal++) {
                putLeb128(rates[layer * MAX_TEMPORAL_LAYERS + temporal]);
            }
        }
        for (int layer = 0; resolutionsPresent && layer < LAYERS; layer++) {
            if (temporalLayers[layer] != 0) {
                Bytes.setU16(array, position, widths[layer] - 1);
                Bytes.setU16(array, position + 2, heights[layer] - 1);
                array[position + 4] = (byte) frameRates[layer];
                position += RESOLUTION_SIZE;
            }
        }
        return position - at;
    }

    private int mask(int ofStream) {
        int mask = 0;
        for (int spatial = 0; spatial < MAX_SPATIAL_LAYERS; spatial++) {
            mask |= temporalLayers[index(ofStream, spatial)] != 0 ? 1 << spatial : 0;
        }
        return mask;
    }

    private void writeTemporalLayers() {
        int seen = 0;
        int counts = 0;
        for (int layer = 0; layer < LAYERS; layer++) {
            if (temporalLayers[layer] != 0) {
                counts |= (temporalLayers[layer] - 1) << (6 - 2 * (seen++ & 3));
                if ((seen & 3) == 0) {
                    put(counts);
                    counts = 0;
                }
            }
        }
        if ((seen & 3) != 0) {
            put(counts);
        }
    }

    private void put(int value) {
        array[position++] = (byte) value;
    }

    private void putLeb128(long value) {
        long rest = value & 0xffff_ffffL;
        while (rest >= 0x80) {
            put((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }
}
