package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.PacketSink;

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
    private final FlightPacker packer;
    private final PacketSink sink;
    private final int mtu;

    private byte[] array = new byte[0];
    private int offset;
    private int length;
    private boolean loaded;
    private boolean direct;
    private @Nullable TlsFatalAlert refusal;

    LoopTransport(int mtu, PacketSink sink) {
        this.mtu = mtu;
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

    /** Makes the next receive fail: the only way to have the library send a fatal alert of ours. */
    void refuse(TlsFatalAlert alert) {
        refusal = alert;
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
        TlsFatalAlert alert = refusal;
        if (alert != null) {
            refusal = null;
            throw alert;
        }
        if (!loaded) {
            throw slotEmpty;
        }
        loaded = false;
        int size = Math.min(length, bufferLength);
        System.arraycopy(array, offset, buffer, bufferOffset, size);
        return size;
    }

    /** Between these two, records leave one by one and uncopied: data. */
    void beginData() {
        direct = true;
    }

    void endData() {
        direct = false;
    }

    @Override
    public void send(byte[] buffer, int bufferOffset, int bufferLength) {
        if (direct) {
            sink.transmit(ByteBuffer.wrap(buffer, bufferOffset, bufferLength));
        } else {
            packer.add(buffer, bufferOffset, bufferLength);
        }
    }

    /** Emits what was sent otherwise: alerts, the last flight once more. */
    void flush() {
        for (byte[] datagram : packer.take()) {
            sink.transmit(ByteBuffer.wrap(datagram));
        }
    }

    @Override
    public void close() {
        // The endpoint learns of the end by the library's exception or by the alert.
    }
}
