package org.webrtc4j.srtp.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.SrtpTransformFactory;

/** One side of an association, with arrays instead of buffers. */
public final class SrtpPeer {

    private final SrtpTransform transform;

    /**
     * Sets a side up.
     *
     * @param factory of the implementation
     * @param profile the profile
     * @param seed of the keys, the same on both sides
     * @param client which side it is
     */
    public SrtpPeer(SrtpTransformFactory factory, SrtpProfile profile, long seed, boolean client) {
        transform = factory.create(profile, SrtpPackets.keys(profile, seed), client);
    }

    /**
     * Returns the transform.
     *
     * @return what is under test
     */
    public SrtpTransform transform() {
        return transform;
    }

    /**
     * Protects a packet that must not be refused.
     *
     * @param packet RTP
     * @return SRTP
     */
    public byte[] protectRtp(byte[] packet) {
        ByteBuffer result = room(packet);
        return cut(result, transform.protectRtp(ByteBuffer.wrap(packet), result));
    }

    /**
     * Tries to protect a packet.
     *
     * @param packet RTP
     * @return the transform's answer
     */
    public int tryProtectRtp(byte[] packet) {
        return transform.protectRtp(ByteBuffer.wrap(packet), room(packet));
    }

    /**
     * Unprotects a packet that must not be refused.
     *
     * @param packet SRTP
     * @return RTP
     */
    public byte[] unprotectRtp(byte[] packet) {
        ByteBuffer result = room(packet);
        return cut(result, transform.unprotectRtp(ByteBuffer.wrap(packet), result));
    }

    /**
     * Tries to unprotect a packet.
     *
     * @param packet SRTP, perhaps
     * @return the transform's answer
     */
    public int tryUnprotectRtp(byte[] packet) {
        return transform.unprotectRtp(ByteBuffer.wrap(packet), room(packet));
    }

    /**
     * Protects a compound that must not be refused.
     *
     * @param packet RTCP
     * @return SRTCP
     */
    public byte[] protectRtcp(byte[] packet) {
        ByteBuffer result = room(packet);
        return cut(result, transform.protectRtcp(ByteBuffer.wrap(packet), result));
    }

    /**
     * Unprotects a compound that must not be refused.
     *
     * @param packet SRTCP
     * @return RTCP
     */
    public byte[] unprotectRtcp(byte[] packet) {
        ByteBuffer result = room(packet);
        return cut(result, transform.unprotectRtcp(ByteBuffer.wrap(packet), result));
    }

    /**
     * Tries to unprotect a compound.
     *
     * @param packet SRTCP, perhaps
     * @return the transform's answer
     */
    public int tryUnprotectRtcp(byte[] packet) {
        return transform.unprotectRtcp(ByteBuffer.wrap(packet), room(packet));
    }

    /**
     * Returns how often something was refused.
     *
     * @param error the reason
     * @return packets
     */
    public long failures(SrtpError error) {
        return transform.counters().failures(error);
    }

    private static ByteBuffer room(byte[] packet) {
        return ByteBuffer.allocate(packet.length + SrtpTransform.MAX_OVERHEAD_BYTES);
    }

    private static byte[] cut(ByteBuffer result, int length) {
        assertThat(length).as(() -> "refused: " + SrtpError.of(length).text()).isNotNegative();
        byte[] bytes = new byte[length];
        result.get(0, bytes);
        return bytes;
    }
}
