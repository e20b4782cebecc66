package org.webrtc4j.media.vp8;

import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadSink;
import org.webrtc4j.media.bytes.Fragments;

/**
 * VP8 frames into payloads (RFC 7741), cut without regard to partitions (section 4.2, PID) and with a picture number of 15
 * bits, as browsers do; layer numbers only where the frames have them.
 */
public final class Vp8Packetizer implements Packetizer {

    private static final int MAX_DESCRIPTOR_BYTES = 6;

    private int pictureId;
    private int tl0PicIdx;
    private byte[] scratch = new byte[1_500];

    /**
     * Creates a packetizer.
     *
     * @param firstPictureId the number of the first picture; the low 15 bits count
     * @param firstTl0PicIdx the number of the first picture of the base layer; the low 8 bits count
     */
    public Vp8Packetizer(int firstPictureId, int firstTl0PicIdx) {
        pictureId = firstPictureId & 0x7fff;
        tl0PicIdx = (firstTl0PicIdx - 1) & 0xff;
    }

    @Override
    public boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out) {
        Packetizer.checkMaxPayloadBytes(maxPayloadBytes);
        byte[] bytes = frame.bytes();
        if (bytes.length == 0) {
            return false;
        }
        if (scratch.length < maxPayloadBytes) {
            scratch = new byte[maxPayloadBytes];
        }
        FrameLayers layers = frame.layers();
        boolean labelled = layers.temporalId() >= 0;
        if (labelled && layers.temporalId() == 0) {
            tl0PicIdx = (tl0PicIdx + 1) & 0xff;
        }
        int descriptorLength = labelled ? MAX_DESCRIPTOR_BYTES : MAX_DESCRIPTOR_BYTES - 2;
        int count = Fragments.count(bytes.length, maxPayloadBytes - descriptorLength);
        for (int i = 0; i < count; i++) {
            int start = Fragments.start(bytes.length, count, i);
            int length = Fragments.start(bytes.length, count, i + 1) - start;
            scratch[0] = (byte) (0x80 | (layers.discardable() ? 0x20 : 0) | (i == 0 ? 0x10 : 0));
            scratch[1] = (byte) (labelled ? 0xe0 : 0x80);
            scratch[2] = (byte) (0x80 | pictureId >> 8);
            scratch[3] = (byte) pictureId;
            if (labelled) {
                scratch[4] = (byte) tl0PicIdx;
                scratch[5] = (byte) ((layers.temporalId() & 3) << 6 | (layers.layerSync() ? 0x20 : 0));
            }
            System.arraycopy(bytes, start, scratch, descriptorLength, length);
            out.payload(scratch, 0, descriptorLength + length, i == count - 1);
        }
        pictureId = (pictureId + 1) & 0x7fff;
        return true;
    }
}
