package org.webrtc4j.rtp;

import org.webrtc4j.rtp.extension.ExtensionWriter;

/** Header extension elements for the next packet, in bytes of a fixed number. */
final class PendingExtensions {

    private static final int CAPACITY = 255;

    private final byte[] bytes = new byte[CAPACITY];
    private final int[] ids = new int[ExtensionWriter.MAX_ELEMENTS];
    private final int[] lengths = new int[ExtensionWriter.MAX_ELEMENTS];
    private int used;
    private int count;

    boolean put(int id, byte[] array, int offset, int length) {
        if (id == 0 || count == ExtensionWriter.MAX_ELEMENTS || length > CAPACITY - used) {
            return false;
        }
        System.arraycopy(array, offset, bytes, used, length);
        ids[count] = id;
        lengths[count++] = length;
        used += length;
        return true;
    }

    /** Writes the elements, and forgets them. */
    void drainTo(ExtensionWriter writer) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            writer.put(ids[i], bytes, at, lengths[i]);
            at += lengths[i];
        }
        count = 0;
        used = 0;
    }
}
