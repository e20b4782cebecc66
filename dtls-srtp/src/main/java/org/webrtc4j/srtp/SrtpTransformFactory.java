package org.webrtc4j.srtp;

/** Makes transforms. Safe from any thread. */
@FunctionalInterface
public interface SrtpTransformFactory {

    /**
     * Makes the transform of an association.
     *
     * @param profile the negotiated profile
     * @param keys its keys, which may be destroyed afterwards
     * @param weAreDtlsClient true to protect with the client's keys and unprotect with the server's (RFC 5764 section 4.2)
     * @return a new transform
     * @throws IllegalArgumentException when the keys are of another profile
     * @throws IllegalStateException when the keys have been destroyed, or the platform lacks the cipher
     */
    SrtpTransform create(SrtpProfile profile, KeyingMaterial keys, boolean weAreDtlsClient);
}
