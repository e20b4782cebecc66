package org.webrtc4j.srtp.jca;

import org.webrtc4j.srtp.SrtpProfile;

/** Encryption and authentication of RTP or of RTCP, in one direction, for all SSRCs. */
sealed interface PacketCipher permits CmHmacCipher, GcmCipher {

    /** In front of the tag, or behind it, an SRTCP packet carries this: bit 31 is "encrypted", the others the index. */
    int SRTCP_INDEX_BYTES = 4;

    /** The bit that says an SRTCP packet is encrypted. */
    int ENCRYPTED = 0x8000_0000;

    /**
     * Makes a cipher.
     *
     * @param profile what it does
     * @param derivation out of the direction's master key and salt
     * @param rtcp false for RTP
     * @return a new cipher
     */
    static PacketCipher of(SrtpProfile profile, KeyDerivation derivation, boolean rtcp) {
        int kind = rtcp ? KeyDerivation.RTCP : 0;
        byte[] key = derivation.derive(kind + KeyDerivation.RTP_ENCRYPTION, profile.keyBytes());
        byte[] salt = derivation.derive(kind + KeyDerivation.RTP_SALT, profile.saltBytes());
        return switch (profile) {
            case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new GcmCipher(key, salt);
            case AES128_CM_HMAC_SHA1_80, AES128_CM_HMAC_SHA1_32 -> {
                byte[] authentication = derivation.derive(kind + KeyDerivation.RTP_AUTHENTICATION, HmacSha1.BYTES);
                // RFC 5764 section 4.1.2: with the 32-bit tag, too, RTCP has one of 80 bits.
                boolean small = profile == SrtpProfile.AES128_CM_HMAC_SHA1_32 && !rtcp;
                yield new CmHmacCipher(key, salt, authentication, small ? 4 : 10);
            }
        };
    }

    int tagBytes();

    /** Where in a received SRTCP packet of this length the index is. */
    int srtcpIndexAt(int packetBytes);

    /** Writes the whole SRTP packet. */
    void protectRtp(byte[] header, byte[] payload, byte[] out, PacketSlices packet);

    /** Writes the whole SRTCP packet. */
    void protectRtcp(byte[] source, byte[] out, PacketSlices packet);

    /** Writes the whole RTP packet; false when it does not authenticate. */
    boolean unprotectRtp(byte[] source, byte[] out, PacketSlices packet);

    /** Writes the whole RTCP packet; false when it does not authenticate. */
    boolean unprotectRtcp(byte[] source, byte[] out, PacketSlices packet);
}
