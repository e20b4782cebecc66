package org.webrtc4j.dtls.guard;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which handshake messages of the peer have arrived in full, by message_seq (RFC 6347 section 4.2.3). Only coverage is
 * kept, not bytes; what it may grow to is fixed: {@code MAX_MESSAGE_SEQ + 1} messages of {@code MAX_MESSAGE_BYTES} bits.
 */
final class ReceivedMessages {

    private static final class Message {
        final int type;
        final int length;
        final BitSet covered = new BitSet();
        int fragments;

        Message(int type, int length) {
            this.type = type;
            this.length = length;
        }

        boolean isComplete() {
            return covered.nextClearBit(0) >= length;
        }
    }

    private final @Nullable Message[] messages = new @Nullable Message[HandshakeGuard.MAX_MESSAGE_SEQ + 1];

    /** Says why a fragment must be dropped, or null. */
    @Nullable
    DropReason check(int type, int length, int seq, int offset, int fragmentLength) {
        if (length > HandshakeGuard.MAX_MESSAGE_BYTES) {
            return DropReason.OVERSIZED_MESSAGE;
        }
        if (offset + fragmentLength > length) {
            return DropReason.MALFORMED_HANDSHAKE;
        }
        if (seq > HandshakeGuard.MAX_MESSAGE_SEQ) {
            return DropReason.MESSAGE_TOO_FAR_AHEAD;
        }
        Message message = messages[seq];
        if (message == null) {
            return null;
        }
        if (message.type != type || message.length != length) {
            return DropReason.CONTRADICTING_FRAGMENT;
        }
        return message.fragments >= HandshakeGuard.MAX_FRAGMENTS ? DropReason.TOO_MANY_FRAGMENTS : null;
    }

    /** Takes note of a fragment that passed the check; one record may have several of one message. */
    void add(int type, int length, int seq, int offset, int fragmentLength) {
        Message message = messages[seq];
        if (message == null) {
            message = new Message(type, length);
            messages[seq] = message;
        }
        if (message.type == type && message.length == length) {
            message.fragments++;
            message.covered.set(offset, offset + fragmentLength);
        }
    }

    /** Tells whether a message of this type and all before it are complete. */
    boolean isCompleteUpTo(int type) {
        for (Message message : messages) {
            if (message == null || !message.isComplete()) {
                return false;
            }
            if (message.type == type) {
                return true;
            }
        }
        return false;
    }
}
