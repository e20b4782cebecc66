package org.webrtc4j.pipeline;

import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.media.CodecDescription;

/** Negotiated codecs in media's words. */
final class Codecs {

    private Codecs() {}

    static CodecDescription describe(MediaPlan.Codec codec) {
        return new CodecDescription(codec.mimeType(), codec.clockRate(), codec.channels(), codec.parameters());
    }
}
