package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ports by local ufrag: open addressing with linear probing, looked up by bytes of a packet without making a string.
 * Strangers look up and never insert. Confined to a loop.
 */
final class UfragTable {

    /** More ufrags on one socket are refused. */
    static final int MAX_ENTRIES = 1 << 20;

    private byte[] @Nullable [] keys = new byte[16][];
    private @Nullable MuxPort[] ports = new MuxPort[16];
    private int size;

    @Nullable
    MuxPort get(ByteBuffer packet, int start, int length) {
        int mask = keys.length - 1;
        int i = hash(packet, start, length) & mask;
        for (byte[] key = keys[i]; key != null; key = keys[i]) {
            if (matches(key, packet, start, length)) {
                return ports[i];
            }
            i = (i + 1) & mask;
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
        if (keys[i] != null) {
            return ports[i] == port;
        }
        if (size >= MAX_ENTRIES) {
            return false;
        }
        insert(i, key, port);
        if (++size * 2 > keys.length) {
            grow();
        }
        return true;
    }

    /** Removes a ufrag if it is this port's. */
    void remove(byte[] key, MuxPort port) {
        int hole = indexOf(key);
        if (ports[hole] != port) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        // Entries behind the hole that would not be found across it move into it.
        int i = hole;
        while (true) {
            i = (i + 1) & mask;
            byte[] next = keys[i];
            if (next == null) {
                break;
            }
            int ideal = hash(next) & mask;
            if (((i - ideal) & mask) >= ((i - hole) & mask)) {
                keys[hole] = next;
                ports[hole] = ports[i];
                hole = i;
            }
        }
        keys[hole] = null;
        ports[hole] = null;
    }

    int size() {
        return size;
    }

    private void insert(int index, byte[] key, MuxPort port) {
        keys[index] = key;
        ports[index] = port;
    }

    private int indexOf(byte[] key) {
        int mask = keys.length - 1;
        int i = hash(key) & mask;
        for (byte[] other = keys[i]; other != null && !Arrays.equals(other, key); other = keys[i]) {
            i = (i + 1) & mask;
        }
        return i;
    }

    private void grow() {
        byte[] @Nullable [] oldKeys = keys;
        @Nullable MuxPort[] oldPorts = ports;
        keys = new byte[oldKeys.length * 2][];
        ports = new MuxPort[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            byte[] key = oldKeys[i];
            MuxPort port = oldPorts[i];
            if (key != null && port != null) {
                insert(indexOf(key), key, port);
            }
        }
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

    private static int hash(ByteBuffer packet, int start, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + packet.get(start + i);
        }
        return spread(hash);
    }

    private static int hash(byte[] key) {
        int hash = 0;
        for (byte b : key) {
            hash = hash * 31 + b;
        }
        return spread(hash);
    }

    static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
