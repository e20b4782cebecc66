package org.webrtc4j.ice.port;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which port sent a STUN request, for its answer: answers carry no username, and two agents may check one remote address.
 *
 * <p>Two generations, exchanged every {@link #GENERATION_NANOS}: a request is remembered for one to two of them after it was
 * last sent, which is longer than an answer is waited for (RFC 8489 section 6.2.1). Confined to a loop.
 */
final class TransactionTable {

    static final long GENERATION_NANOS = 16_000_000_000L;

    /** More requests in one generation are sent, but their answers will not be found. */
    static final int MAX_ENTRIES = 1 << 17;

    private static final int SMALLEST = 64;

    private Generation current = new Generation();
    private Generation previous = new Generation();
    private long bornNanos;

    TransactionTable(long nowNanos) {
        bornNanos = nowNanos;
    }

    /**
     * Remembers who sent a request.
     *
     * @return false when the table is full
     */
    boolean put(long transaction, MuxPort port, long nowNanos) {
        age(nowNanos);
        return current.put(transaction, port);
    }

    @Nullable
    MuxPort get(long transaction) {
        MuxPort port = current.get(transaction);
        return port != null ? port : previous.get(transaction);
    }

    /** Forgets what is too old, so that closed ports are not held for ever by a quiet socket. */
    void age(long nowNanos) {
        long age = nowNanos - bornNanos;
        if (age < GENERATION_NANOS) {
            return;
        }
        Generation oldest = previous;
        previous = current;
        current = oldest;
        current.clear();
        if (age >= 2 * GENERATION_NANOS) {
            previous.clear(); // nothing was put since the end of its time
        }
        bornNanos = nowNanos;
    }

    int size() {
        return current.size + previous.size;
    }

    private static final class Generation {

        private long[] keys = new long[SMALLEST];
        private @Nullable MuxPort[] ports = new MuxPort[SMALLEST];
        private int size;

        @Nullable
        MuxPort get(long key) {
            return ports[indexOf(key)];
        }

        boolean put(long key, MuxPort port) {
            int i = indexOf(key);
            if (ports[i] == null) {
                if (size >= MAX_ENTRIES) {
                    return false;
                }
                size++;
            }
            keys[i] = key;
            ports[i] = port;
            if (size * 2 > keys.length) {
                grow();
            }
            return true;
        }

        private int indexOf(long key) {
            int mask = keys.length - 1;
            int i = Long.hashCode(key) & mask; // the bits are random
            while (ports[i] != null && keys[i] != key) {
                i = (i + 1) & mask;
            }
            return i;
        }

        private void grow() {
            long[] oldKeys = keys;
            @Nullable MuxPort[] oldPorts = ports;
            keys = new long[oldKeys.length * 2];
            ports = new MuxPort[oldKeys.length * 2];
            for (int i = 0; i < oldKeys.length; i++) {
                MuxPort port = oldPorts[i];
                if (port != null) {
                    int index = indexOf(oldKeys[i]);
                    keys[index] = oldKeys[i];
                    ports[index] = port;
                }
            }
        }

        void clear() {
            if (keys.length > SMALLEST && size * 8 < keys.length) {
                keys = new long[SMALLEST];
                ports = new MuxPort[SMALLEST];
            } else if (size > 0) {
                Arrays.fill(ports, null);
            }
            size = 0;
        }
    }
}
