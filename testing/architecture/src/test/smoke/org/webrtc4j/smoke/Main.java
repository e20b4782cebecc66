package org.webrtc4j.smoke;

import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sdp.SessionDescription;

/** Connects two peers of one process over loopback, says where their classes come from and what they left behind. */
public final class Main {

    private Main() {}

    /**
     * Prints one line per part, and one for each security provider that must not be there.
     *
     * @param arguments none
     * @throws Exception when a part does not work
     */
    public static void main(String[] arguments) throws Exception {
        try (WebRtcRuntime runtime =
                WebRtcRuntime.builder().loops(1).includeLoopback(true).build()) {
            System.out.println("echo " + echo(runtime));
        }
        for (Class<?> type : List.of(
                RTCPeerConnection.class,
                EventLoop.class,
                SessionDescription.class,
                IceAgent.class,
                DtlsEndpoint.class,
                SctpAssociation.class,
                RtpPacket.class,
                EncodedFrame.class)) {
            System.out.println("part " + type.getModule().getName());
        }
        System.out.println("provider " + Security.getProvider("BC"));
        System.out.println("provider " + Security.getProvider("BCJSSE"));
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
