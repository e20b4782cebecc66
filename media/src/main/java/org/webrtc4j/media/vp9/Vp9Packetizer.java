package org.webrtc4j.media.vp9;

import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadSink;
import org.webrtc4j.media.bytes.Fragments;

/**
 * VP9 frames into payloads (RFC 9628), with a picture id of 15 bits and without layers: what a frame does not tell, which
 * pictures it is predicted from, cannot be written. A stream with layers is forwarded as packets.
 */
public final class Vp9Packetizer implements Packetizer {

    private static final int DESCRIPTOR_BYTES = 3;

    private int pictureId;
    private byte[] scratch = new byte[1_500];

    /**
     * Creates a packetizer.
     *
     * @param firstPictureId the number of the first picture; the low 15 bits count
     */
    public Vp9Packetizer(int firstPictureId) {
        pictureId = firstPictureId & 0x7fff;
    }

    @Override
    public boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out) {
        Packetizer.checkMaxPayloadBytes(maxPayloadBytes);
        byte[] bytes = frame.bytes();
        if (bytes.length == 0 || frame.layers().spatialId() > 0) {
            return false;
        }
        if (scratch.length < maxPayloadBytes) {
            scratch = new byte[maxPayloadBytes];
        }
        int count = Fragments.count(bytes.length, maxPayloadBytes - DESCRIPTOR_BYTES);
        for (int i = 0; i < count; i++) {
            int start = Fragments.start(bytes.length, count, i);
            int length = Fragments.start(bytes.length, count, i + 1) - start;
            boolean last = i == count - 1;
            scratch[0] = (byte) (0x80 | (frame.key() ? 0 : 0x40) | (i == 0 ? 0x08 : 0) | (last ? 0x04 : 0));
            scratch[1] = (byte) (0x80 | pictureId >> 8);
            scratch[2] = (byte) pictureId;
            System.arraycopy(bytes, start, scratch, DESCRIPTOR_BYTES, length);
            out.payload(scratch, 0, DESCRIPTOR_BYTES + length, last);
        }
        pictureId = (pictureId + 1) & 0x7fff;
        return true;
    }
}
