package org.webrtc4j.media.vp9;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.bytes.FrameBuffer;

/**
 * VP9 frames out of payloads (RFC 9628). A frame is one layer frame: of a picture with several spatial layers each is given
 * out by itself, as libwebrtc does before it hands them to its decoder together; {@link FrameLayers#endOfPicture} tells the
 * last. A layer frame that is predicted from the layer below is no key frame, even in a key picture.
 */
public final class Vp9Depacketizer implements Depacketizer {

    private final CodecDescription codec;
    private final FrameBuffer buffer = new FrameBuffer(MAX_FRAME_BYTES);
    private final Vp9Descriptor descriptor = new Vp9Descriptor();
    private boolean key;
    private boolean layered;
    private int spatialId;
    private int temporalId;
    private boolean switchingPoint;

    /**
     * Creates a depacketizer.
     *
     * @param codec of its frames
     */
    public Vp9Depacketizer(CodecDescription codec) {
        this.codec = codec;
    }

    @Override
    public int inspect(byte[] bytes, int offset, int length) {
        if (descriptor.read(bytes, offset, length) != null) {
            return 0;
        }
        int found = (descriptor.start ? START : 0) | (descriptor.end ? END : 0);
        return descriptor.start && descriptor.isKey() && descriptor.spatialId == 0 ? found | KEY : found;
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
        if (descriptor.start != (buffer.size() == 0)) {
            return PayloadDrop.BAD_ORDER;
        }
        if (descriptor.start) {
            key = descriptor.isKey();
            layered = descriptor.layered;
            spatialId = descriptor.spatialId;
            temporalId = descriptor.temporalId;
            switchingPoint = descriptor.switchingPoint;
        } else if (descriptor.spatialId != spatialId) {
            return PayloadDrop.BAD_ORDER;
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
        FrameLayers layers =
                layered ? new FrameLayers(spatialId, temporalId, false, switchingPoint, marker) : FrameLayers.NONE;
        out.frame(new EncodedFrame(codec, key, timestamp, buffer.toBytes(), layers));
        buffer.clear();
        return null;
    }
}
