package org.webrtc4j.dtls.bouncycastle;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.guard.HandshakeGuard;
import org.webrtc4j.dtls.guard.RecordWalker;

/**
 * The transport of a handshake on its worker. The loop puts what the guard passed into the inbox; the worker takes it
 * out record by record, because the library drops a whole datagram when its first record is of another epoch.
 */
final class WorkerTransport implements DatagramTransport {

    /** How many datagrams wait for the worker; further ones are dropped, and resent by the peer. */
    static final int INBOX_DATAGRAMS = 16;

    private static final byte[] ABORT = new byte[0];

    private final LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();
    private final FlightPacker packer;
    private final Consumer<List<byte[]>> flights;
    private final int mtu;
    private final RecordWalker walker = new RecordWalker();
    private volatile boolean aborted;

    WorkerTransport(int mtu, Consumer<List<byte[]>> flights) {
        this.mtu = mtu;
        this.packer = new FlightPacker(mtu);
        this.flights = flights;
    }

    // ---- the loop's side

    boolean isFull() {
        return inbox.size() >= INBOX_DATAGRAMS;
    }

    void put(byte[] records) {
        inbox.add(records);
    }

    /** Ends the handshake at the worker's next step, without an alert. */
    void abort() {
        aborted = true;
        inbox.add(ABORT);
    }

    /** What the worker did not need any more. */
    List<byte[]> takeRest() {
        List<byte[]> rest = new ArrayList<>();
        inbox.drainTo(rest);
        return rest;
    }

    // ---- the worker's side

    @Override
    public int getReceiveLimit() {
        return HandshakeGuard.MAX_RECORD_BYTES;
    }

    @Override
    public int getSendLimit() {
        return mtu;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws InterruptedIOException {
        if (!walker.next()) {
            flush();
            byte[] records = take(waitMillis);
            if (records == null) {
                return -1;
            }
            walker.begin(records, 0, records.length);
            walker.next();
        }
        int size = Math.min(length, walker.length());
        System.arraycopy(walker.array(), walker.offset(), buffer, offset, size);
        return size;
    }

    private byte @Nullable [] take(int waitMillis) throws InterruptedIOException {
        try {
            // Zero would mean for ever; the library always waits for its resend timer.
            byte[] records = inbox.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
            if (aborted) {
                throw new InterruptedIOException("The handshake was aborted");
            }
            return records;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The handshake's worker was interrupted");
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        packer.add(buffer, offset, length);
    }

    /** Hands what was packed to the loop. */
    void flush() {
        List<byte[]> flight = packer.take();
        if (!flight.isEmpty() && !aborted) {
            flights.accept(flight);
        }
    }

    @Override
    public void close() {
        // The library closes its transport after a failure; the task flushes the alert.
    }
}
