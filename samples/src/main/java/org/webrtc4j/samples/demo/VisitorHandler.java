package org.webrtc4j.samples.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;
import org.webrtc4j.samples.TrickleOut;

/** One visitor: signalling over the WebSocket, and the WebRTC connection that it sets up. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: what cannot be written or closed ends the channel
final class VisitorHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private final WebRtcRuntime runtime;
    private final Function<String, @Nullable Visit> visits;
    private @Nullable RTCPeerConnection connection;

    /** Each page has its own kind of visit. */
    VisitorHandler(WebRtcRuntime runtime, Function<String, @Nullable Visit> visits) {
        this.runtime = runtime;
        this.visits = visits;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        try {
            signal(context, JsonParser.parseString(frame.text()).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            sendError(context, "not understood");
        }
    }

    /** The page closes its socket when it goes; a page whose network broke is noticed by ICE. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        RTCPeerConnection pc = connection;
        if (pc != null && pc.connectionState() != RTCPeerConnectionState.CONNECTED) {
            pc.close();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void signal(ChannelHandlerContext context, JsonObject message) {
        switch (message.get("type").getAsString()) {
            case "offer" ->
                begin(context, message, (visit, pc) -> pc.setRemoteDescription(
                                SignalingJson.description(RTCSdpType.OFFER, message))
                        .thenCompose(done -> visit.answer(pc)));
            case "invite" -> begin(context, message, Visit::invite);
            case "answer" ->
                watch(
                        context,
                        connection(context)
                                .setRemoteDescription(SignalingJson.description(RTCSdpType.ANSWER, message)));
            case "candidate" ->
                watch(
                        context,
                        connection(context)
                                .addIceCandidate(SignalingJson.candidate(message.getAsJsonObject("candidate"))));
            default -> sendError(context, "unknown type");
        }
    }

    /** Prepares the connection as its page needs it, and signals the description that follows. */
    private void begin(
            ChannelHandlerContext context,
            JsonObject message,
            BiFunction<Visit, RTCPeerConnection, CompletableFuture<?>> preparation) {
        Visit visit = visits.apply(SignalingJson.text(message, "page"));
        if (visit == null) {
            sendError(context, "this server has no such page");
            return;
        }
        RTCPeerConnection pc = connection(context);
        TrickleOut out = signaling(context, pc);
        visit.begin(pc);
        watch(
                context,
                preparation
                        .apply(visit, pc)
                        .thenCompose(done -> pc.setLocalDescription())
                        .thenRun(() -> out.describe(pc)));
    }

    private RTCPeerConnection connection(ChannelHandlerContext context) {
        RTCPeerConnection pc = connection;
        if (pc == null) {
            pc = runtime.createPeerConnection(
                    RTCConfiguration.defaults(),
                    "visitor-" + context.channel().id().asShortText());
            connection = pc;
            RTCPeerConnection made = pc;
            pc.onConnectionStateChange(event -> {
                if (made.connectionState() == RTCPeerConnectionState.FAILED) {
                    made.close();
                }
            });
        }
        return pc;
    }

    private TrickleOut signaling(ChannelHandlerContext context, RTCPeerConnection pc) {
        TrickleOut out = new TrickleOut(description -> send(context, description), candidate -> {
            JsonObject json = new JsonObject();
            json.addProperty("type", "candidate");
            json.add("candidate", candidate);
            send(context, json);
        });
        pc.onIceCandidate(event -> out.candidate(event.candidate()));
        return out;
    }

    private static void watch(ChannelHandlerContext context, CompletableFuture<?> done) {
        done.exceptionally(failure -> {
            sendError(context, String.valueOf(failure.getMessage()));
            return null;
        });
    }

    private static void sendError(ChannelHandlerContext context, String message) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "error");
        json.addProperty("message", message);
        send(context, json);
    }

    private static void send(ChannelHandlerContext context, JsonObject json) {
        context.writeAndFlush(new TextWebSocketFrame(json.toString()));
    }
}
