package org.webrtc4j.media.h265;

import java.util.Arrays;

/** NAL units where they lie: of which array, from where, how long. Grows to the longest frame of its stream. */
final class UnitList {

    /** More than encoders make; a list of more grows. */
    private static final int INITIAL_UNITS = 16;

    private static final byte[] EMPTY = new byte[0];

    private byte[][] arrays = new byte[INITIAL_UNITS][];
    private int[] offsets = new int[INITIAL_UNITS];
    private int[] lengths = new int[INITIAL_UNITS];
    private int count;

    int count() {
        return count;
    }

    byte[] array(int index) {
        return arrays[index];
    }

    int offset(int index) {
        return offsets[index];
    }

    int length(int index) {
        return lengths[index];
    }

    void add(byte[] bytes, int offset, int length) {
        if (count == lengths.length) {
            arrays = Arrays.copyOf(arrays, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        arrays[count] = bytes;
        offsets[count] = offset;
        lengths[count++] = length;
    }

    void addAll(UnitList others) {
        for (int i = 0; i < others.count; i++) {
            add(others.arrays[i], others.offsets[i], others.lengths[i]);
        }
    }

    /** Forgets the units and lets go of their bytes. */
    void clear() {
        Arrays.fill(arrays, 0, count, EMPTY);
        count = 0;
    }
}
