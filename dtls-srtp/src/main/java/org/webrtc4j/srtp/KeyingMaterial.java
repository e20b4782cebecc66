package org.webrtc4j.srtp;

import java.util.Arrays;
import java.util.Objects;
import javax.security.auth.Destroyable;

/**
 * The master keys and salts of both directions, cut out of the exporter's bytes (RFC 5764 section 4.2).
 *
 * <p>Not thread-safe. {@link #destroy} overwrites the bytes.
 */
public final class KeyingMaterial implements Destroyable {

    private final SrtpProfile profile;
    private final byte[] exported;
    private boolean destroyed;

    /**
     * Takes the exporter's bytes over.
     *
     * @param profile the negotiated profile
     * @param exported client key, server key, client salt, server salt, in this order
     * @throws IllegalArgumentException when the length does not fit the profile
     */
    public KeyingMaterial(SrtpProfile profile, byte[] exported) {
        this.profile = profile;
        this.exported = exported.clone();
        if (exported.length != exporterBytes(profile)) {
            throw new IllegalArgumentException(profile + " needs " + exporterBytes(profile) + " exported bytes");
        }
    }

    /**
     * Returns how many bytes to export for a profile.
     *
     * @param profile the profile
     * @return two keys and two salts, in bytes
     */
    public static int exporterBytes(SrtpProfile profile) {
        return 2 * (profile.keyBytes() + profile.saltBytes());
    }

    /**
     * Returns the negotiated profile.
     *
     * @return the profile
     */
    public SrtpProfile profile() {
        return profile;
    }

    /**
     * Returns the key with which the DTLS client protects.
     *
     * @return a copy
     * @throws IllegalStateException once destroyed
     */
    public byte[] clientKey() {
        return cut(0, profile.keyBytes());
    }

    /**
     * Returns the key with which the DTLS server protects.
     *
     * @return a copy
     * @throws IllegalStateException once destroyed
     */
    public byte[] serverKey() {
        return cut(profile.keyBytes(), profile.keyBytes());
    }

    /**
     * Returns the salt with which the DTLS client protects.
     *
     * @return a copy
     * @throws IllegalStateException once destroyed
     */
    public byte[] clientSalt() {
        return cut(2 * profile.keyBytes(), profile.saltBytes());
    }

    /**
     * Returns the salt with which the DTLS server protects.
     *
     * @return a copy
     * @throws IllegalStateException once destroyed
     */
    public byte[] serverSalt() {
        return cut(2 * profile.keyBytes() + profile.saltBytes(), profile.saltBytes());
    }

    @Override
    public void destroy() {
        Arrays.fill(exported, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    private byte[] cut(int offset, int length) {
        if (destroyed) {
            throw new IllegalStateException("The keying material was destroyed");
        }
        Objects.checkFromIndexSize(offset, length, exported.length);
        return Arrays.copyOfRange(exported, offset, offset + length);
    }
}
