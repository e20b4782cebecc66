package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The direct memory into which all sockets of a loop copy outgoing packets, one behind the other.
 *
 * <p>A slab begins again at its start as soon as everything in it has left, which is nearly always at the end of a turn; one
 * of which something is still queued in a socket is given up when full, and freed when the last of it has left.
 */
final class SendSlab {

    static final int CAPACITY = 256 * 1024;

    private @Nullable ByteBuf slab;

    /**
     * Returns the slab with room at its writer index.
     *
     * @param length how many bytes are wanted, at most {@link UdpSocket#MAX_DATAGRAM}
     */
    ByteBuf withRoom(int length) {
        ByteBuf current = slab;
        if (current != null) {
            if (current.refCnt() == 1) {
                current.clear();
            }
            if (current.writableBytes() >= length) {
                return current;
            }
            current.release();
        }
        current = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
        slab = current;
        return current;
    }

    void release() {
        ByteBuf current = slab;
        if (current != null) {
            slab = null;
            current.release();
        }
    }
}
