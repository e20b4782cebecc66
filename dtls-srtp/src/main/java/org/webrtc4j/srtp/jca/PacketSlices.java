package org.webrtc4j.srtp.jca;

/**
 * Where the parts of the packet under work lie in their arrays: what stays readable, what is encrypted, and where the result
 * goes. One object serves all packets of a transform; it holds no array, since a reference stored into an old object costs
 * some collectors a memory barrier.
 */
final class PacketSlices {

    int headerOffset;
    int headerLength;

    /** Behind the header; of a received packet without what protection added. */
    int payloadOffset;

    int payloadLength;

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

    void copyHeader(byte[] header, byte[] out) {
        if (header != out || headerOffset != outOffset) {
            System.arraycopy(header, headerOffset, out, outOffset, headerLength);
        }
    }
}
