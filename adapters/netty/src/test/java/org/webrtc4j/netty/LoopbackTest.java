package org.webrtc4j.netty;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.netty.Recorder.SECONDS;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.RTCPeerConnectionState;

/** Over sockets of the loopback address, the server on one port. */
@Timeout(120)
class LoopbackTest {

    @Test
    void addressesAreThoseOfTheSelectedPairAndEventsTellOfThem() throws Exception {
        Recorder clientSide = new Recorder();
        Recorder child = new Recorder();
        BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
        try (Stage serverStage = Stage.overLoopback(builder -> builder.udpPort(0));
                Stage clientStage = Stage.overLoopback(builder -> builder)) {
            WebRtcServerChannel server = serverStage.bind(Stage.accepting(channel -> {
                accepted.add(channel);
                channel.pipeline().addLast(child);
            }));
            WebRtcChannel client = clientStage.connect(server, clientSide);
            WebRtcDataChannel made = Stage.open(client, new Recorder());
            made.writeAndFlush(new TextMessage("over sockets")).sync();
            assertThat(child.next()).isEqualTo("text:over sockets");

            Channel other = accepted.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(other).isNotNull();
            InetSocketAddress serverAddress = requireNonNull(client.remoteAddress());
            InetSocketAddress clientAddress = requireNonNull(client.localAddress());
            assertThat(serverAddress).isEqualTo(other.localAddress());
            assertThat(clientAddress).isEqualTo(other.remoteAddress());
            assertThat(made.remoteAddress()).isEqualTo(serverAddress);
            assertThat(clientSide.events)
                    .contains(
                            new WebRtcEvent.PathChanged(clientAddress, serverAddress),
                            new WebRtcEvent.StateChanged(RTCPeerConnectionState.CONNECTED));
            client.close().sync();
            child.inactive.get(SECONDS, TimeUnit.SECONDS);
        }
    }
}
