package org.webrtc4j.turnserver.engine;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Allocations by the owner's number and by the client's side of the 5-tuple: listener and address. Looking one up allocates
 * nothing.
 */
final class AllocationTable {

    private static final int SLOT_BITS = 20;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int MIN_BUCKETS = 16;

    private final List<@Nullable Allocation> slots = new ArrayList<>();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private final Map<String, Integer> perAccount = new HashMap<>();
    /** Open addressing with linear probing; its size is a power of two, more than half of it free. */
    private @Nullable Allocation[] buckets = new @Nullable Allocation[MIN_BUCKETS];

    private int size;
    private int generation;

    static int slot(int id) {
        return id & SLOT_MASK;
    }

    int size() {
        return size;
    }

    int ofAccount(String account) {
        return perAccount.getOrDefault(account, 0);
    }

    /** Returns the number for the next allocation: a slot, and a count that keeps late news of its predecessor away. */
    int nextId() {
        generation = (generation + 1) & 0x7ff;
        Integer slot = freeSlots.peekFirst();
        return generation << SLOT_BITS | (slot == null ? slots.size() : slot);
    }

    void add(Allocation allocation) {
        int slot = slot(allocation.id);
        if (slot == slots.size()) {
            slots.add(allocation);
        } else {
            freeSlots.removeFirst();
            slots.set(slot, allocation);
        }
        size++;
        perAccount.merge(allocation.account, 1, Integer::sum);
        if (size * 2 > buckets.length) {
            rehash(buckets.length * 2);
        } else {
            insert(allocation);
        }
        assert consistent();
    }

    void remove(Allocation allocation) {
        int slot = slot(allocation.id);
        slots.set(slot, null);
        // Reused last, so that a number comes back late.
        freeSlots.addLast(slot);
        size--;
        perAccount.computeIfPresent(allocation.account, (account, count) -> count == 1 ? null : count - 1);
        delete(allocation);
        assert consistent();
    }

    /** Takes it out, and moves those up that were put behind it for want of a place. */
    private void delete(Allocation allocation) {
        int mask = buckets.length - 1;
        int hole = index(allocation.listener, allocation.client);
        while (buckets[hole] != allocation) {
            hole = (hole + 1) & mask;
        }
        for (int at = (hole + 1) & mask; ; at = (at + 1) & mask) {
            Allocation each = buckets[at];
            if (each == null) {
                break;
            }
            int home = index(each.listener, each.client);
            // It stays if its own place lies behind the hole, on the way round to where it is.
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                buckets[hole] = each;
                hole = at;
            }
        }
        buckets[hole] = null;
    }

    private void rehash(int length) {
        buckets = new @Nullable Allocation[length];
        for (Allocation each : slots) {
            if (each != null) {
                insert(each);
            }
        }
    }

    private void insert(Allocation allocation) {
        int at = index(allocation.listener, allocation.client);
        while (buckets[at] != null) {
            at = (at + 1) & (buckets.length - 1);
        }
        buckets[at] = allocation;
    }

    private int index(int listener, InetSocketAddress client) {
        int hash = (client.getAddress().hashCode() * 31 + client.getPort()) * 31 + listener;
        hash *= 0x9e3779b9;
        return (hash ^ hash >>> 16) & (buckets.length - 1);
    }

    @Nullable
    Allocation find(int listener, InetSocketAddress client) {
        int at = index(listener, client);
        for (Allocation each = buckets[at]; each != null; each = buckets[at]) {
            if (each.listener == listener && each.client.equals(client)) {
                return each;
            }
            at = (at + 1) & (buckets.length - 1);
        }
        return null;
    }

    @Nullable
    Allocation find(int id) {
        int slot = slot(id);
        Allocation allocation = slot < slots.size() ? slots.get(slot) : null;
        return allocation != null && allocation.id == id ? allocation : null;
    }

    /** Returns a copy, so that allocations can be removed meanwhile. */
    List<Allocation> all() {
        return slots.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private boolean consistent() {
        return size + freeSlots.size() == slots.size() && size <= buckets.length / 2;
    }
}
