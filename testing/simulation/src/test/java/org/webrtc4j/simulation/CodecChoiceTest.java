package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCRtpCodecParameters;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.sdp.MediaDescription;

/** What is sent and taken where an answer leaves codecs of the offer out, or puts them into another order. */
class CodecChoiceTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription VP9 = CodecDescription.video("VP9", "profile-id=0");

    private static byte[] frame(int first) {
        byte[] bytes = new byte[700];
        bytes[0] = (byte) first;
        return bytes;
    }

    private final List<String> atOfferer = new ArrayList<>();
    private final List<String> atAnswerer = new ArrayList<>();

    /** Both sides send and take; the answer is changed on its way. */
    private RTCRtpSender[] connect(MediaPair pair, Function<MediaDescription, List<Integer>> answered) {
        RTCRtpSender offerer = pair.a.addTrack(track("video"));
        List<RTCRtpSender> answerers = new ArrayList<>();
        pair.a.onTrack(event ->
                event.receiver().frames(frame -> atOfferer.add(frame.codec().mimeType())));
        pair.b.onTrack(event -> {
            event.receiver().frames(frame -> atAnswerer.add(frame.codec().mimeType()));
            answerers.add(pair.b.addTrack(track("video")));
        });
        pair.await(pair.a.setLocalDescription());
        pair.deliver(pair.a, pair.b);
        pair.await(pair.b.setLocalDescription());
        String answer = requireNonNull(pair.b.localDescription()).sdp();
        pair.await(pair.a.setRemoteDescription(new RTCSessionDescriptionInit(
                RTCSdpType.ANSWER, with(answer, answered.apply(MediaPair.section(pair.b, 0))))));
        pair.run(Duration.ofSeconds(2));
        return new RTCRtpSender[] {offerer, answerers.get(0)};
    }

    /** The description with these payload types only, in this order. */
    private static String with(String sdp, List<Integer> payloadTypes) {
        StringBuilder text = new StringBuilder();
        sdp.lines()
                .filter(line -> !line.matches("a=(rtpmap|fmtp|rtcp-fb):.*")
                        || payloadTypes.contains(Integer.valueOf(line.split("[: ]", -1)[1])))
                .map(line -> line.startsWith("m=video")
                        ? String.join(" ", List.of(line.split(" ", -1)).subList(0, 3)) + " "
                                + String.join(
                                        " ",
                                        payloadTypes.stream()
                                                .map(String::valueOf)
                                                .toList())
                        : line)
                .forEach(line -> text.append(line).append("\r\n"));
        return text.toString();
    }

    private static int payloadType(MediaDescription section, String name) {
        return section.rtpFormats().stream()
                .filter(each -> each.rtpmap().encoding().equals(name))
                .findFirst()
                .orElseThrow()
                .payloadType();
    }

    private static List<String> names(List<RTCRtpCodecParameters> codecs) {
        return codecs.stream().map(each -> each.codec().mimeType()).toList();
    }

    /** A few frames of each codec, the others of which a sender refuses. */
    private static void send(MediaPair pair, RTCRtpSender sender, CodecDescription... codecs) {
        for (int i = 0; i < 5; i++) {
            for (CodecDescription each : codecs) {
                // The first bit of VP8 is 0 for a key frame; VP9 begins with 2, then 0 for a key frame.
                sender.frames()
                        .write(EncodedFrame.video(each, true, 3_000L * i, frame(each.equals(VP8) ? 0x10 : 0x82)));
            }
            pair.run(Duration.ofMillis(40));
        }
        pair.run(Duration.ofSeconds(1));
    }

    @Test
    void whatWasOfferedIsTakenEvenWhereTheAnswerLeavesItOut() {
        simulate(pair -> {
            RTCRtpSender[] senders = connect(pair, section -> List.of(payloadType(section, "VP9")));
            assertThat(names(pair.a.getReceivers().get(0).getParameters().codecs()))
                    .containsExactly("video/VP9");
            send(pair, senders[1], VP8);
            assertThat(atOfferer).hasSize(5).containsOnly("video/VP8");
            send(pair, senders[1], VP9);
            assertThat(atOfferer).hasSize(10).endsWith("video/VP9");
        });
    }

    @Test
    void onlyWhatTheAnswerNamesIsSent() {
        simulate(pair -> {
            RTCRtpSender[] senders = connect(pair, section -> List.of(payloadType(section, "VP9")));
            assertThat(names(senders[0].getParameters().codecs())).containsExactly("video/VP9");
            send(pair, senders[0], VP8);
            assertThat(atAnswerer).isEmpty();
            send(pair, senders[0], VP9);
            assertThat(atAnswerer).hasSize(5).containsOnly("video/VP9");
        });
    }

    @Test
    void theOrderOfTheAnswerIsThatOfTheSenderAndEveryCodecIsTaken() {
        simulate(pair -> {
            RTCRtpSender[] senders =
                    connect(pair, section -> List.of(payloadType(section, "VP9"), payloadType(section, "VP8")));
            assertThat(names(senders[0].getParameters().codecs())).containsExactly("video/VP9", "video/VP8");
            assertThat(names(senders[1].getParameters().codecs())).startsWith("video/VP8");
            send(pair, senders[1], VP8);
            send(pair, senders[1], VP9);
            assertThat(atOfferer).hasSize(10).startsWith("video/VP8").endsWith("video/VP9");
        });
    }
}
