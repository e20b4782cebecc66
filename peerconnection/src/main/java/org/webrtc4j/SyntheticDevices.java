package org.webrtc4j;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.codec.CodecFactory;

/** The devices of a machine that has none: a tone, speech-like noise, and colour bars where they can be encoded. */
final class SyntheticDevices implements MediaSourceProvider {

    private static final String GROUP = "synthetic";
    private static final MediaDeviceInfo TONE =
            new MediaDeviceInfo("synthetic-tone", MediaDeviceKind.AUDIOINPUT, "Tone of 440 Hz", GROUP);
    private static final MediaDeviceInfo SPEECH =
            new MediaDeviceInfo("synthetic-speech", MediaDeviceKind.AUDIOINPUT, "Speech-like noise", GROUP);
    private static final MediaDeviceInfo BARS =
            new MediaDeviceInfo("synthetic-colour-bars", MediaDeviceKind.VIDEOINPUT, "Colour bars", GROUP);

    /** What an encoder in Java manages beside other work. */
    private static final int WIDTH = 320;

    private static final int HEIGHT = 240;
    private static final double FRAME_RATE = 15;
    private static final int MAX_WIDTH = 1_280;
    private static final int MAX_HEIGHT = 720;

    @Override
    public List<MediaDeviceInfo> devices(CodecFactory codecs) {
        List<MediaDeviceInfo> devices = new ArrayList<>(List.of(TONE, SPEECH));
        if (codecs.videoEncoder(CodecDescription.video("VP8", "")) != null
                || codecs.videoEncoder(CodecDescription.video("H264", "profile-level-id=42e01f;packetization-mode=1"))
                        != null) {
            devices.add(BARS);
        }
        return devices;
    }

    @Override
    public MediaTrackSource open(MediaDeviceInfo device, MediaTrackConstraints constraints) {
        if (device.equals(TONE)) {
            return MediaSources.tone(440);
        }
        if (device.equals(SPEECH)) {
            return MediaSources.speechNoise(1);
        }
        int width = Math.max(128, Math.min(MAX_WIDTH, requireNonNullElse(constraints.width(), WIDTH)));
        int height = Math.max(32, Math.min(MAX_HEIGHT, requireNonNullElse(constraints.height(), HEIGHT)));
        double rate = Math.max(1, Math.min(30, requireNonNullElse(constraints.frameRate(), FRAME_RATE)));
        return MediaSources.colourBars(width & ~1, height & ~1, (int) Math.round(rate));
    }
}
