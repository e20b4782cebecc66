package org.webrtc4j.simulation;

import java.nio.ByteBuffer;

/** A keyed checksum: it finds every damage that chance does, and protects against nobody who means harm. */
final class PlainChecksum {

    private static final long STEP = 0x9e37_79b9_7f4a_7c15L;

    private PlainChecksum() {}

    static long of(long key, ByteBuffer bytes) {
        long sum = mix(key + bytes.remaining() * STEP);
        int position = bytes.position();
        for (; position + Long.BYTES <= bytes.limit(); position += Long.BYTES) {
            sum = mix(sum ^ bytes.getLong(position));
        }
        long rest = 0;
        for (; position < bytes.limit(); position++) {
            rest = (rest << 8) | (bytes.get(position) & 0xff);
        }
        return mix(sum ^ rest);
    }

    static long of(long key, byte[] bytes) {
        return of(key, ByteBuffer.wrap(bytes));
    }

    /** Bytes that depend on the key alone, both sides' keying material. */
    static byte[] expand(long key, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length + Long.BYTES);
        for (long counter = 1; bytes.position() < length; counter++) {
            bytes.putLong(mix(key + counter * STEP));
        }
        byte[] result = new byte[length];
        bytes.flip().get(result);
        return result;
    }

    // Each step is a bijection of 64 bits, so that a single changed word always changes the sum.
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
