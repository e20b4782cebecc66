package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.memory.InMemoryIceAgents;
import org.webrtc4j.media.codec.CodecFactory;

/** Devices of a program without codec artifacts: sound there is, pictures there are none unless somebody brings them. */
class MediaDevicesTest {

    private static RuntimeBuilder inMemory() {
        return WebRtcRuntime.builder().loops(1).iceAgents(new InMemoryIceAgents(new SecureRandom()));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void assertFails(CompletableFuture<?> future, String name) {
        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(DOMException.class, failure -> assertThat(failure.name())
                        .isEqualTo(name));
    }

    @Test
    void withoutAnEncoderOfPicturesThereIsNoCamera() throws Exception {
        try (WebRtcRuntime runtime = inMemory().build()) {
            MediaDevices devices = runtime.mediaDevices();
            assertThat(get(devices.enumerateDevices()))
                    .extracting(MediaDeviceInfo::kind)
                    .containsExactly(MediaDeviceKind.AUDIOINPUT, MediaDeviceKind.AUDIOINPUT);
            assertFails(devices.getUserMedia(MediaStreamConstraints.of(true, true)), "NotFoundError");
            MediaStream stream = get(devices.getUserMedia(MediaStreamConstraints.of(true, false)));
            assertThat(stream.getTracks()).extracting(MediaStreamTrack::kind).containsExactly("audio");
        }
    }

    @Test
    void nothingWantedIsATypeError() {
        try (WebRtcRuntime runtime = inMemory().build()) {
            assertFails(runtime.mediaDevices().getUserMedia(MediaStreamConstraints.of(false, false)), "TypeError");
        }
    }

    @Test
    void theIdentificationWantedChoosesTheDevice() throws Exception {
        try (WebRtcRuntime runtime = inMemory().build()) {
            MediaTrackConstraints speech =
                    MediaTrackConstraints.builder().deviceId("synthetic-speech").build();
            MediaStream stream = get(runtime.mediaDevices().getUserMedia(new MediaStreamConstraints(speech, null)));
            assertThat(stream.getAudioTracks().get(0).label()).isEqualTo("Speech-like noise");
            MediaTrackConstraints other =
                    MediaTrackConstraints.builder().deviceId("gone").build();
            MediaStream first = get(runtime.mediaDevices().getUserMedia(new MediaStreamConstraints(other, null)));
            assertThat(first.getAudioTracks().get(0).label()).startsWith("Tone");
        }
    }

    /** A camera that may be broken. */
    private record Camera(boolean works) implements MediaSourceProvider {

        @Override
        public List<MediaDeviceInfo> devices(CodecFactory codecs) {
            return List.of(new MediaDeviceInfo("camera", MediaDeviceKind.VIDEOINPUT, "Camera", ""));
        }

        @Override
        public MediaTrackSource open(MediaDeviceInfo device, MediaTrackConstraints constraints) throws IOException {
            if (!works) {
                throw new IOException("no power");
            }
            return new MediaTrackSource() {
                @Override
                public String kind() {
                    return "video";
                }

                @Override
                public String label() {
                    return device.label();
                }
            };
        }
    }

    @Test
    void devicesOfAProgramComeFirst() throws Exception {
        try (WebRtcRuntime runtime = inMemory().mediaSources(new Camera(true)).build()) {
            assertThat(get(runtime.mediaDevices().enumerateDevices()).get(0).label())
                    .isEqualTo("Camera");
            MediaStream stream = get(runtime.mediaDevices().getUserMedia(MediaStreamConstraints.of(true, true)));
            assertThat(stream.getVideoTracks().get(0).label()).isEqualTo("Camera");
        }
    }

    @Test
    void aDeviceThatDoesNotWorkIsNotReadable() {
        try (WebRtcRuntime runtime = inMemory().mediaSources(new Camera(false)).build()) {
            assertFails(runtime.mediaDevices().getUserMedia(MediaStreamConstraints.of(true, true)), "NotReadableError");
        }
    }
}
