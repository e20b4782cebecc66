package org.webrtc4j.srtp;

import java.util.List;
import java.util.Optional;

/** SRTP protection profiles (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    /** AES-CM-128 with an 80-bit HMAC-SHA1 tag. */
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14),
    /** AES-CM-128 with a 32-bit HMAC-SHA1 tag for RTP. */
    AES128_CM_HMAC_SHA1_32(0x0002, 16, 14),
    /** AES-128-GCM. */
    AEAD_AES_128_GCM(0x0007, 16, 12),
    /** AES-256-GCM. */
    AEAD_AES_256_GCM(0x0008, 32, 12);

    /** The default order: GCM costs half the CPU of CM; the 32-bit tag only where it is asked for. */
    public static final List<SrtpProfile> PREFERENCE =
            List.of(AEAD_AES_128_GCM, AES128_CM_HMAC_SHA1_80, AEAD_AES_256_GCM);

    private final int id;
    private final int keyBytes;
    private final int saltBytes;

    SrtpProfile(int id, int keyBytes, int saltBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
    }

    /**
     * Returns the number in the use_srtp extension.
     *
     * @return the IANA number
     */
    public int id() {
        return id;
    }

    /**
     * Returns the size of a master key.
     *
     * @return bytes
     */
    public int keyBytes() {
        return keyBytes;
    }

    /**
     * Returns the size of a master salt.
     *
     * @return bytes
     */
    public int saltBytes() {
        return saltBytes;
    }

    /**
     * Finds a profile by its number.
     *
     * @param id the number in the use_srtp extension
     * @return the profile, or empty when it is not one of ours
     */
    public static Optional<SrtpProfile> byId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
