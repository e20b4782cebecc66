package org.webrtc4j.smoke.ice4j;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice4j.Ice4jAgents;

/** Connects two peers of one process over loopback, both on agents of ice4j, and says where those come from. */
public final class Main {

    private Main() {}

    /**
     * Prints what was heard, and the name of the agents' module.
     *
     * @param arguments none
     * @throws Exception when a part does not work
     */
    public static void main(String[] arguments) throws Exception {
        Ice4jAgents agents =
                Ice4jAgents.builder().bind(InetAddress.getLoopbackAddress()).build();
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                .loops(1)
                .includeLoopback(true)
                .iceAgents(agents)
                .build()) {
            System.out.println("echo " + echo(runtime));
        }
        System.out.println("part " + Ice4jAgents.class.getModule().getName());
    }

    private static String echo(WebRtcRuntime runtime) throws Exception {
        RTCPeerConnection offerer = runtime.createPeerConnection(RTCConfiguration.defaults());
        RTCPeerConnection answerer = runtime.createPeerConnection(RTCConfiguration.defaults());
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        CompletableFuture<String> echoed = new CompletableFuture<>();
        RTCDataChannel channel = offerer.createDataChannel("smoke");
        channel.onOpen(event -> channel.send("heard")).onMessage(message -> echoed.complete(message.text()));
        offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .get(30, TimeUnit.SECONDS);
        return echoed.get(30, TimeUnit.SECONDS);
    }
}
