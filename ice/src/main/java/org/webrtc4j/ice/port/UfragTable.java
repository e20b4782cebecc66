package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ports by local ufrag, looked up by bytes of a packet without making a string. Strangers look up and never insert.
 */
final class UfragTable extends PortTable<byte[]> {

    /** More ufrags on one socket are refused. */
    static final int MAX_ENTRIES = 1 << 20;

    @Nullable
    MuxPort get(ByteBuffer packet, int start, int length) {
        int i = ideal(hash(packet, start, length));
        for (byte[] key = key(i); key != null; key = key(i)) {
            if (matches(key, packet, start, length)) {
                return port(i);
            }
            i = after(i);
        }
        return null;
    }

    /**
     * Adds a port.
     *
     * @return false when the table is full or another port has this ufrag
     */
    boolean put(byte[] key, MuxPort port) {
        int i = indexOf(key);
        if (key(i) != null) {
            return port(i) == port;
        }
        if (size() >= MAX_ENTRIES) {
            return false;
        }
        set(i, key, port);
        return true;
    }

    @Override
    int hash(byte[] key) {
        int hash = 0;
        for (byte b : key) {
            hash = hash * 31 + b;
        }
        return spread(hash);
    }

    @Override
    boolean isSame(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    /** The same hash as that of the bytes alone. */
    private static int hash(ByteBuffer packet, int start, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + packet.get(start + i);
        }
        return spread(hash);
    }

    private static boolean matches(byte[] key, ByteBuffer packet, int start, int length) {
        if (key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key[i] != packet.get(start + i)) {
                return false;
            }
        }
        return true;
    }
}
