package org.webrtc4j.ice.port;

import org.jspecify.annotations.Nullable;

/**
 * Ports by a key: open addressing with linear probing, never more than half full. A look-up allocates nothing. Confined to
 * a loop.
 *
 * @param <K> what ports are found by
 */
abstract class PortTable<K> {

    private static final int FIRST_CAPACITY = 16;

    private @Nullable Object[] keys = new Object[FIRST_CAPACITY];
    private @Nullable MuxPort[] ports = new MuxPort[FIRST_CAPACITY];
    private int size;

    /** The hash of a key, made with {@link #spread}. */
    abstract int hash(K key);

    abstract boolean isSame(K one, K other);

    final int size() {
        return size;
    }

    @Nullable
    final MuxPort port(int index) {
        return ports[index];
    }

    @SuppressWarnings("unchecked") // only keys of this kind are put in
    @Nullable
    final K key(int index) {
        return (K) keys[index];
    }

    /** Where a key with this hash would be, were nothing in its way. */
    final int ideal(int hash) {
        return hash & (keys.length - 1);
    }

    final int after(int index) {
        return (index + 1) & (keys.length - 1);
    }

    /** Where a key is, or the free place where it would be. */
    final int indexOf(K key) {
        int i = ideal(hash(key));
        for (K other = key(i); other != null && !isSame(other, key); other = key(i)) {
            i = after(i);
        }
        return i;
    }

    /** Sets the port of the key whose {@link #indexOf} this is. */
    final void set(int index, K key, MuxPort port) {
        ports[index] = port;
        if (keys[index] == null) {
            keys[index] = key;
            if (++size * 2 > keys.length) {
                grow();
            }
        }
    }

    /** Removes a key if it is this port's. */
    final void remove(K key, MuxPort port) {
        int hole = indexOf(key);
        if (ports[hole] != port) {
            return;
        }
        size--;
        // Entries behind the hole that would not be found across it move into it.
        int mask = keys.length - 1;
        int i = after(hole);
        for (K next = key(i); next != null; next = key(i)) {
            if (((i - ideal(hash(next))) & mask) >= ((i - hole) & mask)) {
                keys[hole] = next;
                ports[hole] = ports[i];
                hole = i;
            }
            i = after(i);
        }
        keys[hole] = null;
        ports[hole] = null;
    }

    private void grow() {
        @Nullable Object[] oldKeys = keys;
        @Nullable MuxPort[] oldPorts = ports;
        keys = new Object[oldKeys.length * 2];
        ports = new MuxPort[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            @SuppressWarnings("unchecked") // as above
            K key = (K) oldKeys[i];
            if (key != null) {
                int index = indexOf(key);
                keys[index] = key;
                ports[index] = oldPorts[i];
            }
        }
    }

    /** Lets each bit of a hash count in the low ones, which choose the place. */
    static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
