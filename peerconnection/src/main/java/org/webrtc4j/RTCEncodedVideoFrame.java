package org.webrtc4j;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;

/**
 * A picture on its way through a transform.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#rtcencodedvideoframe">the specification</a>
 */
public final class RTCEncodedVideoFrame implements RTCEncodedFrame {

    private final RTCRtpScriptTransformer owner;
    private final FrameWay way;
    private final RTCEncodedVideoFrameMetadata metadata;
    private EncodedFrame frame;

    RTCEncodedVideoFrame(
            RTCRtpScriptTransformer owner, FrameWay way, EncodedFrame frame, RTCEncodedVideoFrameMetadata metadata) {
        this.owner = owner;
        this.way = way;
        this.frame = frame;
        this.metadata = metadata;
    }

    /**
     * Returns what it is.
     *
     * @return key, delta, or empty without bytes
     */
    public RTCEncodedVideoFrameType type() {
        return frame.bytes().length == 0
                ? RTCEncodedVideoFrameType.EMPTY
                : frame.key() ? RTCEncodedVideoFrameType.KEY : RTCEncodedVideoFrameType.DELTA;
    }

    /**
     * Returns what is known of it beside its bytes.
     *
     * @return the same object on each call
     */
    public RTCEncodedVideoFrameMetadata getMetadata() {
        return metadata;
    }

    @Override
    public byte[] data() {
        return frame.bytes();
    }

    @Override
    public void data(byte[] bytes) {
        frame = new EncodedFrame(frame.codec(), frame.key(), frame.timestamp(), bytes, frame.layers());
    }

    @Override
    public EncodedFrame frame() {
        return frame;
    }

    @Nullable
    FrameWay way(RTCRtpScriptTransformer of) {
        return owner == of ? way : null;
    }
}
