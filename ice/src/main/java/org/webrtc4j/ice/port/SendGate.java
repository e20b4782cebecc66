package org.webrtc4j.ice.port;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Tells ports that found their way out blocked of it, and when it is free again; each in a task of its own, because ports
 * ask in the middle of their turns. Ports that never asked while it was blocked are not told. Confined to a loop.
 */
final class SendGate {

    /** A port that wants to be told. */
    interface Waiter {

        /** Remembers whether it waits, for the gate. */
        boolean waiting(boolean wait);

        void onWritabilityChanged(boolean writable);
    }

    private final NettyEventLoop loop;
    private final BooleanSupplier writable;
    private List<Waiter> fresh = new ArrayList<>(1);
    private List<Waiter> told = new ArrayList<>(1);
    private boolean scheduled;

    SendGate(NettyEventLoop loop, BooleanSupplier writable) {
        this.loop = loop;
        this.writable = writable;
    }

    /**
     * Answers a port whether it may go on; one that may not will be told.
     *
     * @return true when writable
     */
    boolean check(Waiter waiter) {
        if (writable.getAsBoolean()) {
            return true;
        }
        if (waiter.waiting(true)) {
            fresh.add(waiter);
            if (!scheduled) {
                scheduled = true;
                loop.post(this::tell);
            }
        }
        return false;
    }

    /** The way out is free again. */
    void open() {
        List<Waiter> waiters = told;
        told = new ArrayList<>(1);
        for (Waiter waiter : waiters) {
            waiter.waiting(false);
            loop.runLogged(() -> waiter.onWritabilityChanged(true));
        }
    }

    private void tell() {
        scheduled = false;
        List<Waiter> waiters = fresh;
        fresh = new ArrayList<>(1);
        for (Waiter waiter : waiters) {
            told.add(waiter);
            loop.runLogged(() -> waiter.onWritabilityChanged(false));
        }
        if (writable.getAsBoolean()) {
            open();
        }
    }
}
