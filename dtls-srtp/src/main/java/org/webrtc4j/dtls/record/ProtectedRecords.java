package org.webrtc4j.dtls.record;

import java.nio.ByteBuffer;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.crypto.ReplayWindow;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.guard.DropReason;
import org.webrtc4j.dtls.guard.RecordWalker;

/**
 * Both directions of epoch 1, the only protected one: there is no renegotiation (RFC 6347 section 4.1).
 *
 * <p>Nothing is allocated per record but what the JDK's cipher allocates: what is made lies in one buffer for each direction,
 * lent until the next record. Confined to one thread at a time.
 */
public final class ProtectedRecords {

    /** The epoch. */
    public static final int EPOCH = 1;

    /** DTLS 1.2, as a record names it. */
    public static final int VERSION = 0xFEFD;

    /** The longest content of a record (RFC 5246 section 6.2.1). */
    public static final int MAX_CONTENT_BYTES = 1 << 14;

    /** How many numbers below the highest are still accepted; RFC 6347 section 4.1.2.6 asks for 64 at least. */
    public static final int REPLAY_WINDOW = 1_024;

    /** The last number of an epoch (RFC 6347 section 4.1). */
    public static final long MAX_NUMBER = (1L << 48) - 1;

    /** What fits a path's MTU needs no second growth. */
    static final int ORDINARY_BYTES = 1_500;

    private static final int HEADER_BYTES = RecordWalker.HEADER_BYTES;
    private static final int NUMBER_BITS = 48;

    private final RecordSuite suite;
    private final RecordCipher sealing;
    private final RecordCipher opening;
    private final ReplayWindow received = new ReplayWindow(REPLAY_WINDOW);
    private long nextNumber;
    private byte[] sealed = new byte[ORDINARY_BYTES];
    private ByteBuffer sealedRecord = ByteBuffer.wrap(sealed);
    private byte[] opened = new byte[ORDINARY_BYTES];
    private ByteBuffer content = ByteBuffer.wrap(opened).limit(0);

    /**
     * Sets both directions up.
     *
     * @param suite what was negotiated
     * @param role ours
     * @param keyBlock of {@link RecordSuite#keyBlockBytes}: keys of client and server, then their fixed nonces (RFC 5246
     *     section 6.3); not kept
     */
    public ProtectedRecords(RecordSuite suite, DtlsRole role, byte[] keyBlock) {
        this(suite, role, keyBlock, 0);
    }

    /**
     * Sets both directions up, the one out in the midst of its numbers.
     *
     * @param suite what was negotiated
     * @param role ours
     * @param keyBlock keys of client and server, then their fixed nonces; not kept
     * @param firstNumber the number of the first record sent
     */
    public ProtectedRecords(RecordSuite suite, DtlsRole role, byte[] keyBlock, long firstNumber) {
        this.suite = suite;
        this.sealing = direction(suite, Cipher.ENCRYPT_MODE, keyBlock, role == DtlsRole.CLIENT);
        this.opening = direction(suite, Cipher.DECRYPT_MODE, keyBlock, role == DtlsRole.SERVER);
        this.nextNumber = firstNumber;
    }

    private static RecordCipher direction(RecordSuite suite, int mode, byte[] keyBlock, boolean clients) {
        int keyOffset = clients ? 0 : suite.keyBytes();
        int nonceOffset = 2 * suite.keyBytes() + (clients ? 0 : suite.fixedNonceBytes());
        return new RecordCipher(suite, mode, keyBlock, keyOffset, nonceOffset);
    }

    /**
     * Returns the cipher.
     *
     * @return what was negotiated
     */
    public RecordSuite suite() {
        return suite;
    }

    /**
     * Returns the number of the next record sent.
     *
     * @return up to {@link #MAX_NUMBER}, or one more when all are used up
     */
    public long nextNumber() {
        return nextNumber;
    }

    /**
     * Tells whether data may still be sent. The last number is for an alert.
     *
     * @return false near the end of the numbers, of which none may be taken twice
     */
    public boolean hasNumberForData() {
        return nextNumber < MAX_NUMBER;
    }

    /**
     * Makes a record.
     *
     * @param type its content type
     * @param bytes holds the content, which is left as it is
     * @param offset where it begins
     * @param length its size, at most {@link #MAX_CONTENT_BYTES}
     * @return the record with its header, lent until the next one is made; null when there is no number left
     */
    public @Nullable ByteBuffer seal(int type, byte[] bytes, int offset, int length) {
        if (nextNumber > MAX_NUMBER) {
            return null;
        }
        makeRoomToSeal(HEADER_BYTES + length + suite.overheadBytes());
        long epochAndNumber = (long) EPOCH << NUMBER_BITS | nextNumber++;
        int fragmentLength = sealing.seal(epochAndNumber, type, bytes, offset, length, sealed, HEADER_BYTES);
        RecordHeader.write(sealed, type, epochAndNumber, fragmentLength);
        return sealedRecord.clear().limit(HEADER_BYTES + fragmentLength);
    }

    /**
     * Opens the record at which a walker stands. What it carries is {@link #content}.
     *
     * @param record of this epoch
     * @return null, or why it is dropped
     */
    public @Nullable DropReason open(RecordWalker record) {
        if (record.version() != VERSION) {
            return DropReason.MALFORMED_RECORD;
        }
        return open(record.type(), record.number(), record.array(), record.fragmentOffset(), record.fragmentLength());
    }

    /**
     * Opens a record. What it carries is {@link #content}.
     *
     * @param type its content type
     * @param number its number
     * @param bytes holds its fragment, which is left as it is
     * @param offset where it begins
     * @param length its size
     * @return null, or why it is dropped
     */
    public @Nullable DropReason open(int type, long number, byte[] bytes, int offset, int length) {
        if (received.isTooOld(number) || received.isUsed(number)) {
            return DropReason.REPLAYED;
        }
        if (length > MAX_CONTENT_BYTES + suite.overheadBytes()) {
            return DropReason.OVERSIZED_RECORD;
        }
        makeRoomToOpen(length);
        long epochAndNumber = (long) EPOCH << NUMBER_BITS | number;
        int contentLength = opening.open(epochAndNumber, type, bytes, offset, length, opened);
        if (contentLength < 0) {
            return DropReason.NOT_AUTHENTIC;
        }
        received.use(number);
        content.clear().limit(contentLength);
        return contentLength == 0 ? DropReason.EMPTY_RECORD : null;
    }

    /**
     * Returns what the record carries that was opened last.
     *
     * @return a heap buffer from its array's beginning, lent until the next record is opened
     */
    public ByteBuffer content() {
        return content;
    }

    private void makeRoomToSeal(int length) {
        if (sealed.length < length) {
            sealed = new byte[length];
            sealedRecord = ByteBuffer.wrap(sealed);
        }
    }

    private void makeRoomToOpen(int length) {
        if (opened.length < length) {
            opened = new byte[length];
            content = ByteBuffer.wrap(opened).limit(0);
        }
    }
}
