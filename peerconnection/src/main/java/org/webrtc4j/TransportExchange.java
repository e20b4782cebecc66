package org.webrtc4j;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.jsep.CandidateLines;
import org.webrtc4j.jsep.CandidateText;
import org.webrtc4j.jsep.DtlsRoles;
import org.webrtc4j.jsep.LocalTransport;
import org.webrtc4j.jsep.RefusedDescription;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sdp.Candidate;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Setup;

/**
 * What descriptions mean for the one transport: ICE generations and their candidates, roles, joining both sides. Part of
 * {@link Negotiation}, in the event place.
 */
final class TransportExchange {

    private static final int SCTP_PORT = 5_000;

    private final Connection connection;
    private final Negotiation negotiation;

    /** The W3C's [[LocalIceCredentialsToReplace]]: restartIce was called and no exchange has replaced them yet. */
    private boolean restartRequested;

    private @Nullable LocalGeneration local;
    private @Nullable IceParameters joinedIce;
    private volatile @Nullable DtlsRole dtlsRole;
    private @Nullable IceRole iceRole;

    TransportExchange(Connection connection, Negotiation negotiation) {
        this.connection = connection;
        this.negotiation = negotiation;
    }

    @Nullable
    DtlsRole dtlsRole() {
        return dtlsRole;
    }

    boolean isRestartRequested() {
        return restartRequested;
    }

    void requestRestart() {
        restartRequested = true;
    }

    // --- generations

    /** The current generation, drawn at first need. */
    LocalGeneration generation() {
        LocalGeneration generation = local;
        if (generation == null) {
            generation = new LocalGeneration(connection.firstIce(), null);
            local = generation;
        }
        return generation;
    }

    /** The generation that an offer speaks of. */
    LocalGeneration offered(boolean iceRestart) {
        LocalGeneration generation = generation();
        boolean sameAsAnswered = joinedIce != null && generation.replaced == null;
        return sameAsAnswered && (iceRestart || restartRequested)
                ? new LocalGeneration(connection.drawIce(), generation)
                : generation;
    }

    /** The generation that the answer to an offer speaks of: a new one for a restart (RFC 8839 section 4.4.3.1.1). */
    LocalGeneration answered(RemoteTransport offer) {
        LocalGeneration generation = generation();
        IceParameters before = joinedIce;
        boolean restarted = before != null
                && !(before.ufrag().equals(offer.ice().ufrag())
                        && before.pwd().equals(offer.ice().pwd()));
        return restarted && generation.replaced == null
                ? new LocalGeneration(connection.drawIce(), generation)
                : generation;
    }

    LocalTransport text(LocalGeneration generation) {
        return new LocalTransport(
                generation.ice,
                connection.certificate().certificate().fingerprints(),
                generation.candidates(),
                generation.complete,
                SCTP_PORT,
                connection.limits().maxMessageBytes(),
                connection.sctpInit());
    }

    /** Makes a generation the local one; the agent follows. */
    void adopt(LocalGeneration generation) {
        LocalGeneration before = local;
        local = generation;
        connection.transports().create();
        connection.transports().localGeneration(generation);
        if (before != null && before != generation) {
            connection.driver().execute(() -> connection.driver().ice().restart(generation.ice));
        } else {
            connection.createAgent(generation.ice);
        }
    }

    /** The exchange is complete: there is no way back to the generation before. */
    void settle() {
        LocalGeneration generation = local;
        if (generation != null && generation.replaced != null) {
            generation.replaced = null;
            restartRequested = false;
        }
    }

    void rollback() {
        LocalGeneration generation = local;
        if (generation != null && generation.replaced != null) {
            local = generation.replaced;
            connection.transports().localGeneration(generation.replaced);
            connection.driver().execute(() -> connection.driver().ice().cancelRestart());
            restartRequested = true;
        }
    }

    // --- joining

    static RemoteTransport read(Described description) {
        return read(description, description.carrier(), description.dataIndex());
    }

    static RemoteTransport read(Described description, int carrier, int data) {
        try {
            return RemoteTransport.read(description.parsed(), carrier, data);
        } catch (RefusedDescription refused) {
            throw DOMException.invalidAccess(String.valueOf(refused.getMessage()));
        }
    }

    /** Both sides of the transport are described now: the driver may connect. */
    void join(RemoteTransport remote, boolean offerer) {
        DtlsRole role = dtlsRole;
        if (role == null) {
            role = offerer
                    ? DtlsRoles.offererRole(remote, null)
                    : DtlsRoles.answerSetup(remote, null) == Setup.ACTIVE ? DtlsRole.CLIENT : DtlsRole.SERVER;
            dtlsRole = role;
        }
        if (iceRole == null) {
            // RFC 8445 section 6.1.1: a full agent controls a lite one, else the offerer controls.
            boolean weAreLite = generation().ice.lite();
            boolean controls = remote.ice().lite() == weAreLite ? offerer : !weAreLite;
            iceRole = controls ? IceRole.CONTROLLING : IceRole.CONTROLLED;
        }
        IceRole iceRoleNow = iceRole;
        joinedIce = remote.ice();
        connection.transports().join(remote);
        DtlsRole dtlsRoleNow = role;
        connection.driver().execute(() -> connection.driver().join(remote, iceRoleNow, dtlsRoleNow));
        if (remote.hasData()) {
            connection.channels().assignIds(role == DtlsRole.CLIENT);
        }
    }

    // --- candidates

    /** A local candidate was gathered, or null when there are no more; both local descriptions of its generation grow. */
    void onLocalCandidate(@Nullable IceCandidate candidate) {
        LocalGeneration generation = local;
        if (generation == null || (candidate != null && !generation.ice.ufrag().equals(candidate.ufrag()))) {
            return;
        }
        if (candidate == null) {
            generation.complete = true;
        } else {
            generation.add(candidate);
        }
        List<Candidate> added = candidate == null ? List.of() : List.of(CandidateText.write(candidate));
        String ufrag = generation.ice.ufrag();
        SignalingModel model = negotiation.model();
        negotiation.model(model.withLocalTexts(
                grown(model.currentLocal(), ufrag, added, candidate == null),
                grown(model.pendingLocal(), ufrag, added, candidate == null)));
    }

    /** The descriptions that are set keep it: they are what was signalled. The next one does not have it. */
    void onLocalCandidateRemoved(IceCandidate candidate) {
        LocalGeneration generation = local;
        if (generation != null) {
            generation.remove(candidate);
        }
    }

    /** Whether a local description is set and nothing will be added to it. */
    boolean isGatheringComplete() {
        LocalGeneration generation = local;
        return negotiation.model().local() != null && generation != null && generation.complete;
    }

    /** A remote candidate was signalled, or null when there are no more. */
    void onRemoteCandidate(String ufrag, @Nullable Candidate candidate) {
        List<Candidate> added = candidate == null ? List.of() : List.of(candidate);
        SignalingModel model = negotiation.model();
        negotiation.model(model.withRemoteTexts(
                grown(model.currentRemote(), ufrag, added, candidate == null),
                grown(model.pendingRemote(), ufrag, added, candidate == null)));
    }

    private static @Nullable Described grown(
            @Nullable Described described, String ufrag, List<Candidate> candidates, boolean complete) {
        if (described == null || described.carrier() < 0) {
            return described;
        }
        MediaDescription section = described.parsed().media().get(described.carrier());
        if (!described.parsed().iceUfrag(section).orElse(ufrag).equals(ufrag)) {
            return described;
        }
        return described.with(
                CandidateLines.withCandidates(described.parsed(), described.carrier(), candidates, complete));
    }
}
