package org.webrtc4j.sctp.rx;

import java.util.ArrayDeque;

/** Buffers of finished messages, for those that begin: a few, since nobody pays for them. */
final class SpareBuffers {

    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_BUFFERS = 16;
    private static final byte[] NONE = {};

    private final ArrayDeque<byte[]> buffers = new ArrayDeque<>();
    private int bytes;

    /** The one given last, or an empty one. */
    byte[] take() {
        byte[] buffer = buffers.poll();
        if (buffer == null) {
            return NONE;
        }
        bytes -= buffer.length;
        return buffer;
    }

    void give(byte[] buffer) {
        if (buffer.length > 0 && buffers.size() < MAX_BUFFERS && bytes + buffer.length <= MAX_BYTES) {
            buffers.push(buffer);
            bytes += buffer.length;
        }
    }
}
