package org.webrtc4j.rtp;

import org.webrtc4j.rtp.extension.ExtensionWriter;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * Lets the frame numbers of dependency descriptors go on where a forwarded stream is fed by another source than before (AV1
 * RTP payload format, appendix A.8.1): what they depend on is told by differences, which stay true.
 */
final class FrameNumbers {

    private static final int NUMBER_AT = 1;
    private static final int MANDATORY_SIZE = 3;
    private static final int MASK = 0xffff;

    private final byte[] scratch = new byte[255];
    private boolean begins = true;
    private boolean known;
    private int ssrc;
    private int shift;
    private int last;

    /** Another source follows; the same under new terms is in the midst of a frame. */
    void begin(int ofSsrc) {
        begins |= ofSsrc != ssrc;
        ssrc = ofSsrc;
    }

    void put(ExtensionWriter extensions, int outgoingId, RtpPacket packet, int id) {
        int at = packet.extensionOffset(id);
        int length = packet.extensionLength(id);
        if (length < MANDATORY_SIZE) {
            return;
        }
        int number = Bytes.u16(packet.array(), at + NUMBER_AT);
        if (begins) {
            begins = false;
            shift = known ? (last + 1 - number) & MASK : 0;
            last = (number + shift) & MASK;
            known = true;
        }
        int outgoing = (number + shift) & MASK;
        last = ((outgoing - last) & MASK) <= MASK / 2 ? outgoing : last;
        if (shift == 0) {
            extensions.put(outgoingId, packet.array(), at, length);
            return;
        }
        System.arraycopy(packet.array(), at, scratch, 0, length);
        Bytes.setU16(scratch, NUMBER_AT, outgoing);
        extensions.put(outgoingId, scratch, 0, length);
    }
}
