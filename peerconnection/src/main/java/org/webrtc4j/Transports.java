package org.webrtc4j;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.jsep.CandidateText;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sdp.MediaDescription;

/**
 * The W3C objects of the one transport, and the states of the connection that follow from theirs. Changes in the event
 * place only: first every state, then the events, in the order of webrtc-pc section 4.4.
 */
final class Transports {

    private final Connection connection;
    private final List<RTCIceCandidate> held = new ArrayList<>();

    private volatile @Nullable RTCIceTransport ice;
    private volatile @Nullable RTCDtlsTransport dtls;
    private volatile @Nullable RTCSctpTransport sctp;
    private volatile RTCIceGatheringState gathering = RTCIceGatheringState.NEW;
    private volatile RTCPeerConnectionState connectionState = RTCPeerConnectionState.NEW;
    private volatile RTCIceConnectionState iceConnectionState = RTCIceConnectionState.NEW;
    private boolean heldComplete;

    Transports(Connection connection) {
        this.connection = connection;
    }

    @Nullable
    RTCIceTransport ice() {
        return ice;
    }

    @Nullable
    RTCDtlsTransport dtls() {
        return dtls;
    }

    @Nullable
    RTCSctpTransport sctp() {
        return sctp;
    }

    RTCIceGatheringState gathering() {
        return gathering;
    }

    RTCPeerConnectionState connectionState() {
        return connection.isClosed() ? RTCPeerConnectionState.CLOSED : connectionState;
    }

    RTCIceConnectionState iceConnectionState() {
        return connection.isClosed() ? RTCIceConnectionState.CLOSED : iceConnectionState;
    }

    /** Makes the ICE and DTLS objects when a local description first needs them. */
    void create() {
        if (ice == null) {
            RTCIceTransport created = new RTCIceTransport();
            ice = created;
            dtls = new RTCDtlsTransport(created);
        }
    }

    void localGeneration(LocalGeneration generation) {
        RTCIceTransport transport = ice;
        if (transport != null) {
            transport.localParameters(
                    new RTCIceParameters(generation.ice.ufrag(), generation.ice.pwd(), generation.ice.lite()));
            RTCIceGathererState state = generation.complete ? RTCIceGathererState.COMPLETE : RTCIceGathererState.NEW;
            if (transport.getLocalCandidates().isEmpty() && !generation.complete) {
                transport.gatheringState(state);
            }
        }
    }

    /** The remote side of the transport is known: with a data section the association exists from here on. */
    void join(RemoteTransport remote) {
        create();
        RTCIceTransport iceTransport = ice;
        RTCDtlsTransport dtlsTransport = dtls;
        if (iceTransport == null || dtlsTransport == null) {
            return;
        }
        iceTransport.remoteParameters(new RTCIceParameters(
                remote.ice().ufrag(), remote.ice().pwd(), remote.ice().lite()));
        String mid = carrierMid();
        remote.candidates().forEach(each -> iceTransport.addRemoteCandidate(visible(each, mid, carrierIndex())));
        if (!remote.hasData()) {
            return;
        }
        RTCSctpTransport association = sctp;
        if (association == null || association.state() == RTCSctpTransportState.CLOSED) {
            association = new RTCSctpTransport(dtlsTransport);
            sctp = association;
        }
        association.maxMessageSize(remote.maxMessageSize() == 0 ? Double.POSITIVE_INFINITY : remote.maxMessageSize());
    }

    void addRemoteCandidate(RTCIceCandidateInit init) {
        RTCIceTransport transport = ice;
        if (transport != null) {
            RTCIceCandidateInit placed = init.sdpMid() == null && init.sdpMLineIndex() == null
                    ? new RTCIceCandidateInit(init.candidate(), null, carrierIndex(), init.usernameFragment())
                    : init;
            transport.addRemoteCandidate(new RTCIceCandidate(placed));
        }
    }

    // --- ICE

    void onIceState(IceState state, IceRole role) {
        RTCIceTransport transport = ice;
        if (transport == null) {
            return;
        }
        RTCIceTransportState now = RTCIceTransportState.fromWireName(state.text());
        boolean changed = now != transport.state();
        transport.role(RTCIceRole.fromWireName(role.text()));
        transport.state(now);
        Changes changes = aggregate();
        if (changed) {
            connection.fire(transport, EventType.STATECHANGE);
        }
        announce(changes);
    }

    void onSelectedPair(@Nullable SelectedPair pair) {
        RTCIceTransport transport = ice;
        if (transport == null) {
            return;
        }
        String mid = carrierMid();
        int index = carrierIndex();
        transport.selectedPair(
                pair == null
                        ? null
                        : new RTCIceCandidatePair(
                                visible(pair.local(), mid, index), visible(pair.remote(), mid, index)));
        connection.fire(transport, EventType.SELECTEDCANDIDATEPAIRCHANGE);
    }

    void onGatheringState(IceGatheringState state) {
        RTCIceTransport transport = ice;
        if (transport == null) {
            // A pool gathers before any description: told when the first one is set.
            heldComplete = state == IceGatheringState.COMPLETE;
            return;
        }
        if (state == IceGatheringState.COMPLETE) {
            onGatheringComplete(transport);
            return;
        }
        gathering(transport, RTCIceGathererState.fromWireName(state.text()));
    }

    private void onGatheringComplete(RTCIceTransport transport) {
        LocalGeneration generation = connection.negotiation().transport().generation();
        if (!generation.complete) {
            connection.negotiation().transport().onLocalCandidate(null);
        }
        // Of a generation first, then of all (webrtc-pc section 4.4.1.5): one transport, so one follows the other.
        connection.fireCandidate(
                new RTCIceCandidate(new RTCIceCandidateInit("", carrierMid(), carrierIndex(), generation.ice.ufrag())));
        gathering(transport, RTCIceGathererState.COMPLETE);
        connection.fireCandidate(null);
        connection.onGatheringComplete();
    }

    private void gathering(RTCIceTransport transport, RTCIceGathererState state) {
        boolean changed = transport.gatheringState() != state;
        transport.gatheringState(state);
        RTCIceGatheringState whole = RTCIceGatheringState.fromWireName(state.wireName());
        boolean wholeChanged = gathering != whole;
        gathering = whole;
        if (changed) {
            connection.fire(transport, EventType.GATHERINGSTATECHANGE);
        }
        if (wholeChanged) {
            connection.fire(EventType.ICEGATHERINGSTATECHANGE);
        }
    }

    void onLocalCandidate(IceCandidate candidate) {
        connection.negotiation().transport().onLocalCandidate(candidate);
        RTCIceTransport transport = ice;
        RTCIceCandidate visible = visible(candidate, carrierMid(), carrierIndex());
        if (transport == null) {
            held.add(visible);
            return;
        }
        announce(transport, visible);
    }

    /** No event says so in webrtc-pc; later descriptions leave it out. */
    void onLocalCandidateRemoved(IceCandidate candidate) {
        connection.negotiation().transport().onLocalCandidateRemoved(candidate);
        RTCIceCandidate visible = visible(candidate, carrierMid(), carrierIndex());
        held.removeIf(each -> each.candidate().equals(visible.candidate()));
        RTCIceTransport transport = ice;
        if (transport != null) {
            transport.removeLocalCandidate(visible);
        }
    }

    /** What a pool gathered before the first local description is told right after it. */
    void announceHeldCandidates() {
        RTCIceTransport transport = ice;
        if (transport == null) {
            return;
        }
        if (!held.isEmpty() || heldComplete) {
            gathering(transport, RTCIceGathererState.GATHERING);
        }
        List<RTCIceCandidate> due = List.copyOf(held);
        held.clear();
        for (RTCIceCandidate each : due) {
            announce(
                    transport,
                    new RTCIceCandidate(
                            new RTCIceCandidateInit(
                                    each.candidate(), carrierMid(), carrierIndex(), each.usernameFragment()),
                            each.url(),
                            each.relayProtocol()));
        }
        if (heldComplete) {
            heldComplete = false;
            onGatheringComplete(transport);
        }
    }

    private void announce(RTCIceTransport transport, RTCIceCandidate candidate) {
        transport.addLocalCandidate(candidate);
        connection.fireCandidate(candidate);
    }

    void onCandidateError(IceCandidateError error) {
        connection.fire(
                EventType.ICECANDIDATEERROR,
                new RTCPeerConnectionIceErrorEvent(
                        EventType.ICECANDIDATEERROR.name(),
                        connection.target(),
                        error.address(),
                        error.port() < 0 ? null : error.port(),
                        error.url(),
                        error.errorCode(),
                        error.errorText()));
    }

    // --- DTLS

    void onDtlsStarted() {
        dtlsState(RTCDtlsTransportState.CONNECTING);
    }

    void onDtlsEvent(DtlsEvent event) {
        RTCDtlsTransport transport = dtls;
        if (transport == null) {
            return;
        }
        if (event instanceof DtlsEvent.Connected connected) {
            transport.remoteCertificates(encoded(connected.peerCertificates()));
            dtlsState(RTCDtlsTransportState.CONNECTED);
        } else if (event instanceof DtlsEvent.Failed failed) {
            DtlsFailure failure = failed.failure();
            RTCErrorDetailType detail = failure.reason() == DtlsFailure.Reason.FINGERPRINT_MISMATCH
                    ? RTCErrorDetailType.FINGERPRINT_FAILURE
                    : RTCErrorDetailType.DTLS_FAILURE;
            RTCError error = RTCError.dtls(detail, failure.message(), failure.sentAlert(), failure.receivedAlert());
            connection.failedBecause(failure.message());
            dtlsFailed(transport, error);
            connection.channels().transportClosed(error);
            sctpState(RTCSctpTransportState.CLOSED);
        } else {
            dtlsState(RTCDtlsTransportState.CLOSED);
            connection.channels().transportClosed(null);
            sctpState(RTCSctpTransportState.CLOSED);
        }
    }

    private void dtlsFailed(RTCDtlsTransport transport, RTCError error) {
        transport.state(RTCDtlsTransportState.FAILED);
        Changes changes = aggregate();
        connection.fire(transport, EventType.ERROR, new RTCErrorEvent(EventType.ERROR.name(), transport, error));
        connection.fire(transport, EventType.STATECHANGE);
        announce(changes);
    }

    private void dtlsState(RTCDtlsTransportState state) {
        RTCDtlsTransport transport = dtls;
        if (transport == null || transport.state() == state) {
            return;
        }
        transport.state(state);
        Changes changes = aggregate();
        connection.fire(transport, EventType.STATECHANGE);
        announce(changes);
    }

    // --- SCTP

    void onSctpConnected(int maxChannels) {
        RTCSctpTransport association = sctp;
        if (association != null) {
            association.maxChannels(maxChannels);
            sctpState(RTCSctpTransportState.CONNECTED);
        }
    }

    void onSctpClosed(String why, OptionalInt causeCode, boolean failed) {
        connection.channels().transportClosed(failed ? RTCError.sctp(why, causeCode) : null);
        sctpState(RTCSctpTransportState.CLOSED);
    }

    private void sctpState(RTCSctpTransportState state) {
        RTCSctpTransport association = sctp;
        if (association != null && association.state() != state) {
            association.state(state);
            connection.fire(association, EventType.STATECHANGE);
        }
    }

    /** close() of the connection: states change, no event fires (webrtc-pc section 4.4.1.4). */
    void closed() {
        RTCIceTransport iceTransport = ice;
        RTCDtlsTransport dtlsTransport = dtls;
        RTCSctpTransport association = sctp;
        if (association != null) {
            association.state(RTCSctpTransportState.CLOSED);
        }
        if (dtlsTransport != null) {
            dtlsTransport.state(RTCDtlsTransportState.CLOSED);
        }
        if (iceTransport != null) {
            iceTransport.state(RTCIceTransportState.CLOSED);
        }
    }

    // --- the connection's states

    private record Changes(boolean connection, boolean ice) {}

    private Changes aggregate() {
        RTCIceTransport iceTransport = ice;
        RTCDtlsTransport dtlsTransport = dtls;
        RTCIceTransportState iceState = iceTransport == null ? RTCIceTransportState.NEW : iceTransport.state();
        RTCDtlsTransportState dtlsState = dtlsTransport == null ? RTCDtlsTransportState.NEW : dtlsTransport.state();
        RTCPeerConnectionState whole = ConnectionStates.connection(false, iceTransport != null, iceState, dtlsState);
        RTCIceConnectionState wholeIce = ConnectionStates.ice(false, iceTransport != null, iceState);
        Changes changes = new Changes(whole != connectionState, wholeIce != iceConnectionState);
        connectionState = whole;
        iceConnectionState = wholeIce;
        return changes;
    }

    private void announce(Changes changes) {
        RTCPeerConnectionState state = connectionState;
        if (changes.ice()) {
            connection.fire(EventType.ICECONNECTIONSTATECHANGE);
        }
        if (changes.connection()) {
            connection.onConnectionState(state);
            connection.fire(EventType.CONNECTIONSTATECHANGE);
        }
    }

    // --- pieces

    private int carrierIndex() {
        Described local = connection.negotiation().model().local();
        return local == null || local.carrier() < 0 ? 0 : local.carrier();
    }

    private String carrierMid() {
        Described local = connection.negotiation().model().local();
        if (local == null || local.carrier() < 0) {
            return "";
        }
        MediaDescription section = local.parsed().media().get(local.carrier());
        return section.mid().orElse("");
    }

    private static RTCIceCandidate visible(IceCandidate candidate, String mid, int index) {
        String relay = candidate.relayProtocol();
        return new RTCIceCandidate(
                new RTCIceCandidateInit(CandidateText.write(candidate).text(), mid, index, candidate.ufrag()),
                candidate.url(),
                relay == null ? null : RTCIceServerTransportProtocol.fromWireName(relay));
    }

    private static List<byte[]> encoded(List<X509Certificate> chain) {
        List<byte[]> encoded = new ArrayList<>();
        for (X509Certificate each : chain) {
            try {
                encoded.add(each.getEncoded());
            } catch (CertificateEncodingException unreadable) {
                // DTLS has parsed it from these very bytes.
                throw new IllegalStateException("A certificate of the handshake cannot be encoded", unreadable);
            }
        }
        return List.copyOf(encoded);
    }
}
