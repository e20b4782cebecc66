package org.webrtc4j.benchmarks.srtp;

import java.nio.ByteBuffer;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;

/** Packets of one stream that one implementation protects and unprotects, a row of them at a time. */
interface PacketRow {

    /** Few enough to stay in the processor's cache. */
    int PACKETS = 512;

    int HEADER_BYTES = 12;
    int SSRC = 0x1234_5678;

    /** Protects the next packets, one after the other. */
    void protect() throws Exception;

    /** Makes the next packets, protected, for {@link #unprotect}. */
    void prepare() throws Exception;

    /** Unprotects the packets prepared. */
    void unprotect() throws Exception;

    static ByteBuffer packet(int payloadBytes) {
        return ByteBuffer.allocate(HEADER_BYTES + payloadBytes)
                .put(0, (byte) 0x80)
                .put(1, (byte) 96)
                .putInt(8, SSRC);
    }

    static byte[] exportedKeys(SrtpProfile profile) {
        byte[] exported = new byte[KeyingMaterial.exporterBytes(profile)];
        for (int i = 0; i < exported.length; i++) {
            exported[i] = (byte) i;
        }
        return exported;
    }
}
