package org.webrtc4j.dtls.bouncycastle;

import java.nio.ByteBuffer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.HandshakeType;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.PacketSink;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.guard.DropReason;
import org.webrtc4j.dtls.guard.RecordWalker;
import org.webrtc4j.dtls.record.ProtectedRecords;

/** An association after the handshake: on the loop, one record at a time, nothing thrown for what a peer sends. */
final class LoopAssociation {

    /** What a record may lead to; called inside {@link #take}, {@link #send} and {@link #refuse}. */
    interface Listener {
        void onData(ByteBuffer plaintext);

        void onClosedByPeer();

        void onDied(DtlsFailure failure);
    }

    private static final int ALERT_BYTES = 2;

    private final ProtectedRecords records;
    private final PacketSink sink;
    private final Negotiation negotiation;
    private final Listener listener;
    private final byte[] alert = new byte[ALERT_BYTES];
    private @Nullable LastFlight lastFlight;

    /**
     * Creates the association that a handshake has led to.
     *
     * @param records of the new epoch
     * @param lastFlight what a server may have to send once more, null for a client
     */
    LoopAssociation(
            ProtectedRecords records,
            @Nullable LastFlight lastFlight,
            PacketSink sink,
            Negotiation negotiation,
            Listener listener) {
        this.records = records;
        this.lastFlight = lastFlight;
        this.sink = sink;
        this.negotiation = negotiation;
        this.listener = listener;
    }

    /** Takes the record at which the walker stands, or says why it is dropped. */
    @Nullable
    DropReason take(RecordWalker record) {
        return switch (record.epoch()) {
            case 0 -> takePlain(record);
            case ProtectedRecords.EPOCH -> takeProtected(record);
            default -> DropReason.WRONG_EPOCH;
        };
    }

    private @Nullable DropReason takePlain(RecordWalker record) {
        LastFlight flight = lastFlight;
        if (flight == null || record.type() != RecordWalker.HANDSHAKE) {
            return DropReason.PLAINTEXT_RECORD;
        }
        return flight.take(record) ? null : DropReason.MALFORMED_HANDSHAKE;
    }

    private @Nullable DropReason takeProtected(RecordWalker record) {
        DropReason reason = records.open(record);
        if (reason != null) {
            return reason;
        }
        ByteBuffer content = records.content();
        switch (record.type()) {
            case RecordWalker.APPLICATION_DATA -> {
                // A client that sends data has our last flight.
                lastFlight = null;
                listener.onData(content);
                return null;
            }
            case RecordWalker.ALERT -> {
                return takeAlert(content);
            }
            case RecordWalker.HANDSHAKE -> {
                return takeHandshake(record, content);
            }
            default -> {
                return refuseRenegotiation();
            }
        }
    }

    /** RFC 5246 section 7.2: level and description. */
    private @Nullable DropReason takeAlert(ByteBuffer content) {
        if (content.remaining() != ALERT_BYTES) {
            return DropReason.MALFORMED_RECORD;
        }
        short level = (short) (content.get(0) & 0xFF);
        short description = (short) (content.get(1) & 0xFF);
        negotiation.alertReceived(level, description);
        if (level == AlertLevel.fatal) {
            listener.onDied(negotiation.failureByPeer());
        } else if (description == AlertDescription.close_notify) {
            close();
            listener.onClosedByPeer();
        }
        return null;
    }

    private @Nullable DropReason takeHandshake(RecordWalker record, ByteBuffer content) {
        int message = content.get(0);
        if (message != HandshakeType.finished) {
            return refuseRenegotiation();
        }
        LastFlight flight = lastFlight;
        if (flight == null) {
            return DropReason.LATE_HANDSHAKE;
        }
        return flight.take(record, content) ? null : DropReason.MALFORMED_HANDSHAKE;
    }

    private DropReason refuseRenegotiation() {
        sendAlert(AlertLevel.warning, AlertDescription.no_renegotiation);
        return DropReason.RENEGOTIATION;
    }

    /** Ends the association with the alert for a peer whose certificate is not the announced one. */
    void refuse() {
        DtlsFailure failure = negotiation.refuseLate();
        failure.sentAlert().ifPresent(description -> sendAlert(AlertLevel.fatal, (short) description));
        listener.onDied(failure);
    }

    boolean send(ByteBuffer data) {
        ByteBuffer record = records.hasNumberForData()
                ? records.seal(
                        RecordWalker.APPLICATION_DATA,
                        data.array(),
                        data.arrayOffset() + data.position(),
                        data.remaining())
                : null;
        if (record == null) {
            close();
            listener.onDied(negotiation.outOfNumbers());
            return false;
        }
        sink.transmit(record);
        return true;
    }

    /** Says close_notify. */
    void close() {
        sendAlert(AlertLevel.warning, AlertDescription.close_notify);
    }

    private void sendAlert(short level, short description) {
        alert[0] = (byte) level;
        alert[1] = (byte) description;
        ByteBuffer record = records.seal(RecordWalker.ALERT, alert, 0, ALERT_BYTES);
        if (record != null) {
            sink.transmit(record);
        }
    }
}
