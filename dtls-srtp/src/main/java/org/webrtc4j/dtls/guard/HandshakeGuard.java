package org.webrtc4j.dtls.guard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.dtls.DtlsRole;

/**
 * Filters and orders what a peer sends during the handshake, before the DTLS implementation sees it.
 *
 * <ul>
 *   <li><b>Size.</b> Fragments whose claims are out of bounds are dropped, so nothing is allocated by them.
 *   <li><b>ChangeCipherSpec.</b> An implementation that obeys it at once stops reading epoch 0, and a CertificateVerify
 *       still missing is lost for ever. A server's guard therefore holds it until CertificateVerify and all before it
 *       have arrived in full, a client's until our own has left. Records of the new epoch wait behind it, so that a
 *       reordered flight costs no resend. This needs a handshake with client authentication and without resumption,
 *       which is the only one WebRTC has.
 *   <li><b>Early data.</b> Alerts and data of the new epoch are kept for the time after the handshake.
 *   <li><b>Plaintext alerts</b> (anybody can send one) are remembered as the likely cause of a timeout, not obeyed.
 * </ul>
 *
 * Confined to the endpoint's loop.
 */
public final class HandshakeGuard {

    /** The longest handshake message taken, in bytes. */
    public static final int MAX_MESSAGE_BYTES = 16 * 1024;

    /** The highest message_seq taken; a full handshake uses six. */
    public static final int MAX_MESSAGE_SEQ = 16;

    /** How many fragments of one message are taken, resent ones included. */
    public static final int MAX_FRAGMENTS = 64;

    /** How many datagrams one handshake may take. */
    public static final int MAX_DATAGRAMS = 256;

    /** The longest record taken during a handshake, with its header: two of an ordinary path's datagrams. */
    public static final int MAX_RECORD_BYTES = 4 * 1024;

    /** How many records wait for ChangeCipherSpec; the oldest gives way. */
    public static final int MAX_HELD_RECORDS = 8;

    /** How many records of data are kept for after the handshake; further ones are dropped. */
    public static final int MAX_EARLY_RECORDS = 64;

    private static final int MESSAGE_HEADER_BYTES = 12;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int FATAL = 2;

    private final DtlsRole role;
    private final DropCounters<DropReason> drops;
    private final RecordWalker walker = new RecordWalker();
    private final ReceivedMessages messages = new ReceivedMessages();
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final Deque<byte[]> held = new ArrayDeque<>();
    private final List<byte[]> early = new ArrayList<>();

    private byte @Nullable [] heldChangeCipherSpec;
    private boolean ownChangeCipherSpecSent;
    private boolean epochSwitched;
    private int datagrams;
    private OptionalInt plaintextAlert = OptionalInt.empty();

    /**
     * Creates the guard of one handshake.
     *
     * @param role ours
     * @param drops where drops are counted
     */
    public HandshakeGuard(DtlsRole role, DropCounters<DropReason> drops) {
        this.role = role;
        this.drops = drops;
    }

    /**
     * Takes one datagram of the peer.
     *
     * @param datagram a heap buffer, borrowed
     * @return the records to pass on, one after the other, released ones included; null when there are none
     */
    public byte @Nullable [] accept(ByteBuffer datagram) {
        if (datagrams == MAX_DATAGRAMS) {
            drops.count(DropReason.HANDSHAKE_TOO_LONG);
            return null;
        }
        datagrams++;
        walker.begin(datagram);
        while (walker.next()) {
            DropReason reason = take();
            if (reason != null) {
                drops.count(reason);
            }
        }
        DropReason rest = walker.failure();
        if (rest != null) {
            drops.count(rest);
        }
        return collect();
    }

    /**
     * Tells that our ChangeCipherSpec has left: from now on the peer's may be obeyed by a client.
     *
     * @return the records released by this, or null
     */
    public byte @Nullable [] ownChangeCipherSpecSent() {
        ownChangeCipherSpecSent = true;
        return collect();
    }

    /**
     * Takes the records kept for the time after the handshake.
     *
     * @return single records in the order in which they came
     */
    public List<byte[]> takeEarlyRecords() {
        List<byte[]> taken = new ArrayList<>(early);
        early.clear();
        return taken;
    }

    /**
     * Returns the fatal alert that came without protection, if any.
     *
     * @return its description: a likely cause, not proof
     */
    public OptionalInt plaintextAlert() {
        return plaintextAlert;
    }

    private @Nullable DropReason take() {
        if (walker.length() > MAX_RECORD_BYTES) {
            return DropReason.OVERSIZED_RECORD;
        }
        return switch (walker.epoch()) {
            case 0 -> takePlaintext();
            case 1 -> takeProtected();
            default -> DropReason.WRONG_EPOCH;
        };
    }

    private @Nullable DropReason takePlaintext() {
        switch (walker.type()) {
            case RecordWalker.HANDSHAKE -> {
                DropReason reason = walkFragments(false);
                if (reason == null) {
                    walkFragments(true);
                    pass(walker.array(), walker.offset(), walker.length());
                }
                return reason;
            }
            case RecordWalker.CHANGE_CIPHER_SPEC -> {
                // The newest is kept: an older one may have left the implementation's replay window.
                heldChangeCipherSpec = copy();
                return null;
            }
            case RecordWalker.ALERT -> {
                if (walker.fragmentLength() == 2 && walker.array()[walker.fragmentOffset()] == FATAL) {
                    plaintextAlert = OptionalInt.of(walker.array()[walker.fragmentOffset() + 1] & 0xFF);
                }
                return DropReason.PLAINTEXT_ALERT;
            }
            default -> {
                return DropReason.PLAINTEXT_RECORD;
            }
        }
    }

    private @Nullable DropReason takeProtected() {
        switch (walker.type()) {
            case RecordWalker.HANDSHAKE -> {
                DropReason reason = held.size() == MAX_HELD_RECORDS ? DropReason.TOO_EARLY : null;
                if (reason != null) {
                    held.removeFirst();
                }
                held.addLast(copy());
                return reason;
            }
            case RecordWalker.ALERT, RecordWalker.APPLICATION_DATA -> {
                if (early.size() == MAX_EARLY_RECORDS) {
                    return DropReason.HELD_TOO_MUCH;
                }
                early.add(copy());
                return null;
            }
            default -> {
                return DropReason.MALFORMED_RECORD;
            }
        }
    }

    /**
     * Checks all fragments of a handshake record (RFC 6347 section 4.2.2), one bad fragment condemns the record; then
     * takes note of them.
     *
     * <pre>
     *  0      1        4             6                 9                 12
     * +------+--------+-------------+-----------------+-----------------+------
     * | type | length | message_seq | fragment_offset | fragment_length | body
     * +------+--------+-------------+-----------------+-----------------+------
     * </pre>
     */
    private @Nullable DropReason walkFragments(boolean note) {
        byte[] bytes = walker.array();
        int offset = walker.fragmentOffset();
        int end = offset + walker.fragmentLength();
        if (offset == end) {
            return DropReason.MALFORMED_HANDSHAKE;
        }
        while (offset < end) {
            if (end - offset < MESSAGE_HEADER_BYTES) {
                return DropReason.MALFORMED_HANDSHAKE;
            }
            int fragmentLength = uint24(bytes, offset + 9);
            if (fragmentLength > end - offset - MESSAGE_HEADER_BYTES) {
                return DropReason.MALFORMED_HANDSHAKE;
            }
            int seq = (bytes[offset + 4] & 0xFF) << 8 | (bytes[offset + 5] & 0xFF);
            int type = bytes[offset] & 0xFF;
            int length = uint24(bytes, offset + 1);
            int fragmentOffset = uint24(bytes, offset + 6);
            if (note) {
                messages.add(type, length, seq, fragmentOffset, fragmentLength);
            } else {
                DropReason reason = messages.check(type, length, seq, fragmentOffset, fragmentLength);
                if (reason != null) {
                    return reason;
                }
            }
            offset += MESSAGE_HEADER_BYTES + fragmentLength;
        }
        return null;
    }

    private boolean mayObeyChangeCipherSpec() {
        return role == DtlsRole.CLIENT ? ownChangeCipherSpecSent : messages.isCompleteUpTo(CERTIFICATE_VERIFY);
    }

    private byte @Nullable [] collect() {
        byte[] changeCipherSpec = heldChangeCipherSpec;
        if (changeCipherSpec != null && mayObeyChangeCipherSpec()) {
            pass(changeCipherSpec, 0, changeCipherSpec.length);
            heldChangeCipherSpec = null;
            epochSwitched = true;
        }
        if (epochSwitched) {
            for (byte[] held : this.held) {
                pass(held, 0, held.length);
            }
            held.clear();
        }
        if (passed.size() == 0) {
            return null;
        }
        byte[] records = passed.toByteArray();
        passed.reset();
        return records;
    }

    private void pass(byte[] bytes, int offset, int length) {
        passed.write(bytes, offset, length);
    }

    private byte[] copy() {
        byte[] record = new byte[walker.length()];
        System.arraycopy(walker.array(), walker.offset(), record, 0, record.length);
        return record;
    }

    private static int uint24(byte[] bytes, int index) {
        return (bytes[index] & 0xFF) << 16 | (bytes[index + 1] & 0xFF) << 8 | (bytes[index + 2] & 0xFF);
    }
}
