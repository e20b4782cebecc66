package org.example.consumer;

import io.netty.util.Version;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;

/** A program of somebody else's: two connections of one runtime exchange a message, whatever their surroundings are. */
public final class Connects {

    private static final int BYTES = 100_000;
    private static final int SECONDS = 60;

    private Connects() {}

    /** Connects, and prints what it came with. */
    public static void main(String[] arguments) throws Exception {
        connect();
        System.out.println("CONSUMER: connected with Netty " + nettyVersion() + "; " + weight());
    }

    /** Fails when the message does not come back. */
    public static void connect() throws Exception {
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                .bind(InetAddress.getLoopbackAddress())
                .build()) {
            RTCPeerConnection offerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "offerer");
            RTCPeerConnection answerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "answerer");
            answerer.onDataChannel(event ->
                    event.channel().onMessage(message -> event.channel().send(message.data())));
            byte[] sent = new byte[BYTES];
            new Random(1).nextBytes(sent);
            CompletableFuture<byte[]> returned = new CompletableFuture<>();
            RTCDataChannel channel = offerer.createDataChannel("consumer");
            channel.onOpen(event -> channel.send(sent));
            channel.onMessage(event -> returned.complete(event.bytes()));

            offerer.setLocalDescription()
                    .thenCompose(done -> offerer.gatheringComplete())
                    .thenCompose(answerer::setRemoteDescription)
                    .thenCompose(done -> answerer.setLocalDescription())
                    .thenCompose(done -> answerer.gatheringComplete())
                    .thenCompose(offerer::setRemoteDescription)
                    .get(SECONDS, TimeUnit.SECONDS);
            if (!Arrays.equals(returned.get(SECONDS, TimeUnit.SECONDS), sent)) {
                throw new IllegalStateException("Other bytes came back");
            }
        }
    }

    /** The version of Netty's transport that is on the class path. */
    public static String nettyVersion() {
        Version transport = Version.identify().get("netty-transport");
        return transport == null ? "of its own" : transport.artifactVersion();
    }

    /** What the class path weighs. */
    private static String weight() throws Exception {
        int jars = 0;
        long all = 0;
        long own = 0;
        for (String each : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            Path jar = Path.of(each);
            if (Files.isRegularFile(jar)) {
                jars++;
                all += Files.size(jar);
                own += jar.getFileName().toString().startsWith("webrtc4j") ? Files.size(jar) : 0;
            }
        }
        return String.format("%d jars of %.1f MB, of which webrtc4j's own have %.1f", jars, all / 1e6, own / 1e6);
    }
}
