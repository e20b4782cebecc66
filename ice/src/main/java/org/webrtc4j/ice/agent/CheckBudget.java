package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;

/**
 * How many checks all agents of one loop may send together, and how many to one address that has not proved itself.
 *
 * <p>The second bound keeps a peer from aiming a server at a victim: with many connections that all name the victim's
 * address. Addresses share counters by hash, so that the table never grows. Confined to the loop.
 */
public final class CheckBudget {

    /** Checks a second on one loop: about 4 % of a core at 20 microseconds each. */
    public static final int DEFAULT_CHECKS_PER_SECOND = 2_000;

    /** Checks a second to one unverified address. */
    public static final int DEFAULT_CHECKS_PER_ADDRESS = 20;

    private static final int ADDRESS_COUNTERS = 4_096;
    private static final long SECOND = 1_000_000_000L;

    /** A burst of a tenth of a second, so that a storm of connections is smoothed and a single one never waits. */
    private static final int BURST_PARTS = 10;

    private final long intervalNanos;
    private final long burstNanos;
    private final int checksPerAddress;
    private final long[] windows = new long[ADDRESS_COUNTERS];
    private final int[] counts = new int[ADDRESS_COUNTERS];
    private long fullAtNanos;
    private boolean used;

    /** Creates the default budget of a loop. */
    public CheckBudget() {
        this(DEFAULT_CHECKS_PER_SECOND, DEFAULT_CHECKS_PER_ADDRESS);
    }

    /**
     * Creates a budget.
     *
     * @param checksPerSecond of all agents together
     * @param checksPerAddress a second to one unverified address
     */
    public CheckBudget(int checksPerSecond, int checksPerAddress) {
        this.intervalNanos = SECOND / checksPerSecond;
        this.burstNanos = SECOND / BURST_PARTS;
        this.checksPerAddress = checksPerAddress;
    }

    /** Takes one check out of the budget; false when it is used up for now. */
    boolean tryTake(long nowNanos) {
        if (nextAvailable(nowNanos) - nowNanos > 0) {
            return false;
        }
        // A bucket kept as the time at which it would be full again.
        fullAtNanos = (used && fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos) + intervalNanos;
        used = true;
        return true;
    }

    /** When {@link #tryTake} will succeed: now or later. */
    long nextAvailable(long nowNanos) {
        long at = fullAtNanos + intervalNanos - burstNanos;
        return !used || at - nowNanos <= 0 ? nowNanos : at;
    }

    /** Counts a check to an address that has not proved itself; false when this second had enough of them. */
    boolean tryAddress(InetSocketAddress address, long nowNanos) {
        int hash = address.hashCode();
        int index = (hash ^ (hash >>> 15)) & (ADDRESS_COUNTERS - 1);
        long window = Math.floorDiv(nowNanos, SECOND);
        if (windows[index] != window) {
            windows[index] = window;
            counts[index] = 0;
        }
        if (counts[index] >= checksPerAddress) {
            return false;
        }
        counts[index]++;
        return true;
    }

    /** When {@link #tryAddress} begins to count anew. */
    static long nextWindow(long nowNanos) {
        return (Math.floorDiv(nowNanos, SECOND) + 1) * SECOND;
    }
}
