package org.webrtc4j.sctp.rx;

/**
 * The receive window: bytes in reassembly and bytes delivered that the application has not consumed.
 *
 * <p>Whatever is held is charged at least {@value #LEAST_CHARGE} bytes, so that one-byte chunks cannot hold many times the
 * window in overhead.
 */
public final class ReceiveWindow {

    private static final int LEAST_CHARGE = 64;

    private final long size;
    private long held;
    private long unread;
    private long advertised;

    public ReceiveWindow(int size) {
        this.size = size;
        advertised = size;
    }

    static int charge(int bytes) {
        return Math.max(bytes, LEAST_CHARGE);
    }

    /** How many things can be held at most. */
    long mostHeld() {
        return size / LEAST_CHARGE;
    }

    void hold(long charge) {
        held += charge;
    }

    void release(long charge) {
        held -= charge;
    }

    /** A message goes to the application. */
    void deliver(int bytes) {
        unread += charge(bytes);
    }

    /** The application is done with a message; more than was delivered does no harm. */
    void consumed(int bytes) {
        unread = Math.max(0, unread - charge(bytes));
    }

    long held() {
        return held;
    }

    boolean hasUnread() {
        return unread > 0;
    }

    /** Bytes there is room for. */
    public long free() {
        return Math.max(0, size - held - unread);
    }

    /** Whether a chunk fits. */
    boolean fits(int charge) {
        return held + unread + charge <= size;
    }

    /** Above nine tenths only what moves the cumulative TSN is worth its room: the rest would keep it out. */
    boolean nearlyFills(int charge) {
        return held + unread + charge > size / 10 * 9;
    }

    /** The value for a SACK. */
    long advertise() {
        advertised = free();
        return advertised;
    }

    /** Whether the peer has been told of a nearly closed window and a good part of it is open again. */
    boolean hasReopened() {
        return advertised < size / 8 && free() - advertised >= size / 4;
    }
}
