package org.webrtc4j.netty;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.CloseCause;
import org.webrtc4j.EventType;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCIceCandidatePair;
import org.webrtc4j.RTCIceTransport;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSctpTransport;
import org.webrtc4j.RTCSctpTransportState;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;

/** The connection behind a {@link WebRtcChannel}: negotiates, and translates its events into those of the channel. */
@SuppressWarnings("FutureReturnValueIgnored") // the last stage of each chain tells the channel
final class Peer {

    private final WebRtcChannel channel;
    private final RTCPeerConnection connection;
    private @Nullable RTCSctpTransport watched;
    private boolean failed;

    /** Watches a new connection, on the loop of both. */
    Peer(WebRtcChannel channel, RTCPeerConnection connection) {
        this.channel = channel;
        this.connection = connection;
        connection.addEventListener(EventType.DATACHANNEL, event -> channel.onIncoming(event.channel()));
        connection.addEventListener(EventType.CONNECTIONSTATECHANGE, event -> onState());
        // The association exists once both descriptions are known; whichever of these comes first, it is not up yet.
        connection.addEventListener(EventType.SIGNALINGSTATECHANGE, event -> watch());
        connection.addEventListener(EventType.ICECONNECTIONSTATECHANGE, event -> watch());
        connection.whenClosed().thenAccept(cause -> channel.onLoop(() -> onClosed(cause)));
        watch();
    }

    boolean isConnected() {
        RTCSctpTransport association = watched;
        return association != null && association.state() == RTCSctpTransportState.CONNECTED;
    }

    RTCPeerConnection connection() {
        return connection;
    }

    // --- negotiating

    void offer(WebRtcAddress to) {
        connection
                .setLocalDescription()
                .thenCompose(done -> connection.gatheringComplete())
                .thenCompose(offer -> to.exchange(offer.sdp()))
                .thenCompose(answer ->
                        connection.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.ANSWER, answer)))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        channel.onLoop(() -> channel.fail(cause(failure)));
                    }
                });
    }

    CompletableFuture<String> answer(String offer) {
        return connection
                .setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
                .thenCompose(done -> connection.setLocalDescription())
                .thenCompose(done -> connection.gatheringComplete())
                .thenApply(RTCSessionDescription::sdp);
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    // --- what the connection tells

    private void watch() {
        RTCSctpTransport association = connection.sctp();
        if (association == null || association == watched) {
            return;
        }
        watched = association;
        association.addEventListener(EventType.STATECHANGE, event -> onAssociation(association));
        RTCIceTransport ice = association.transport().iceTransport();
        ice.addEventListener(EventType.SELECTEDCANDIDATEPAIRCHANGE, event -> onPath(ice));
    }

    private void onAssociation(RTCSctpTransport association) {
        if (association.state() == RTCSctpTransportState.CONNECTED) {
            channel.activate();
        } else if (association.state() == RTCSctpTransportState.CLOSED) {
            channel.onAssociationClosed();
        }
    }

    private void onPath(RTCIceTransport ice) {
        RTCIceCandidatePair pair = ice.getSelectedCandidatePair();
        if (pair != null) {
            channel.onPath(address(pair.local()), address(pair.remote()));
        }
    }

    private static InetSocketAddress address(RTCIceCandidate candidate) {
        String text = candidate.address();
        Integer port = candidate.port();
        if (text == null || port == null) {
            return InetSocketAddress.createUnresolved("", 0);
        }
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(text);
        // A name (RFC 8828 hides addresses behind those) is not looked up.
        return literal == null ? InetSocketAddress.createUnresolved(text, port) : new InetSocketAddress(literal, port);
    }

    private void onState() {
        RTCPeerConnectionState state = connection.connectionState();
        if (state == RTCPeerConnectionState.FAILED) {
            // Why is known from the cause of closing.
            failed = true;
            connection.close();
        } else {
            channel.onState(state);
        }
    }

    private void onClosed(CloseCause cause) {
        boolean lost = failed
                || cause.kind() == CloseCause.Kind.INTERNAL_ERROR
                || cause.kind() == CloseCause.Kind.EXECUTOR_REJECTED;
        channel.onConnectionClosed(lost ? new PeerLostException(cause.message(), cause.thrown()) : null);
    }

    // --- closing

    void close(Duration linger) {
        if (linger.isZero() || linger.isNegative()) {
            connection.close();
        } else {
            connection.closeGracefully(linger);
        }
    }
}
