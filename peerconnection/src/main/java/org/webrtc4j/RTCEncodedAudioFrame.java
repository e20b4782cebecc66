package org.webrtc4j;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;

/**
 * Sound of one packet on its way through a transform.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#rtcencodedaudioframe">the specification</a>
 */
public final class RTCEncodedAudioFrame implements RTCEncodedFrame {

    private final RTCRtpScriptTransformer owner;
    private final FrameWay way;
    private final RTCEncodedAudioFrameMetadata metadata;
    private EncodedFrame frame;

    RTCEncodedAudioFrame(
            RTCRtpScriptTransformer owner, FrameWay way, EncodedFrame frame, RTCEncodedAudioFrameMetadata metadata) {
        this.owner = owner;
        this.way = way;
        this.frame = frame;
        this.metadata = metadata;
    }

    /**
     * Returns what is known of it beside its bytes.
     *
     * @return the same object on each call
     */
    public RTCEncodedAudioFrameMetadata getMetadata() {
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
