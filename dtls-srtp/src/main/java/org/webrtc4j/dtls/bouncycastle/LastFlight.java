package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.DTLSTransport;
import org.webrtc4j.dtls.guard.RecordWalker;
import org.webrtc4j.dtls.record.RecordHeader;

/**
 * A server's last flight. A client that lacks it resends its own, in part without protection, and gets it once more when all
 * of that has come again (RFC 6347 section 4.2.4). The library does it, out of which nothing else is wanted any more.
 */
final class LastFlight {

    private final DTLSTransport library;
    private final LoopTransport transport;
    private byte[] plain = new byte[0];

    LastFlight(DTLSTransport library, LoopTransport transport) {
        this.library = library;
        this.transport = transport;
    }

    /** Takes a handshake record without protection; false when the library cannot make anything of it. */
    boolean take(RecordWalker record) {
        return give(record.array(), record.offset(), record.length());
    }

    /** Takes what a protected handshake record carries. */
    boolean take(RecordWalker record, ByteBuffer content) {
        int length = content.remaining();
        if (plain.length < RecordWalker.HEADER_BYTES + length) {
            plain = new byte[RecordWalker.HEADER_BYTES + length];
        }
        RecordHeader.write(plain, record.type(), (long) record.epoch() << 48 | record.number(), length);
        content.get(content.position(), plain, RecordWalker.HEADER_BYTES, length);
        return give(plain, 0, RecordWalker.HEADER_BYTES + length);
    }

    private boolean give(byte[] bytes, int offset, int length) {
        transport.load(bytes, offset, length);
        boolean understood = true;
        try {
            library.receive(new byte[length], 0, length, 1);
        } catch (InterruptedIOException e) {
            // The slot is empty: the record was read.
        } catch (IOException e) {
            // Anybody may have sent it: the association lives on.
            understood = false;
        }
        transport.flush();
        return understood;
    }
}
