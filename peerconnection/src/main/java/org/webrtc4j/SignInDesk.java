package org.webrtc4j;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.port.UfragAdmission;
import org.webrtc4j.ice.port.UnknownUfragHook;

/**
 * Makes connections of what an {@link UnknownUfragHandler} answers: as if the other side had sent an offer, which is written
 * here in its stead.
 */
final class SignInDesk implements UnknownUfragHook {

    private static final CompletionStage<Optional<UfragAdmission>> REFUSED =
            CompletableFuture.completedFuture(Optional.empty());

    private final UnknownUfragHandler handler;
    private volatile @Nullable WebRtcRuntime runtime;

    SignInDesk(UnknownUfragHandler handler) {
        this.handler = handler;
    }

    /** The ports are older than the runtime; what comes in between is refused. */
    void open(WebRtcRuntime made) {
        runtime = made;
    }

    @Override
    public CompletionStage<Optional<UfragAdmission>> onUnknownUfrag(
            String localUfrag, String remoteUfrag, InetSocketAddress address) {
        WebRtcRuntime current = runtime;
        if (current == null || !current.hasRoom()) {
            return REFUSED;
        }
        return handler.onUnknownUfrag(localUfrag, remoteUfrag, address)
                .thenApply(answer -> answer.map(signIn -> new UfragAdmission(
                        signIn.localPassword(), loop -> connect(current, loop, localUfrag, remoteUfrag, signIn))));
    }

    /** A check has proved to know the password: only now is there a connection. */
    private static void connect(
            WebRtcRuntime runtime, EventLoop loop, String localUfrag, String remoteUfrag, SignIn signIn) {
        IceParameters ice = IceParameters.chosen(localUfrag, signIn.localPassword(), runtime.iceLite());
        String name = signIn.name().orElseGet(() -> runtime.place().name());
        RTCPeerConnection pc = new RTCPeerConnection(
                new WebRtcRuntime.Seat(runtime, loop, name, Optional.of(ice)), signIn.configuration());
        Connection connection = pc.connection();
        connection.place().execute(() -> {
            try {
                signIn.accepted().accept(pc);
            } catch (RuntimeException thrown) {
                runtime.listener().onHandlerException(name, thrown);
                connection.close(new CloseCause(
                        CloseCause.Kind.CLOSED, "Who was to take the connection threw " + thrown, thrown));
                return;
            }
            describe(pc, connection, new RTCSessionDescriptionInit(RTCSdpType.OFFER, offer(remoteUfrag, signIn)));
        });
    }

    private static void describe(RTCPeerConnection pc, Connection connection, RTCSessionDescriptionInit offer) {
        CompletableFuture<@Nullable Void> described =
                pc.setRemoteDescription(offer).thenCompose(done -> pc.setLocalDescription());
        described.exceptionally(failure -> {
            if (!connection.isClosed()) {
                connection.onInternalError(failure);
            }
            return null;
        });
    }

    /** What the other side would have offered; no candidates, since its checks tell where it is. */
    private static String offer(String remoteUfrag, SignIn signIn) {
        StringBuilder sdp = new StringBuilder(512);
        line(sdp, "v=0");
        line(sdp, "o=- 1 1 IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        line(sdp, "a=group:BUNDLE 0");
        line(sdp, "m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
        line(sdp, "c=IN IP4 0.0.0.0");
        line(sdp, "a=mid:0");
        line(sdp, "a=ice-ufrag:" + remoteUfrag);
        line(sdp, "a=ice-pwd:" + signIn.remotePassword());
        line(sdp, "a=ice-options:trickle");
        for (CertificateFingerprint each : signIn.remoteFingerprints()) {
            line(sdp, "a=fingerprint:" + each);
        }
        line(sdp, "a=setup:active");
        line(sdp, "a=sctp-port:" + signIn.sctpPort());
        line(sdp, "a=max-message-size:" + signIn.maxMessageBytes());
        return sdp.toString();
    }

    private static void line(StringBuilder sdp, String text) {
        sdp.append(text).append("\r\n");
    }
}
