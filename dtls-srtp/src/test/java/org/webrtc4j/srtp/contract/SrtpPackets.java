package org.webrtc4j.srtp.contract;

import java.nio.ByteBuffer;
import java.util.Random;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;

/** Packets and keys made for tests. */
public final class SrtpPackets {

    /** No header extension. */
    public static final int NO_EXTENSION = -1;

    private SrtpPackets() {}

    /**
     * Makes keys.
     *
     * @param profile their profile
     * @param seed of their bytes
     * @return new keys
     */
    public static KeyingMaterial keys(SrtpProfile profile, long seed) {
        byte[] exported = new byte[KeyingMaterial.exporterBytes(profile)];
        new Random(seed).nextBytes(exported);
        return new KeyingMaterial(profile, exported);
    }

    /**
     * Makes a packet without contributing sources and extension.
     *
     * @param ssrc its source
     * @param sequence its number; the lower 16 bits count
     * @param payloadBytes how much payload
     * @return the packet
     */
    public static byte[] rtp(int ssrc, long sequence, int payloadBytes) {
        return rtp(ssrc, sequence, 0, NO_EXTENSION, payloadBytes);
    }

    /**
     * Makes a packet.
     *
     * @param ssrc its source
     * @param sequence its number; the lower 16 bits count, all of them show in the payload
     * @param contributors 0 to 15
     * @param extensionWords length of the header extension, or {@link #NO_EXTENSION}
     * @param payloadBytes how much payload
     * @return the packet
     */
    public static byte[] rtp(int ssrc, long sequence, int contributors, int extensionWords, int payloadBytes) {
        Random random = new Random(sequence * 31 + ssrc);
        boolean extended = extensionWords != NO_EXTENSION;
        int headerBytes = 12 + 4 * contributors + (extended ? 4 + 4 * extensionWords : 0);
        byte[] packet = new byte[headerBytes + payloadBytes];
        random.nextBytes(packet);
        ByteBuffer.wrap(packet)
                .put((byte) (0x80 | (extended ? 0x10 : 0) | contributors))
                .put((byte) 96)
                .putShort((short) sequence)
                .putInt((int) (960 * sequence))
                .putInt(ssrc);
        if (extended) {
            ByteBuffer.wrap(packet, 12 + 4 * contributors, 4)
                    .putShort((short) 0xbede)
                    .putShort((short) extensionWords);
        }
        return packet;
    }

    /**
     * Makes a compound of one sender report without blocks, and bytes behind it.
     *
     * @param ssrc its sender
     * @param bytes its length, 8 at least
     * @return the packet
     */
    public static byte[] rtcp(int ssrc, int bytes) {
        byte[] packet = new byte[bytes];
        new Random(bytes).nextBytes(packet);
        ByteBuffer.wrap(packet)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) (bytes / 4 - 1))
                .putInt(ssrc);
        return packet;
    }
}
