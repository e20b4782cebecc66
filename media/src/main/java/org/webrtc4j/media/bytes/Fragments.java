package org.webrtc4j.media.bytes;

/** How a length is cut into parts of nearly equal size, so that no tiny packet ends a frame. */
public final class Fragments {

    private Fragments() {}

    /**
     * Counts the parts.
     *
     * @param length what is cut, above 0
     * @param max the largest part, above 0
     * @return the fewest parts that do
     */
    public static int count(int length, int max) {
        return (length - 1) / max + 1;
    }

    /**
     * Returns where a part begins.
     *
     * @param length what is cut
     * @param count into how many parts
     * @param index which part, from 0; count itself gives the length
     * @return its first byte
     */
    public static int start(int length, int count, int index) {
        return (int) ((long) length * index / count);
    }
}
