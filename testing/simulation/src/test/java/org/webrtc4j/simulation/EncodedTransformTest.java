package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCEncodedAudioFrame;
import org.webrtc4j.RTCEncodedFrame;
import org.webrtc4j.RTCEncodedVideoFrame;
import org.webrtc4j.RTCEncodedVideoFrameMetadata;
import org.webrtc4j.RTCEncodedVideoFrameType;
import org.webrtc4j.RTCRtpScriptTransformer;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;

/** Encoded frames pass a stage of each side (webrtc-encoded-transform). */
@SuppressWarnings("FutureReturnValueIgnored") // a track that is not replaced shows as frames that are missing
class EncodedTransformTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");
    private static final Duration FRAME = Duration.ofMillis(33);

    /** VP8 data: the lowest bit of the first byte says whether it is a key frame; the rest is what a transform may touch. */
    private static byte[] vp8(boolean key, int number) {
        byte[] bytes = new byte[2_000];
        bytes[0] = (byte) (key ? 0x10 : 0x11);
        bytes[10] = (byte) number;
        return bytes;
    }

    private static void send(RTCRtpSender sender, boolean key, int number) {
        sender.frames().write(EncodedFrame.video(VP8, key, number * 2_970L, vp8(key, number)));
    }

    private static byte[] masked(byte[] bytes) {
        byte[] masked = bytes.clone();
        for (int i = 1; i < masked.length; i++) {
            masked[i] ^= 0x55;
        }
        return masked;
    }

    @Test
    void whatTheSendersStageHidesTheReceiversStageShowsAgain() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("video"));
            List<byte[]> wire = new ArrayList<>();
            List<RTCEncodedVideoFrame> seen = new ArrayList<>();
            List<byte[]> taken = new ArrayList<>();
            sender.transform((frame, transformer) -> {
                frame.data(masked(frame.data()));
                transformer.write(frame);
            });
            pair.b.onTrack(event -> {
                event.receiver().frames(frame -> taken.add(frame.bytes()));
                event.receiver().transform((frame, transformer) -> {
                    wire.add(frame.data());
                    seen.add((RTCEncodedVideoFrame) frame);
                    frame.data(masked(frame.data()));
                    // One is left out, for good.
                    if (frame.data()[10] != 7) {
                        transformer.write(frame);
                    }
                });
            });
            pair.connect();
            for (int i = 0; i < 20; i++) {
                send(sender, i == 0, i);
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(1));
            assertThat(wire).hasSize(20);
            assertThat(wire.get(3)).isEqualTo(masked(vp8(false, 3)));
            assertThat(taken).hasSize(19);
            assertThat(taken.get(3)).isEqualTo(vp8(false, 3));
            assertThat(taken.get(7)).isEqualTo(vp8(false, 8));
            assertThat(seen)
                    .extracting(RTCEncodedVideoFrame::type)
                    .startsWith(RTCEncodedVideoFrameType.KEY, RTCEncodedVideoFrameType.DELTA);
            RTCEncodedVideoFrameMetadata metadata = seen.get(0).getMetadata();
            assertThat(metadata.mimeType()).isEqualTo("video/VP8");
            assertThat(metadata.receiveTime()).isNotNull();
            assertThat(metadata.payloadType()).isNotNull();
            assertThat(metadata.synchronizationSource()).isPositive();
            assertThat((seen.get(1).getMetadata().rtpTimestamp() - metadata.rtpTimestamp()) & 0xffff_ffffL)
                    .isEqualTo(2_970);
        });
    }

    @Test
    void soundPassesTheStagesAsWell() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("audio"));
            List<byte[]> taken = new ArrayList<>();
            List<String> types = new ArrayList<>();
            sender.transform((frame, transformer) -> {
                types.add(((RTCEncodedAudioFrame) frame).getMetadata().mimeType());
                transformer.write(frame);
            });
            pair.b.onTrack(event -> event.receiver().frames(frame -> taken.add(frame.bytes())));
            pair.connect();
            for (int i = 0; i < 10; i++) {
                byte[] bytes = new byte[40];
                bytes[0] = 0x78;
                sender.frames().write(EncodedFrame.audio(OPUS, i * 960L, bytes));
                pair.run(Duration.ofMillis(20));
            }
            pair.run(Duration.ofSeconds(1));
            assertThat(taken).hasSize(10);
            assertThat(types).hasSize(10).containsOnly("audio/opus");
        });
    }

    @Test
    void keyFramesAreGeneratedOnTheOneSideAndAskedForOnTheOther() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("video"));
            List<RTCRtpScriptTransformer> sending = new ArrayList<>();
            List<RTCRtpScriptTransformer> receiving = new ArrayList<>();
            List<String> asked = new ArrayList<>();
            sender.transform((frame, transformer) -> {
                sending.add(transformer);
                transformer.write(frame);
            });
            pair.b.onTrack(event -> event.receiver().transform((frame, transformer) -> {
                receiving.add(transformer);
                transformer.write(frame);
            }));
            pair.connect();
            send(sender, true, 0);
            pair.run(Duration.ofSeconds(1));
            sender.onKeyFrameRequest(() -> asked.add("encoder"));
            CompletableFuture<Long> generated = sending.get(0).generateKeyFrame(null);
            pair.run(FRAME);
            assertThat(asked).containsExactly("encoder");
            send(sender, false, 1);
            pair.run(FRAME);
            assertThat(generated).isNotDone();
            send(sender, true, 2);
            pair.run(FRAME);
            assertThat(generated).isCompletedWithValue(2 * 2_970L);

            sending.get(0).onKeyFrameRequest(rid -> asked.add("transform" + rid));
            pair.await(receiving.get(0).sendKeyFrameRequest());
            pair.run(Duration.ofSeconds(1));
            assertThat(asked).containsExactly("encoder", "transform", "encoder");
            assertThat(pair.failureOf(sending.get(0).sendKeyFrameRequest())).isEqualTo("InvalidStateError");
            assertThat(pair.failureOf(receiving.get(0).generateKeyFrame(null))).isEqualTo("InvalidStateError");
        });
    }

    @Test
    void aReceivedTrackIsSentThroughAStageFrameByFrame() {
        simulate(pair -> {
            RTCRtpTransceiver transceiver = pair.a.addTransceiver(track("video"));
            List<RTCEncodedFrame> passed = new ArrayList<>();
            pair.b.onTrack(event -> {
                event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
                RTCRtpSender sender = event.transceiver().sender();
                sender.transform((frame, transformer) -> {
                    passed.add(frame);
                    frame.data(masked(frame.data()));
                    transformer.write(frame);
                });
                sender.replaceTrack(event.track());
            });
            List<byte[]> back = new ArrayList<>();
            transceiver.receiver().frames(frame -> back.add(frame.bytes()));
            pair.connect();
            for (int i = 0; i < 30; i++) {
                send(transceiver.sender(), i % 10 == 0, i);
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(1));
            assertThat(passed).hasSizeGreaterThanOrEqualTo(20);
            assertThat(back).hasSameSizeAs(passed);
            int last = back.size() - 1;
            assertThat(requireNonNull(back.get(last))).isEqualTo(masked(vp8(false, 29)));
        });
    }
}
