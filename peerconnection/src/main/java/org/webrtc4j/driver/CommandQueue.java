package org.webrtc4j.driver;

import java.util.ArrayDeque;

/** What other threads and handlers want done on the loop, in the order of their calls. Nothing is allocated per command. */
final class CommandQueue {

    private final Object monitor = new Object();
    private ArrayDeque<Runnable> filling = new ArrayDeque<>();
    private ArrayDeque<Runnable> draining = new ArrayDeque<>();
    private int peak;

    /** Adds a command from any thread. Returns true for the first of a burst: the loop has to be woken. */
    boolean add(Runnable command) {
        synchronized (monitor) {
            filling.add(command);
            peak = Math.max(peak, filling.size());
            return filling.size() == 1;
        }
    }

    /** The most commands that ever waited. */
    int peak() {
        synchronized (monitor) {
            return peak;
        }
    }

    boolean isEmpty() {
        synchronized (monitor) {
            return filling.isEmpty();
        }
    }

    /** Runs what was there at the call, on the loop; what is added meanwhile waits for the next call. */
    void drain() {
        synchronized (monitor) {
            ArrayDeque<Runnable> swapped = draining;
            draining = filling;
            filling = swapped;
        }
        for (Runnable command = draining.poll(); command != null; command = draining.poll()) {
            command.run();
        }
    }
}
