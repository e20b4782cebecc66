package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.guard.DropReason;
import org.webrtc4j.dtls.guard.RecordWalker;

/** The library after the handshake: on the loop, one record at a time, never waiting, nothing thrown past it. */
final class LoopAssociation {

    /** What a record may lead to; called inside {@link #take}, {@link #send} and {@link #refuse}. */
    interface Listener {
        void onData(ByteBuffer plaintext);

        void onClosedByPeer();

        void onDied(DtlsFailure failure);
    }

    // Most records are of one path MTU; longer ones make it grow.
    private static final int FIRST_BUFFER_BYTES = 2 * 1024;

    private final DTLSTransport library;
    private final LoopTransport transport;
    private final DtlsRole role;
    private final Negotiation negotiation;
    private final Listener listener;
    private final int minFragmentBytes;
    private byte[] plaintext = new byte[0];

    LoopAssociation(
            DTLSTransport library, LoopTransport transport, DtlsRole role, Negotiation negotiation, Listener listener) {
        this.library = library;
        this.transport = transport;
        this.role = role;
        this.negotiation = negotiation;
        this.listener = listener;
        this.minFragmentBytes = Suites.overhead(negotiation.suite());
    }

    /** Takes the record at which the walker stands, or says why it is dropped. */
    @Nullable
    DropReason take(RecordWalker record) {
        if (record.epoch() == 0) {
            // A client that lacks our last flight resends its own (RFC 6347 section 4.2.4).
            if (role != DtlsRole.SERVER || record.type() != RecordWalker.HANDSHAKE) {
                return DropReason.PLAINTEXT_RECORD;
            }
        } else if (record.epoch() != 1) {
            return DropReason.WRONG_EPOCH;
        } else if (record.fragmentLength() < minFragmentBytes) {
            // The library would take it for the peer's mistake and die; anybody may send this.
            return DropReason.NOT_AUTHENTIC;
        }
        transport.load(record.array(), record.offset(), record.length());
        boolean mustBeData = record.type() == RecordWalker.APPLICATION_DATA;
        return receive(record.length()) || !mustBeData ? null : DropReason.NOT_AUTHENTIC;
    }

    /** Has the library read what the transport holds; true when that was data. */
    private boolean receive(int recordLength) {
        if (plaintext.length <= recordLength) {
            plaintext = new byte[Math.max(FIRST_BUFFER_BYTES, recordLength + 1)];
        }
        int size = -1;
        DtlsFailure failure = null;
        try {
            size = library.receive(plaintext, 0, plaintext.length, 1);
        } catch (InterruptedIOException e) {
            // The slot is empty: the record was not data.
        } catch (IOException e) {
            failure = negotiation.failure(e);
        }
        transport.flush();
        if (failure != null) {
            listener.onDied(failure);
        } else if (size >= 0) {
            listener.onData(ByteBuffer.wrap(plaintext, 0, size));
        } else if (negotiation.closedByPeer()) {
            listener.onClosedByPeer();
        }
        return size >= 0;
    }

    /** Ends the association with the alert for a peer whose certificate is not the announced one. */
    void refuse() {
        transport.refuse(negotiation.lateMismatch());
        receive(0);
    }

    boolean send(ByteBuffer data) {
        transport.beginData();
        try {
            library.send(data.array(), data.arrayOffset() + data.position(), data.remaining());
            return true;
        } catch (IOException e) {
            listener.onDied(negotiation.failure(e));
            return false;
        } finally {
            transport.endData();
        }
    }

    /** Says close_notify. */
    void close() {
        try {
            library.close();
        } catch (IOException e) {
            // The alert could not be made; without it the peer finds out by consent or heartbeat.
            return;
        }
        transport.flush();
    }
}
