package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.DatagramTransport;
import org.webrtc4j.common.PacketSink;
import org.webrtc4j.dtls.guard.RecordWalker;
import org.webrtc4j.dtls.record.ProtectedRecords;

/**
 * The transport after the handshake, on the loop: one slot for one record, and never a wait. The library's receive ends
 * only by data, by its timer or by an exception; an empty slot throws a preallocated one, which the library lets pass.
 */
final class LoopTransport implements DatagramTransport {

    /** Preallocated, so without a stack: it tells that all was read, not where. */
    private static final class SlotEmpty extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private final InterruptedIOException slotEmpty = new SlotEmpty();
    private final RecordWalker walker = new RecordWalker();
    private final FlightPacker packer;
    private final ProtectedRecords records;
    private final PacketSink sink;
    private final int mtu;

    private byte[] array = new byte[0];
    private int offset;
    private int length;
    private boolean loaded;

    LoopTransport(int mtu, ProtectedRecords records, PacketSink sink) {
        this.mtu = mtu;
        this.records = records;
        this.sink = sink;
        this.packer = new FlightPacker(mtu);
    }

    /** Puts a record into the slot, borrowed until the library's receive returns. */
    void load(byte[] bytes, int recordOffset, int recordLength) {
        array = bytes;
        offset = recordOffset;
        length = recordLength;
        loaded = true;
    }

    @Override
    public int getReceiveLimit() {
        return length;
    }

    @Override
    public int getSendLimit() {
        return mtu;
    }

    @Override
    public int receive(byte[] buffer, int bufferOffset, int bufferLength, int waitMillis) throws IOException {
        if (!loaded) {
            throw slotEmpty;
        }
        loaded = false;
        int size = Math.min(length, bufferLength);
        System.arraycopy(array, offset, buffer, bufferOffset, size);
        return size;
    }

    /** A record of the new epoch comes in plain, with a number of the library's; it leaves with one of the association's. */
    @Override
    public void send(byte[] buffer, int bufferOffset, int bufferLength) {
        walker.begin(buffer, bufferOffset, bufferLength);
        boolean isProtected = walker.next() && walker.epoch() == ProtectedRecords.EPOCH;
        if (!isProtected) {
            packer.add(buffer, bufferOffset, bufferLength);
            return;
        }
        ByteBuffer sealed = records.seal(walker.type(), buffer, walker.fragmentOffset(), walker.fragmentLength());
        if (sealed != null) {
            packer.add(sealed.array(), sealed.arrayOffset(), sealed.limit());
        }
    }

    /** Emits what was sent: the last flight once more. */
    void flush() {
        for (byte[] datagram : packer.take()) {
            sink.transmit(ByteBuffer.wrap(datagram));
        }
    }

    @Override
    public void close() {
        // The endpoint ends by its own alerts.
    }
}
