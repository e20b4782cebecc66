package org.webrtc4j.samples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

class GameServerTest {

    private static final int SECONDS = 20;

    @Test
    void aPlayerSeesItsOwnMoveInTheWorld() throws Exception {
        // The form that both Netty 4.1 and 4.2 have.
        @SuppressWarnings("deprecation")
        EventLoopGroup group = new NioEventLoopGroup(2);
        try (GameServer server = new GameServer(WebRtcRuntime.builder().includeLoopback(true), group);
                WebRtcRuntime runtime =
                        WebRtcRuntime.builder().includeLoopback(true).build();
                RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "page")) {
            CompletableFuture<Long> seen = new CompletableFuture<>();
            RTCDataChannel world = pc.createDataChannel(
                    "world", channel(0).ordered(false).maxRetransmits(0).build());
            world.onMessage(message -> {
                ByteBuffer state = ByteBuffer.wrap(message.bytes());
                assertThat(state.getInt()).isEqualTo(1);
                long place = state.getLong();
                if (place != 0) {
                    seen.complete(place);
                }
            });
            RTCDataChannel input = pc.createDataChannel("input", channel(1).build());
            input.onOpen(event -> input.send(ByteBuffer.allocate(8).putLong(0, 4711)));
            pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
            String offer = pc.gatheringComplete().get(SECONDS, TimeUnit.SECONDS).sdp();
            String answer = server.join(offer).get(SECONDS, TimeUnit.SECONDS);
            pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.ANSWER, answer))
                    .get(SECONDS, TimeUnit.SECONDS);
            assertThat(seen.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(4711);
        } finally {
            group.shutdownGracefully().syncUninterruptibly();
        }
    }

    private static RTCDataChannelInit.Builder channel(int id) {
        return RTCDataChannelInit.builder().negotiated(true).id(id);
    }
}
