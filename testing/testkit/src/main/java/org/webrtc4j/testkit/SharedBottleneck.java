package org.webrtc4j.testkit;

import java.util.random.RandomGenerator;

/**
 * A bottleneck and the queue before it, shared by several links: what their ends called a send passes it, and the way back is
 * each link's own. So flows compete, and links of different length do so with different round-trip times.
 */
public final class SharedBottleneck {

    private final VirtualTime time;
    private final RandomGenerator random;
    private final PacketTrace trace;
    private final ImpairedPath there;

    /**
     * Creates a bottleneck without links.
     *
     * @param time the clock
     * @param random its only source of chance
     * @param there what it does to the packets of all links
     * @param trace where packets are noted
     */
    public SharedBottleneck(VirtualTime time, RandomGenerator random, Impairments there, PacketTrace trace) {
        this.time = time;
        this.random = random;
        this.trace = trace;
        this.there = new ImpairedPath(there, random, time.nanoTime());
    }

    /**
     * Adds a link. Changing the impairments of its end called a changes the bottleneck for all links.
     *
     * @param back what happens to packets from its end called b
     * @return the new link
     */
    public VirtualLink newLink(Impairments back) {
        return new VirtualLink(time, trace, there, new ImpairedPath(back, random, time.nanoTime()));
    }

    /**
     * Returns how long a packet that is sent now waits in the queue.
     *
     * @return nanoseconds
     */
    public long queueNanos() {
        return there.queueNanos(time.nanoTime());
    }

    /**
     * Returns the counters of all links together.
     *
     * @return a snapshot
     */
    public ImpairedPath.Stats stats() {
        return there.stats();
    }
}
