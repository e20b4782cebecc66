package org.webrtc4j.crypto;

import javax.crypto.spec.GCMParameterSpec;

/**
 * The nonce of the packet under way, under one object for all packets of a cipher: an ordinary parameter object is made, and
 * copies its nonce, for each.
 */
public final class GcmNonce extends GCMParameterSpec {

    /** Bytes of a nonce. */
    public static final int BYTES = 12;

    private static final int TAG_BITS = 128;

    private final byte[] current;

    /**
     * Puts a nonce under an object.
     *
     * @param current of {@link #BYTES}; changed from packet to packet
     */
    public GcmNonce(byte[] current) {
        super(TAG_BITS, current);
        this.current = current;
    }

    /** Returns a copy: a cipher that encrypts keeps it, to refuse it a second time. */
    @Override
    public byte[] getIV() {
        return current.clone();
    }
}
