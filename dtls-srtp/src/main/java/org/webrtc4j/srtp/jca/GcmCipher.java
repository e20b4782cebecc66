package org.webrtc4j.srtp.jca;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.webrtc4j.crypto.GcmNonce;
import org.webrtc4j.crypto.JdkCrypto;
import org.webrtc4j.crypto.Words;

/**
 * AES-GCM (RFC 7714 sections 8 and 9).
 *
 * <pre>
 *  SRTP:   header, authenticated | encrypted payload | tag (16)
 *  SRTCP:  header (8), authenticated | encrypted rest | tag (16) | E and index (4), authenticated
 *
 *  IV = (0 (16 bits) | SSRC (32) | index (48)) XOR salt
 * </pre>
 *
 * <p>A tag that does not match costs an exception of the JDK's, with its stack: there is no other way to ask it.
 */
final class GcmCipher implements PacketCipher {

    private static final int TAG_BYTES = 16;
    /**
     * Whether a copy that is decrypted in place takes less time than decryption from one array into another: so it is on
     * JDK 25, by 4 % of 1,200 bytes. JDK 17 would allocate an array in place.
     */
    private static final boolean IN_PLACE = Runtime.version().feature() >= 25;

    private final Cipher cipher = JdkCrypto.cipher("AES/GCM/NoPadding");
    private final SecretKeySpec key;
    private final long saltHigh;
    private final int saltLow;
    private final byte[] initial = new byte[GcmNonce.BYTES];
    private final GcmNonce nonce = new GcmNonce(initial);
    private final byte[] srtcpAssociated = new byte[Srtcp.HEADER_BYTES + SRTCP_INDEX_BYTES];
    private byte[] apart = new byte[0];

    /**
     * Sets a cipher up.
     *
     * @param sessionKey 16 or 32 bytes
     * @param sessionSalt 12 bytes
     */
    GcmCipher(byte[] sessionKey, byte[] sessionSalt) {
        key = new SecretKeySpec(sessionKey, "AES");
        saltHigh = Words.get(sessionSalt, 0);
        saltLow = Words.getInt(sessionSalt, 8);
    }

    @Override
    public int tagBytes() {
        return TAG_BYTES;
    }

    @Override
    public int srtcpIndexAt(int packetBytes) {
        return packetBytes - SRTCP_INDEX_BYTES;
    }

    @Override
    public void protectRtp(byte[] header, byte[] payload, byte[] out, PacketSlices packet) {
        encrypt(payload, out, packet, header, packet.headerOffset, packet.headerLength);
        packet.copyHeader(header, out);
    }

    @Override
    public void protectRtcp(byte[] source, byte[] out, PacketSlices packet) {
        int word = ENCRYPTED | (int) packet.index;
        encrypt(source, out, packet, srtcpAssociated(source, packet, word), 0, srtcpAssociated.length);
        packet.copyHeader(source, out);
        Words.setInt(out, packet.outEnd() + TAG_BYTES, word);
    }

    @Override
    public boolean unprotectRtp(byte[] source, byte[] out, PacketSlices packet) {
        return decrypt(source, out, packet, source, packet.headerOffset, packet.headerLength);
    }

    @Override
    public boolean unprotectRtcp(byte[] source, byte[] out, PacketSlices packet) {
        int word = ENCRYPTED | (int) packet.index;
        return decrypt(source, out, packet, srtcpAssociated(source, packet, word), 0, srtcpAssociated.length);
    }

    private void encrypt(byte[] payload, byte[] out, PacketSlices packet, byte[] associated, int offset, int length) {
        try {
            init(Cipher.ENCRYPT_MODE, packet);
            cipher.updateAAD(associated, offset, length);
            cipher.doFinal(payload, packet.payloadOffset, packet.payloadLength, out, packet.outPayload());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean decrypt(byte[] source, byte[] out, PacketSlices packet, byte[] associated, int offset, int length) {
        int sealedBytes = packet.payloadLength + TAG_BYTES;
        try {
            init(Cipher.DECRYPT_MODE, packet);
            cipher.updateAAD(associated, offset, length);
            boolean overlap = Words.overlap(source, packet.payloadOffset, out, packet.outPayload(), sealedBytes);
            if (overlap || packet.outPayload() + sealedBytes > packet.outLimit) {
                // A source that is refused stays as it was, and the tag may have no room behind the destination.
                apart = Scratch.of(apart, sealedBytes);
                open(source, packet.payloadOffset, apart, 0, sealedBytes);
                System.arraycopy(apart, 0, out, packet.outPayload(), packet.payloadLength);
            } else {
                open(source, packet.payloadOffset, out, packet.outPayload(), sealedBytes);
            }
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        packet.copyHeader(source, out);
        return true;
    }

    /** Decrypts into an array that has room for the tag, too, and is not where the packet lies. */
    private void open(byte[] source, int offset, byte[] into, int intoOffset, int sealedBytes)
            throws GeneralSecurityException {
        if (!IN_PLACE) {
            cipher.doFinal(source, offset, sealedBytes, into, intoOffset);
            return;
        }
        System.arraycopy(source, offset, into, intoOffset, sealedBytes);
        try {
            cipher.doFinal(into, intoOffset, sealedBytes, into, intoOffset);
        } catch (AEADBadTagException e) {
            // In place the JDK leaves there what it decrypted before it looked at the tag.
            Arrays.fill(into, intoOffset, intoOffset + sealedBytes, (byte) 0);
            throw e;
        }
    }

    private void init(int mode, PacketSlices packet) throws GeneralSecurityException {
        long ssrc = packet.ssrc & 0xffff_ffffL;
        Words.set(initial, 0, saltHigh ^ (ssrc << 16 | packet.index >>> 32));
        Words.setInt(initial, 8, saltLow ^ (int) packet.index);
        cipher.init(mode, key, nonce);
    }

    private byte[] srtcpAssociated(byte[] source, PacketSlices packet, int word) {
        System.arraycopy(source, packet.headerOffset, srtcpAssociated, 0, Srtcp.HEADER_BYTES);
        Words.setInt(srtcpAssociated, Srtcp.HEADER_BYTES, word);
        return srtcpAssociated;
    }
}
