package org.webrtc4j.srtp.jca;

/**
 * Where the parts of the packet under work are: what stays readable, what is encrypted, and where the result goes. One
 * object serves all packets of a transform.
 */
final class PacketSlices {

    private static final byte[] NOTHING = new byte[0];

    byte[] header = NOTHING;
    int headerOffset;
    int headerLength;

    /** Behind the header; of a received packet without what protection added. */
    byte[] payload = NOTHING;

    int payloadOffset;
    int payloadLength;

    byte[] out = NOTHING;
    int outOffset;

    /** The result is not written past this. */
    int outLimit;

    int ssrc;

    /** 48 bits with RTP, 31 with RTCP. */
    long index;

    /** Where the payload of the result goes. */
    int outPayload() {
        return outOffset + headerLength;
    }

    /** Where the result ends, less what protection adds. */
    int outEnd() {
        return outOffset + headerLength + payloadLength;
    }

    void copyHeader() {
        if (header != out || headerOffset != outOffset) {
            System.arraycopy(header, headerOffset, out, outOffset, headerLength);
        }
    }

    /** Lets go of what was borrowed. */
    void clear() {
        header = NOTHING;
        payload = NOTHING;
        out = NOTHING;
    }
}
