package org.webrtc4j.samples;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;

/** {@code selftest}: two peers in this process connect over UDP and DTLS and compare what they send each other. */
final class SelfTestCommand implements Command {

    private static final int SECONDS = 10;
    private static final int BYTES = 262_144;

    @Override
    public String usage() {
        return "selftest           connects two peers in this process; prints PASS or why not";
    }

    @Override
    public int run(String[] arguments) throws InterruptedException {
        long began = System.nanoTime();
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                RTCPeerConnection offerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "offerer");
                RTCPeerConnection answerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "answerer")) {
            String outcome = exchange(offerer, answerer).get(SECONDS, TimeUnit.SECONDS);
            System.out.printf("%s in %d ms%n", outcome, (System.nanoTime() - began) / 1_000_000);
            return outcome.startsWith("PASS") ? 0 : 1;
        } catch (TimeoutException e) {
            System.out.println("FAIL: nothing came back within " + SECONDS + " seconds");
        } catch (ExecutionException e) {
            System.out.println("FAIL: " + e.getCause());
        }
        return 1;
    }

    private static CompletableFuture<String> exchange(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        byte[] sent = new byte[BYTES];
        new Random(1).nextBytes(sent);

        RTCDataChannel channel = offerer.createDataChannel("selftest");
        channel.onOpen(event -> channel.send(sent));
        channel.onMessage(event -> outcome.complete(
                Arrays.equals(event.bytes(), sent)
                        ? "PASS: " + BYTES + " bytes came back over DTLS and SCTP"
                        : "FAIL: other bytes came back"));
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        CompletableFuture<String> closed = offerer.whenClosed().thenApply(cause -> "FAIL: " + cause);

        // Whole descriptions, so that nothing is left to exchange later.
        offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(description -> answerer.setRemoteDescription(description))
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(description -> offerer.setRemoteDescription(description))
                .exceptionally(failure -> {
                    outcome.complete("FAIL: " + failure.getMessage());
                    return null;
                });
        return outcome.applyToEither(closed, first -> first);
    }
}
