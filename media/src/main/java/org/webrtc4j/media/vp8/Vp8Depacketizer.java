package org.webrtc4j.media.vp8;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.bytes.FrameBuffer;

/** VP8 frames out of payloads (RFC 7741): the payloads without their descriptors, one after the other. */
public final class Vp8Depacketizer implements Depacketizer {

    private final CodecDescription codec;
    private final FrameBuffer buffer = new FrameBuffer(MAX_FRAME_BYTES);
    private final Vp8Descriptor descriptor = new Vp8Descriptor();
    private FrameLayers layers = FrameLayers.NONE;

    /**
     * Creates a depacketizer.
     *
     * @param codec of its frames
     */
    public Vp8Depacketizer(CodecDescription codec) {
        this.codec = codec;
    }

    @Override
    public int inspect(byte[] bytes, int offset, int length) {
        if (descriptor.read(bytes, offset, length) != null) {
            return 0;
        }
        int discardable = descriptor.nonReference ? DISCARDABLE : 0;
        if (!descriptor.startsFrame()) {
            return discardable;
        }
        return START | discardable | (isKey(bytes[offset + descriptor.length]) ? KEY : 0);
    }

    @Override
    public void begin() {
        buffer.clear();
    }

    @Override
    public @Nullable PayloadDrop add(byte[] bytes, int offset, int length) {
        PayloadDrop bad = descriptor.read(bytes, offset, length);
        if (bad != null) {
            return bad;
        }
        if (descriptor.startsFrame() != (buffer.size() == 0)) {
            return PayloadDrop.BAD_ORDER;
        }
        if (buffer.size() == 0) {
            layers = layersOf(descriptor);
        }
        return buffer.append(bytes, offset + descriptor.length, length - descriptor.length)
                ? null
                : PayloadDrop.TOO_LARGE;
    }

    @Override
    public @Nullable PayloadDrop end(long timestamp, boolean marker, FrameSink out) {
        if (buffer.size() == 0) {
            return PayloadDrop.EMPTY;
        }
        out.frame(new EncodedFrame(codec, isKey(buffer.array()[0]), timestamp, buffer.toBytes(), layers));
        buffer.clear();
        return null;
    }

    private static FrameLayers layersOf(Vp8Descriptor descriptor) {
        if (descriptor.temporalId == Vp8Descriptor.ABSENT && !descriptor.nonReference) {
            return FrameLayers.NONE;
        }
        return new FrameLayers(0, descriptor.temporalId, descriptor.nonReference, descriptor.layerSync, true);
    }

    private static boolean isKey(int firstByte) {
        return (firstByte & 1) == 0;
    }
}
