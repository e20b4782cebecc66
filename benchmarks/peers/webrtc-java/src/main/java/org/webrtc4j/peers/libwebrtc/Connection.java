package org.webrtc4j.peers.libwebrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One RTCPeerConnection with its signalling. */
final class Connection implements PeerConnectionObserver {

    private static final Pattern MAX_MESSAGE_SIZE = Pattern.compile("(?m)^a=max-message-size:(\\d{1,18})");

    /** What a description without a=max-message-size means (RFC 8841, section 6.1). */
    private static final long DEFAULT_MAX_MESSAGE_SIZE = 65536;

    private final LibwebrtcPeer peer;
    private final int id;
    private final RTCPeerConnection pc;
    private final List<Channel> channels = new ArrayList<>();
    private final List<RTCIceCandidate> early = new ArrayList<>();
    private boolean isDescribed;
    private volatile long remoteMaxMessageSize = DEFAULT_MAX_MESSAGE_SIZE;

    Connection(LibwebrtcPeer peer, int id) {
        this.peer = peer;
        this.id = id;
        this.pc = peer.factory().createPeerConnection(peer.config().rtcConfiguration(), this);
    }

    int id() {
        return id;
    }

    long remoteMaxMessageSize() {
        return remoteMaxMessageSize;
    }

    void offer() {
        adopt(pc.createDataChannel(peer.config().scenario, peer.config().channelInit()));
        pc.createOffer(new RTCOfferOptions(), then(offer -> say("offer", offer)));
    }

    void answer(String sdp) {
        hear(
                RTCSdpType.OFFER,
                sdp,
                () -> pc.createAnswer(new RTCAnswerOptions(), then(answer -> say("answer", answer))));
    }

    void acceptAnswer(String sdp) {
        hear(RTCSdpType.ANSWER, sdp, () -> {});
    }

    /** The description leaves before it is applied, and so before its candidates. */
    private void say(String type, RTCSessionDescription description) {
        peer.output().line(type, id, Map.of("sdp", description.sdp));
        pc.setLocalDescription(description, then(() -> {}));
    }

    private void hear(RTCSdpType type, String sdp, Runnable next) {
        remoteMaxMessageSize = maxMessageSizeOf(sdp);
        pc.setRemoteDescription(new RTCSessionDescription(type, sdp), then(() -> {
            addEarlyCandidates();
            next.run();
        }));
    }

    private static long maxMessageSizeOf(String sdp) {
        Matcher found = MAX_MESSAGE_SIZE.matcher(sdp);
        if (!found.find()) {
            return DEFAULT_MAX_MESSAGE_SIZE;
        }
        long size = Long.parseLong(found.group(1));
        return size == 0 ? Long.MAX_VALUE : size; // 0 means that any size will do
    }

    /** Adds a candidate of the other side, or keeps it until the description is there; "" ends the candidates. */
    void addCandidate(String mid, int line, String text) {
        if (text.isEmpty()) {
            return; // libwebrtc is not told: it keeps checking anyway
        }
        RTCIceCandidate candidate = new RTCIceCandidate(mid, line, text);
        synchronized (early) {
            if (!isDescribed) {
                early.add(candidate);
                return;
            }
        }
        add(candidate);
    }

    private void addEarlyCandidates() {
        List<RTCIceCandidate> waiting;
        synchronized (early) {
            isDescribed = true;
            waiting = List.copyOf(early);
            early.clear();
        }
        waiting.forEach(this::add);
    }

    private void add(RTCIceCandidate candidate) {
        try {
            pc.addIceCandidate(candidate);
        } catch (RuntimeException | Error refused) { // webrtc-java throws Errors too
            peer.output().log(id, "candidate '" + candidate.sdp + "': " + refused);
        }
    }

    private void adopt(RTCDataChannel dc) {
        Channel channel = new Channel(this, dc, peer.scenario(), peer.config());
        synchronized (channels) {
            channels.add(channel);
        }
        channel.attach();
    }

    /** A channel of this connection has opened. */
    void opened(Channel channel, String label) {
        peer.output().event(id, "open", Map.of("label", label));
        pc.getStats(report -> SelectedPair.of(report).ifPresent(pair -> peer.output()
                .event(id, "pair", Map.of("local", pair.local(), "remote", pair.remote()))));
        peer.run(id, () -> peer.scenario().opened(channel));
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
        sayCandidate(candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex);
    }

    @Override
    public void onIceGatheringChange(RTCIceGatheringState state) {
        if (state == RTCIceGatheringState.COMPLETE) {
            sayCandidate("", "0", 0);
        }
    }

    private void sayCandidate(String text, String mid, int line) {
        Map<String, Object> candidate = Map.of("candidate", text, "sdpMid", mid, "sdpMLineIndex", line);
        peer.output().line("candidate", id, Map.of("candidate", candidate));
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
        peer.output().event(id, "state", Map.of("state", state.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void onDataChannel(RTCDataChannel dc) {
        adopt(dc);
    }

    void close() {
        synchronized (channels) {
            channels.forEach(Channel::dispose);
            channels.clear();
        }
        pc.close();
    }

    private CreateSessionDescriptionObserver then(Consumer<RTCSessionDescription> next) {
        return new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                next.accept(description);
            }

            @Override
            public void onFailure(String error) {
                peer.output().error(id, error);
            }
        };
    }

    private SetSessionDescriptionObserver then(Runnable next) {
        return new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                next.run();
            }

            @Override
            public void onFailure(String error) {
                peer.output().error(id, error);
            }
        };
    }
}
