package org.webrtc4j;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.common.EventLoop;

/**
 * A connection to another peer: a browser, or another program that speaks WebRTC.
 *
 * <p>{@code new RTCPeerConnection(configuration)} works as in a page, on a runtime that is started lazily and shared by
 * the process. Servers make connections from their own {@link WebRtcRuntime}.
 *
 * <p>Every method may be called from any thread, also from handlers of this or another connection, and none blocks. Events
 * fire, futures complete and states change in the connection's event place: its loop, or the Executor of its runtime, one
 * after the other in the order of webrtc-pc. Waiting there for a future of this connection throws instead of deadlocking.
 * After {@link #close()} getters still answer, other methods throw or fail with InvalidStateError.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcpeerconnection-interface">the specification</a>
 */
public final class RTCPeerConnection extends PeerConnectionHandlers implements AutoCloseable {

    private final Connection connection;

    /** Creates a connection with the default configuration on the default runtime. */
    public RTCPeerConnection() {
        this(RTCConfiguration.defaults());
    }

    /**
     * Creates a connection on the default runtime.
     *
     * @param configuration how it is to be made
     * @throws DOMException SyntaxError or InvalidAccessError for a bad server, InvalidAccessError for an expired certificate
     */
    public RTCPeerConnection(RTCConfiguration configuration) {
        this(WebRtcRuntime.shared().place(), configuration);
    }

    RTCPeerConnection(WebRtcRuntime.Seat seat, RTCConfiguration configuration) {
        WebRtcRuntime runtime = seat.runtime();
        IceServerCheck.check(configuration);
        RTCCertificate certificate = runtime.certificate(configuration);
        runtime.admit();
        connection = new Connection(seat, this, configuration, certificate, runtime.executor());
        runtime.register(connection);
    }

    /**
     * Makes a certificate.
     *
     * @param algorithm "ECDSA" for the curve P-256, "RSASSA-PKCS1-v1_5" for RSA with 2048 bits and SHA-256
     * @return the certificate, valid for 30 days; fails with NotSupportedError for another algorithm
     */
    public static CompletableFuture<RTCCertificate> generateCertificate(String algorithm) {
        return CertificateMaker.generate(algorithm);
    }

    // --- descriptions

    /**
     * Makes an offer.
     *
     * @return the offer; fails with InvalidStateError unless stable or with a local offer
     */
    public CompletableFuture<RTCSessionDescriptionInit> createOffer() {
        return createOffer(RTCOfferOptions.defaults());
    }

    /**
     * Makes an offer.
     *
     * @param options what it is to contain
     * @return the offer; fails with InvalidStateError unless stable or with a local offer
     */
    public CompletableFuture<RTCSessionDescriptionInit> createOffer(RTCOfferOptions options) {
        return connection.negotiation().createOffer(options.iceRestart());
    }

    /**
     * Makes an answer to the remote offer.
     *
     * @return the answer; fails with InvalidStateError without a remote offer
     */
    public CompletableFuture<RTCSessionDescriptionInit> createAnswer() {
        return connection.negotiation().createAnswer();
    }

    /**
     * Makes an answer to the remote offer.
     *
     * @param options has no members yet
     * @return the answer; fails with InvalidStateError without a remote offer
     */
    @SuppressWarnings("unused") // the dictionary is empty in the specification too
    public CompletableFuture<RTCSessionDescriptionInit> createAnswer(RTCAnswerOptions options) {
        return createAnswer();
    }

    /**
     * Makes and applies the description that is due: an offer, or the answer to a remote offer.
     *
     * <p>Candidates are told after the future has completed. A continuation that another thread attaches later than that
     * may run after the first of them, though; call this from a handler, such as that of negotiationneeded, where what is
     * chained at once always comes first.
     *
     * @return completes when it is applied
     */
    public CompletableFuture<@Nullable Void> setLocalDescription() {
        return connection.negotiation().setLocalDescription(null, "");
    }

    /**
     * Applies a local description.
     *
     * @param description its kind may be absent and its text empty
     * @return completes when it is applied; fails with InvalidModificationError for a text that createOffer or createAnswer
     *     did not last give, with InvalidStateError in a state that does not allow it
     */
    public CompletableFuture<@Nullable Void> setLocalDescription(RTCLocalSessionDescriptionInit description) {
        return connection.negotiation().setLocalDescription(description.type(), description.sdp());
    }

    /**
     * Applies a local description.
     *
     * @param description what createOffer or createAnswer gave, or a rollback
     * @return completes when it is applied; fails with InvalidModificationError for a text that createOffer or createAnswer
     *     did not last give, with InvalidStateError in a state that does not allow it
     */
    public CompletableFuture<@Nullable Void> setLocalDescription(RTCSessionDescriptionInit description) {
        return connection.negotiation().setLocalDescription(description.type(), description.sdp());
    }

    /**
     * Applies the other side's description. An offer that meets a local offer rolls that one back first.
     *
     * @param description offer, pranswer, answer or rollback
     * @return completes when it is applied; fails with an {@link RTCError} when it cannot be read, with InvalidAccessError
     *     when its content is not possible, with InvalidStateError in a state that does not allow it; nothing changes then
     */
    public CompletableFuture<@Nullable Void> setRemoteDescription(RTCSessionDescriptionInit description) {
        return connection.negotiation().setRemoteDescription(description.type(), description.sdp());
    }

    /**
     * Applies the other side's description.
     *
     * @param description what the other side's localDescription gave
     * @return as for {@link #setRemoteDescription(RTCSessionDescriptionInit)}
     */
    public CompletableFuture<@Nullable Void> setRemoteDescription(RTCSessionDescription description) {
        return setRemoteDescription(description.toJSON());
    }

    /**
     * Adds a candidate of the other side.
     *
     * @param candidate as signalling carried it; an empty text tells the end of candidates
     * @return completes when it is added; fails with TypeError without sdpMid and sdpMLineIndex, with InvalidStateError
     *     before a remote description, with OperationError for an unknown section or generation or an unreadable text
     */
    public CompletableFuture<@Nullable Void> addIceCandidate(RTCIceCandidateInit candidate) {
        if (!candidate.candidate().isEmpty() && candidate.sdpMid() == null && candidate.sdpMLineIndex() == null) {
            return CompletableFuture.failedFuture(DOMException.typeError("A candidate needs sdpMid or sdpMLineIndex"));
        }
        return connection.negotiation().addIceCandidate(candidate);
    }

    /**
     * Adds a candidate of the other side.
     *
     * @param candidate the candidate
     * @return as for {@link #addIceCandidate(RTCIceCandidateInit)}
     */
    public CompletableFuture<@Nullable Void> addIceCandidate(RTCIceCandidate candidate) {
        return addIceCandidate(candidate.toJSON());
    }

    /**
     * Tells the end of all remote candidates.
     *
     * @return completes when it is noted
     */
    public CompletableFuture<@Nullable Void> addIceCandidate() {
        return addIceCandidate(RTCIceCandidateInit.builder().build());
    }

    /** Makes the next offer restart ICE, and negotiationneeded fire. It survives a rollback. */
    public void restartIce() {
        requireOpen();
        connection.negotiation().restartIce();
    }

    /**
     * Returns the local description that is pending, else the current one.
     *
     * @return with the candidates gathered so far, or null
     */
    public @Nullable RTCSessionDescription localDescription() {
        return visible(model().local());
    }

    /**
     * Returns the local description of the last complete exchange.
     *
     * @return with the candidates gathered so far, or null
     */
    public @Nullable RTCSessionDescription currentLocalDescription() {
        return visible(model().currentLocal());
    }

    /**
     * Returns the local description of the exchange that is under way.
     *
     * @return with the candidates gathered so far, or null
     */
    public @Nullable RTCSessionDescription pendingLocalDescription() {
        return visible(model().pendingLocal());
    }

    /**
     * Returns the remote description that is pending, else the current one.
     *
     * @return with the candidates added so far, or null
     */
    public @Nullable RTCSessionDescription remoteDescription() {
        return visible(model().remote());
    }

    /**
     * Returns the remote description of the last complete exchange.
     *
     * @return with the candidates added so far, or null
     */
    public @Nullable RTCSessionDescription currentRemoteDescription() {
        return visible(model().currentRemote());
    }

    /**
     * Returns the remote description of the exchange that is under way.
     *
     * @return with the candidates added so far, or null
     */
    public @Nullable RTCSessionDescription pendingRemoteDescription() {
        return visible(model().pendingRemote());
    }

    // --- states

    /**
     * Returns where the exchange of descriptions stands.
     *
     * @return the state
     */
    public RTCSignalingState signalingState() {
        return connection.isClosed() ? RTCSignalingState.CLOSED : model().state();
    }

    /**
     * Returns the state of gathering.
     *
     * @return the state
     */
    public RTCIceGatheringState iceGatheringState() {
        return connection.transports().gathering();
    }

    /**
     * Returns the state of ICE.
     *
     * @return the state
     */
    public RTCIceConnectionState iceConnectionState() {
        return connection.transports().iceConnectionState();
    }

    /**
     * Returns the state of the connection.
     *
     * @return the state
     */
    public RTCPeerConnectionState connectionState() {
        return connection.transports().connectionState();
    }

    /**
     * Tells whether the other side takes candidates after its description.
     *
     * @return true or false, or null before a remote description
     */
    public @Nullable Boolean canTrickleIceCandidates() {
        return connection.negotiation().canTrickle();
    }

    /**
     * Returns the SCTP transport.
     *
     * @return the same object until the association is replaced, or null before it was negotiated
     */
    public @Nullable RTCSctpTransport sctp() {
        return connection.transports().sctp();
    }

    // --- configuration

    /**
     * Returns the configuration.
     *
     * @return the configuration
     */
    public RTCConfiguration getConfiguration() {
        return connection.configuration();
    }

    /**
     * Changes the configuration. Servers and policy count from the next ICE generation on.
     *
     * @param configuration the new one
     * @throws DOMException InvalidModificationError when it changes policies or certificates, or the pool size after a local
     *     description was set; otherwise as the constructor
     */
    public void setConfiguration(RTCConfiguration configuration) {
        requireOpen();
        RTCConfiguration before = connection.configuration();
        if (configuration.bundlePolicy() != before.bundlePolicy()
                || configuration.rtcpMuxPolicy() != before.rtcpMuxPolicy()) {
            throw DOMException.invalidModification("bundlePolicy and rtcpMuxPolicy cannot be changed");
        }
        if (!configuration.certificates().isEmpty()
                && !configuration.certificates().equals(before.certificates())) {
            throw DOMException.invalidModification("The certificates cannot be changed");
        }
        if (model().local() != null && configuration.iceCandidatePoolSize() != before.iceCandidatePoolSize()) {
            throw DOMException.invalidModification(
                    "iceCandidatePoolSize cannot be changed after a local description was set");
        }
        IceServerCheck.check(configuration);
        connection.configuration(configuration.toBuilder()
                .certificates(before.certificates().toArray(RTCCertificate[]::new))
                .build());
    }

    // --- media

    /**
     * Returns the senders.
     *
     * @return those of transceivers that were not stopped, each the same object on each call
     */
    public List<RTCRtpSender> getSenders() {
        return connection.media().running().stream()
                .map(RTCRtpTransceiver::sender)
                .toList();
    }

    /**
     * Returns the receivers.
     *
     * @return those of transceivers that were not stopped, each the same object on each call
     */
    public List<RTCRtpReceiver> getReceivers() {
        return connection.media().running().stream()
                .map(RTCRtpTransceiver::receiver)
                .toList();
    }

    /**
     * Returns the transceivers.
     *
     * @return in the order in which they were made; a stopped one until its section was given up
     */
    public List<RTCRtpTransceiver> getTransceivers() {
        return connection.media().snapshot();
    }

    /**
     * Sends a track: with a transceiver that never sent and has no track, else with a new one.
     *
     * @param track the track
     * @param streams the streams that the other side finds it in
     * @return the sender
     * @throws DOMException InvalidAccessError when the track is sent already, InvalidStateError after close
     */
    public RTCRtpSender addTrack(MediaStreamTrack track, MediaStream... streams) {
        return connection.media().addTrack(track, List.of(streams));
    }

    /**
     * Stops sending the track of a sender. The sender stays, for {@link RTCRtpSender#replaceTrack}.
     *
     * @param sender the sender
     * @throws DOMException InvalidAccessError for a sender of another connection, InvalidStateError after close
     */
    public void removeTrack(RTCRtpSender sender) {
        connection.media().removeTrack(sender);
    }

    /**
     * Makes a transceiver that sends a track and receives.
     *
     * @param track the track
     * @return the transceiver
     */
    public RTCRtpTransceiver addTransceiver(MediaStreamTrack track) {
        return addTransceiver(track, RTCRtpTransceiverInit.defaults());
    }

    /**
     * Makes a transceiver that sends a track.
     *
     * @param track the track
     * @param init how it begins
     * @return the transceiver
     * @throws DOMException TypeError for encodings that contradict each other, RangeError for values out of range,
     *     InvalidStateError after close
     */
    public RTCRtpTransceiver addTransceiver(MediaStreamTrack track, RTCRtpTransceiverInit init) {
        return connection.media().addTransceiver(track.kind(), track, init);
    }

    /**
     * Makes a transceiver without a track to send.
     *
     * @param kind audio or video
     * @return the transceiver
     */
    public RTCRtpTransceiver addTransceiver(String kind) {
        return addTransceiver(kind, RTCRtpTransceiverInit.defaults());
    }

    /**
     * Makes a transceiver without a track to send.
     *
     * @param kind audio or video
     * @param init how it begins
     * @return the transceiver
     * @throws DOMException TypeError for another kind, otherwise as for a track
     */
    public RTCRtpTransceiver addTransceiver(String kind, RTCRtpTransceiverInit init) {
        return connection.media().addTransceiver(kind, null, init);
    }

    // --- data channels

    /**
     * Creates an ordered, reliable channel.
     *
     * @param label a text for the other side
     * @return the channel, connecting or about to open
     */
    public RTCDataChannel createDataChannel(String label) {
        return createDataChannel(label, RTCDataChannelInit.defaults());
    }

    /**
     * Creates a channel.
     *
     * @param label a text for the other side
     * @param init how it behaves
     * @return the channel, connecting or about to open
     * @throws DOMException TypeError for members out of range or contradicting each other, OperationError when the id is
     *     taken or there is no room for another channel, InvalidStateError after close
     */
    public RTCDataChannel createDataChannel(String label, RTCDataChannelInit init) {
        requireOpen();
        return connection.channels().create(label, init);
    }

    // --- statistics

    /**
     * Takes the statistics of everything. After close it returns the last ones.
     *
     * @return the report
     */
    public CompletableFuture<RTCStatsReport> getStats() {
        return new StatsCollector(connection).collect();
    }

    /**
     * Takes the statistics of what a track is sent or received with.
     *
     * @param selector a track that exactly one sender sends or one receiver receives; null for everything
     * @return the streams of the track with all that they refer to; fails with InvalidAccessError when nobody or more than
     *     one has the track
     */
    public CompletableFuture<RTCStatsReport> getStats(@Nullable MediaStreamTrack selector) {
        return selector == null ? getStats() : connection.media().stats(selector);
    }

    // --- closing

    /**
     * Closes the connection at once: states change before this returns, no event fires, pending futures fail with
     * InvalidStateError (in a page they would never settle), the other side gets ABORT and close_notify, the port is released.
     * A second call does nothing.
     */
    @Override
    public void close() {
        connection.close(new CloseCause(CloseCause.Kind.CLOSED, "Closed by its owner.", null));
    }

    /**
     * Closes the connection when everything given to send was delivered, or when the time is over.
     *
     * @param limit how long to wait at most
     * @return completes when everything is released
     */
    public CompletableFuture<CloseCause> closeGracefully(Duration limit) {
        return connection.closeGracefully(limit);
    }

    /**
     * Returns a future of the end. Not in the standard.
     *
     * @return completes when the connection was closed by whomever and everything is released
     */
    public CompletableFuture<CloseCause> whenClosed() {
        return connection.whenClosed();
    }

    /**
     * Returns a future of the whole local description, for signalling without trickle. Not in the standard.
     *
     * @return completes with the local description when gathering is complete, at once when it is
     */
    public CompletableFuture<RTCSessionDescription> gatheringComplete() {
        return connection.gatheringComplete();
    }

    /**
     * Returns the name under which the connection stands in logs and events. Not in the standard.
     *
     * @return the name
     */
    public String name() {
        return connection.name();
    }

    /**
     * Returns the loop on which the connection lives. Not in the standard.
     *
     * @return the same loop for life
     */
    public EventLoop eventLoop() {
        return connection.loop();
    }

    /** Returns the name and states. */
    @Override
    public String toString() {
        return "RTCPeerConnection[" + connection.name() + ", " + connectionState() + "]";
    }

    @Override
    RTCPeerConnection self() {
        return this;
    }

    Connection connection() {
        return connection;
    }

    private SignalingModel model() {
        return connection.negotiation().model();
    }

    private void requireOpen() {
        if (connection.isClosed()) {
            throw DOMException.invalidState("The connection is closed");
        }
    }

    private static @Nullable RTCSessionDescription visible(@Nullable Described described) {
        return described == null ? null : described.visible();
    }
}
