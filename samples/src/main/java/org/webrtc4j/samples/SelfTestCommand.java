package org.webrtc4j.samples;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.WebRtcRuntime;

/**
 * {@code selftest}: two peers in this process connect over UDP and DTLS. One sends a message, a tone and colour bars, the
 * other sends them back, and what comes back is compared.
 */
final class SelfTestCommand implements Command {

    private static final int SECONDS = 30;
    private static final int BYTES = 262_144;
    private static final String LATE = "within " + SECONDS + " seconds came back no more than: ";

    @Override
    public String usage() {
        return "selftest           connects two peers in this process; prints PASS or why not";
    }

    @Override
    public int run(String[] arguments) throws InterruptedException {
        long began = System.nanoTime();
        String failure;
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                RTCPeerConnection offerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "offerer");
                RTCPeerConnection answerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "answerer");
                ReturnedMedia media = new ReturnedMedia()) {
            CompletableFuture<String> closed =
                    offerer.whenClosed().thenApply(cause -> "the connection closed: " + cause);
            CompletableFuture<String> refused = new CompletableFuture<>();
            CompletableFuture<String> message = echoMessage(offerer, answerer);
            echoMedia(offerer, answerer, media);
            negotiate(offerer, answerer).exceptionally(thrown -> {
                refused.complete("the negotiation failed: " + thrown.getMessage());
                return null;
            });
            failure = message.thenCombine(media.verdict(), String::concat)
                    .applyToEither(closed, first -> first)
                    .applyToEither(refused, first -> first)
                    .completeOnTimeout(LATE, SECONDS, TimeUnit.SECONDS)
                    .join();
            if (failure.equals(LATE)) {
                failure += (message.isDone() ? "the message, " : "") + media;
            }
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        System.out.println(
                failure.isEmpty()
                        ? "PASS: " + BYTES + " bytes, a tone and pictures came back in " + millis + " ms"
                        : "FAIL: " + failure);
        return failure.isEmpty() ? 0 : 1;
    }

    /** A message over SCTP, sent back by the answerer; the result is empty when it came back as it was. */
    private static CompletableFuture<String> echoMessage(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        byte[] sent = new byte[BYTES];
        new Random(1).nextBytes(sent);
        RTCDataChannel channel = offerer.createDataChannel("selftest");
        channel.onOpen(event -> channel.send(sent));
        channel.onMessage(event -> outcome.complete(Arrays.equals(event.bytes(), sent) ? "" : "other bytes came back"));
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        return outcome;
    }

    /** Sound and pictures over SRTP, forwarded back by the answerer. */
    private static void echoMedia(RTCPeerConnection offerer, RTCPeerConnection answerer, ReturnedMedia media) {
        answerer.onTrack(event -> answerer.addTrack(event.track()));
        // H.264, whose pictures can be decoded here; it comes first in what is preferred.
        List<RTCRtpCodec> codecs = requireNonNull(RTCRtpSender.getCapabilities("video")).codecs().stream()
                .sorted(Comparator.comparing(codec -> !codec.mimeType().equals("video/H264")))
                .toList();
        offerer.addTransceiver(new MediaStreamTrack(MediaSources.colourBars(320, 240, 15)))
                .setCodecPreferences(codecs);
        offerer.addTransceiver(new MediaStreamTrack(MediaSources.tone(ReturnedMedia.TONE_HERTZ)));
        offerer.getReceivers().forEach(receiver -> receiver.frames(media::take));
    }

    private static CompletableFuture<?> negotiate(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        // Whole descriptions, so that nothing is left to exchange later.
        return offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(description -> answerer.setRemoteDescription(description))
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(description -> offerer.setRemoteDescription(description));
    }
}
