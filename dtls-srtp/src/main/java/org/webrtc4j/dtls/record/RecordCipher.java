package org.webrtc4j.dtls.record;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.webrtc4j.crypto.GcmNonce;
import org.webrtc4j.crypto.JdkCrypto;
import org.webrtc4j.crypto.Words;

/**
 * The cipher of one direction.
 *
 * <pre>
 *  fragment, GCM (RFC 5288 section 3):       explicit nonce (8) | encrypted content | tag (16)
 *  fragment, ChaCha20 (RFC 7905 section 2):  encrypted content | tag (16)
 *
 *  nonce, GCM:       fixed (4) | explicit: epoch and number of the record (8)
 *  nonce, ChaCha20:  (0 (4) | epoch and number of the record (8)) XOR fixed (12)
 *
 *  authenticated besides (RFC 5246 section 6.2.3.3):
 *  epoch (2) | number (6) | type (1) | version (2) | length of the content (2)
 * </pre>
 *
 * <p>A tag that does not match costs an exception of the JDK's, with its stack: there is no other way to ask it.
 */
final class RecordCipher {

    private static final int NUMBER_OFFSET = RecordSuite.NONCE_BYTES - Long.BYTES;

    private final RecordSuite suite;
    private final int mode;
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final long fixedNumber;
    private final byte[] nonce = new byte[RecordSuite.NONCE_BYTES];
    private final AlgorithmParameterSpec nonceParameter;
    private final byte[] associated = new byte[13];
    private byte[] apart = new byte[0];

    /** Takes key and fixed nonce out of a key block. */
    RecordCipher(RecordSuite suite, int mode, byte[] keyBlock, int keyOffset, int fixedNonceOffset) {
        this.suite = suite;
        this.mode = mode;
        System.arraycopy(keyBlock, fixedNonceOffset, nonce, 0, suite.fixedNonceBytes());
        boolean gcm = suite != RecordSuite.CHACHA20_POLY1305;
        fixedNumber = gcm ? 0 : Words.get(nonce, NUMBER_OFFSET);
        nonceParameter = gcm ? new GcmNonce(nonce) : new ChaChaNonce(nonce);
        cipher = JdkCrypto.cipher(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        key = new SecretKeySpec(keyBlock, keyOffset, suite.keyBytes(), gcm ? "AES" : "ChaCha20");
    }

    /** Writes the fragment of a record and returns its length; the two arrays may not be the same. */
    int seal(long epochAndNumber, int type, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        int explicit = suite.explicitNonceBytes();
        if (explicit != 0) {
            Words.set(out, outOffset, epochAndNumber);
        }
        Words.set(nonce, NUMBER_OFFSET, epochAndNumber ^ fixedNumber);
        try {
            begin(epochAndNumber, type, length);
            return explicit + cipher.doFinal(in, inOffset, length, out, outOffset + explicit);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes what a fragment carries and returns its length, or -1 when it is not authentic. */
    int open(long epochAndNumber, int type, byte[] in, int inOffset, int fragmentLength, byte[] out) {
        int length = fragmentLength - suite.overheadBytes();
        if (length < 0) {
            return -1;
        }
        int explicit = suite.explicitNonceBytes();
        long number = explicit == 0 ? epochAndNumber ^ fixedNumber : Words.get(in, inOffset);
        Words.set(nonce, NUMBER_OFFSET, number);
        try {
            begin(epochAndNumber, type, length);
            if (suite == RecordSuite.CHACHA20_POLY1305) {
                return cipher.doFinal(fromBeginning(in, inOffset, fragmentLength), 0, fragmentLength, out, 0);
            }
            return cipher.doFinal(in, inOffset + explicit, fragmentLength - explicit, out, 0);
        } catch (AEADBadTagException e) {
            park();
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(long epochAndNumber, int type, int length) throws GeneralSecurityException {
        Words.set(associated, 0, epochAndNumber);
        associated[8] = (byte) type;
        associated[9] = (byte) (ProtectedRecords.VERSION >>> 8);
        associated[10] = (byte) ProtectedRecords.VERSION;
        associated[11] = (byte) (length >>> 8);
        associated[12] = (byte) length;
        cipher.init(mode, key, nonceParameter);
        cipher.updateAAD(associated);
    }

    /** The JDK's ChaCha20 decrypts out of the beginning of an array; else it makes copies itself, more than one. */
    private byte[] fromBeginning(byte[] in, int offset, int length) {
        if (apart.length < length) {
            apart = new byte[Math.max(length, ProtectedRecords.ORDINARY_BYTES)];
        }
        System.arraycopy(in, offset, apart, 0, length);
        return apart;
    }

    /**
     * The JDK's ChaCha20 takes no nonce twice in a row, not even to decrypt: the genuine record would be refused that
     * follows a forged one of its number. No record has the nonce that is set here.
     */
    private void park() {
        if (suite != RecordSuite.CHACHA20_POLY1305) {
            return;
        }
        nonce[0] ^= (byte) 0x80;
        try {
            cipher.init(mode, key, nonceParameter);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            nonce[0] ^= (byte) 0x80;
        }
    }

    /** What {@link GcmNonce} is to GCM. */
    private static final class ChaChaNonce extends IvParameterSpec {
        private final byte[] current;

        ChaChaNonce(byte[] current) {
            super(current);
            this.current = current;
        }

        @Override
        public byte[] getIV() {
            return Arrays.copyOf(current, current.length);
        }
    }
}
