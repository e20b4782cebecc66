package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.webrtc4j.dtls.record.ProtectedRecords;

/**
 * The library's way to our records. While it shakes hands they are made and opened here, so that their numbers are noted; once
 * the epoch is {@linkplain #takeOver taken over} the library handles what they carry, and numbers and keys are used in one
 * place only: a number taken twice would give the key of AES-GCM away.
 */
final class EpochCipher implements TlsCipher {

    private static final long NUMBER_MASK = ProtectedRecords.MAX_NUMBER;

    private final ProtectedRecords records;
    private boolean takenOver;

    EpochCipher(ProtectedRecords records) {
        this.records = records;
    }

    /** From now on the library gets and gives this epoch's records in plain. */
    ProtectedRecords takeOver() {
        takenOver = true;
        return records;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long epochAndNumber,
            short type,
            ProtocolVersion version,
            int headerBytes,
            byte[] content,
            int offset,
            int length)
            throws IOException {
        byte[] record;
        if (takenOver) {
            record = new byte[headerBytes + length];
            System.arraycopy(content, offset, record, headerBytes, length);
        } else {
            record = seal(epochAndNumber, type, content, offset, length);
        }
        return new TlsEncodeResult(record, 0, record.length, type);
    }

    private byte[] seal(long epochAndNumber, short type, byte[] content, int offset, int length) throws TlsFatalAlert {
        boolean expected = (epochAndNumber & NUMBER_MASK) == records.nextNumber();
        ByteBuffer sealed = expected ? records.seal(type, content, offset, length) : null;
        if (sealed == null) {
            throw new TlsFatalAlert(AlertDescription.internal_error, "The library has lost count of its records");
        }
        // With the header that the library is about to write, too.
        byte[] record = new byte[sealed.remaining()];
        sealed.get(record);
        return record;
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long epochAndNumber, short type, ProtocolVersion version, byte[] fragment, int offset, int length)
            throws IOException {
        if (takenOver) {
            return new TlsDecodeResult(fragment, offset, length, type);
        }
        boolean opened = ProtocolVersion.DTLSv12.equals(version)
                && records.open(type, epochAndNumber & NUMBER_MASK, fragment, offset, length) == null;
        if (!opened) {
            // The one alert for which the library drops a record and goes on.
            throw new TlsFatalAlert(AlertDescription.bad_record_mac);
        }
        byte[] content = new byte[records.content().remaining()];
        records.content().get(content);
        return new TlsDecodeResult(content, 0, content.length, type);
    }

    @Override
    public int getCiphertextDecodeLimit(int contentBytes) {
        return contentBytes + records.suite().overheadBytes();
    }

    @Override
    public int getCiphertextEncodeLimit(int contentBytes) {
        return contentBytes + records.suite().overheadBytes();
    }

    @Override
    public int getPlaintextDecodeLimit(int fragmentBytes) {
        return fragmentBytes - records.suite().overheadBytes();
    }

    @Override
    public int getPlaintextEncodeLimit(int fragmentBytes) {
        return fragmentBytes - records.suite().overheadBytes();
    }

    @Override
    public void rekeyDecoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error, "DTLS 1.2 has no key update");
    }

    @Override
    public void rekeyEncoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error, "DTLS 1.2 has no key update");
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return false;
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return false;
    }
}
