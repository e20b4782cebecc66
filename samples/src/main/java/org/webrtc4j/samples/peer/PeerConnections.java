package org.webrtc4j.samples.peer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.EventType;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCDtlsTransport;
import org.webrtc4j.RTCIceCandidatePair;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSctpTransport;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;
import org.webrtc4j.samples.TrickleOut;

/** The connections of a peer by their number, and their signalling over the lines. */
final class PeerConnections {

    private final WebRtcRuntime runtime;
    private final PeerConfig config;
    private final JsonLines lines;
    private final Map<Integer, RTCPeerConnection> connections = new ConcurrentHashMap<>();
    private final Map<Integer, TrickleOut> signaling = new ConcurrentHashMap<>();
    private @Nullable Scenario scenario;

    PeerConnections(WebRtcRuntime runtime, PeerConfig config, JsonLines lines) {
        this.runtime = runtime;
        this.config = config;
        this.lines = lines;
    }

    void scenario(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Makes a connection with its channel, offers, and returns at once; the channel opens later. */
    RTCDataChannel offer(int id) {
        RTCPeerConnection pc = create(id);
        RTCDataChannel channel = pc.createDataChannel("peer", config.channel);
        report(id, pc, channel);
        describe(id, pc);
        return channel;
    }

    /** Makes a connection with what the scenario adds, offers, and returns at once. */
    RTCPeerConnection offerMedia(int id) {
        RTCPeerConnection pc = create(id);
        pc.addEventListener(EventType.CONNECTIONSTATECHANGE, event -> {
            if (pc.connectionState() == RTCPeerConnectionState.CONNECTED) {
                reportPair(id, pc.getReceivers().get(0).transport());
            }
        });
        describe(id, pc);
        return pc;
    }

    /** Waits until the connection is there, or has failed. */
    static boolean awaitConnected(RTCPeerConnection pc) throws InterruptedException {
        CountDownLatch decided = new CountDownLatch(1);
        pc.addEventListener(EventType.CONNECTIONSTATECHANGE, event -> {
            if (isDecided(pc)) {
                decided.countDown();
            }
        });
        if (!isDecided(pc)) {
            decided.await();
        }
        return pc.connectionState() == RTCPeerConnectionState.CONNECTED;
    }

    private static boolean isDecided(RTCPeerConnection pc) {
        return switch (pc.connectionState()) {
            case CONNECTED, FAILED, CLOSED -> true;
            default -> false;
        };
    }

    /** Waits until the channel is open, or its connection has failed. */
    static boolean awaitOpen(RTCDataChannel channel) throws InterruptedException {
        CountDownLatch decided = new CountDownLatch(1);
        channel.addEventListener(EventType.OPEN, event -> decided.countDown());
        channel.addEventListener(EventType.CLOSE, event -> decided.countDown());
        if (channel.readyState() == RTCDataChannelState.CONNECTING) {
            decided.await();
        }
        return channel.readyState() == RTCDataChannelState.OPEN;
    }

    /** How large a message the remote side of a connection takes. */
    long maxMessageSize(int id) {
        RTCPeerConnection pc = connections.get(id);
        RTCSctpTransport sctp = pc == null ? null : pc.sctp();
        return sctp == null ? 0 : (long) sctp.maxMessageSize();
    }

    /** Closes a connection and tells the other side to do so. */
    void bye(int id) {
        RTCPeerConnection pc = forget(id);
        if (pc != null) {
            lines.write(JsonLines.message("bye", id));
            pc.close();
        }
    }

    private @Nullable RTCPeerConnection forget(int id) {
        signaling.remove(id);
        return connections.remove(id);
    }

    void closeAll() {
        connections.values().forEach(RTCPeerConnection::close);
        connections.clear();
    }

    /** Takes one line of the other side. */
    void signal(JsonObject message) {
        int id = message.has("id") ? message.get("id").getAsInt() : 0;
        String type = SignalingJson.text(message, "type");
        switch (type) {
            case "offer" -> answer(id, SignalingJson.description(RTCSdpType.OFFER, message));
            case "answer" -> {
                RTCPeerConnection pc = connections.get(id);
                if (pc != null) {
                    watch(pc, pc.setRemoteDescription(SignalingJson.description(RTCSdpType.ANSWER, message)));
                }
            }
            case "candidate" -> candidate(id, message.get("candidate"));
            case "bye" -> {
                RTCPeerConnection pc = forget(id);
                if (pc != null) {
                    pc.close();
                }
            }
            default -> {
                // Events of the other peer may be copied along; they are not for us.
            }
        }
    }

    private void answer(int id, RTCSessionDescriptionInit offer) {
        RTCPeerConnection known = connections.get(id);
        RTCPeerConnection pc = known == null ? create(id) : known;
        watch(pc, pc.setRemoteDescription(offer));
        describe(id, pc);
    }

    private void candidate(int id, @Nullable JsonElement candidate) {
        RTCPeerConnection pc = connections.get(id);
        if (pc == null || !(candidate instanceof JsonObject json)) {
            return;
        }
        watch(pc, pc.addIceCandidate(SignalingJson.candidate(json)));
    }

    private RTCPeerConnection create(int id) {
        RTCPeerConnection pc = runtime.createPeerConnection(config.connection, "peer-" + id);
        connections.put(id, pc);
        TrickleOut out = trickleOut(id);
        signaling.put(id, out);
        pc.onIceCandidate(event -> out.candidate(event.candidate()));
        pc.onConnectionStateChange(event -> {
            JsonObject state = JsonLines.eventObject(id, "state");
            state.addProperty("state", pc.connectionState().wireName());
            lines.write(state);
            if (pc.connectionState() == RTCPeerConnectionState.FAILED) {
                lines.error("connection " + id + " failed");
            }
        });
        pc.onDataChannel(event -> {
            report(id, pc, event.channel());
            if (scenario != null) {
                scenario.onChannel(id, event.channel());
            }
        });
        if (scenario != null) {
            scenario.onConnection(id, pc);
        }
        return pc;
    }

    private void report(int id, RTCPeerConnection pc, RTCDataChannel channel) {
        channel.addEventListener(EventType.OPEN, event -> {
            lines.event(id, "open");
            RTCSctpTransport sctp = pc.sctp();
            reportPair(id, sctp == null ? null : sctp.transport());
        });
    }

    private void reportPair(int id, @Nullable RTCDtlsTransport transport) {
        RTCIceCandidatePair pair =
                transport == null ? null : transport.iceTransport().getSelectedCandidatePair();
        if (pair != null) {
            JsonObject selected = JsonLines.eventObject(id, "pair");
            selected.addProperty("local", pair.local().candidate());
            selected.addProperty("remote", pair.remote().candidate());
            lines.write(selected);
        }
    }

    private void describe(int id, RTCPeerConnection pc) {
        TrickleOut out = signaling.get(id);
        if (out != null) {
            watch(pc, pc.setLocalDescription().thenRun(() -> out.describe(pc)));
        }
    }

    private TrickleOut trickleOut(int id) {
        return new TrickleOut(
                description -> {
                    description.addProperty("id", id);
                    lines.write(description);
                },
                candidate -> {
                    JsonObject message = JsonLines.message("candidate", id);
                    message.add("candidate", candidate);
                    lines.write(message);
                });
    }

    /** Reports a failure, unless the connection was closed while the operation was under way. */
    private void watch(RTCPeerConnection pc, CompletableFuture<?> done) {
        done.exceptionally(failure -> {
            if (pc.connectionState() != RTCPeerConnectionState.CLOSED) {
                lines.error(String.valueOf(failure.getMessage()));
            }
            return null;
        });
    }
}
