package org.webrtc4j;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.jsep.CandidateText;
import org.webrtc4j.jsep.DescriptionRules;
import org.webrtc4j.jsep.DescriptionWriter;
import org.webrtc4j.jsep.LocalTransport;
import org.webrtc4j.jsep.RefusedDescription;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sdp.Candidate;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.SdpException;
import org.webrtc4j.sdp.SdpLimits;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;

/**
 * Offer and answer of one connection (RFC 9429): makes descriptions, applies them, and tells the driver what they mean.
 *
 * <p>Everything but the getters runs in the event place, most of it as an operation of the chain.
 */
final class Negotiation {

    private static final int SCTP_PORT = 5_000;

    private final Connection connection;
    private final OperationsChain chain;
    private final long sessionId;
    private final Set<String> usedMids = new HashSet<>();

    private volatile SignalingModel model = SignalingModel.INITIAL;
    private volatile @Nullable Boolean canTrickle;

    /** The W3C's [[LocalIceCredentialsToReplace]]: restartIce was called and no exchange has replaced them yet. */
    private volatile boolean restartRequested;

    private @Nullable LocalGeneration local;
    private @Nullable Created lastOffer;
    private @Nullable Created lastAnswer;
    private @Nullable IceParameters joinedIce;
    private @Nullable DtlsRole dtlsRole;
    private @Nullable IceRole iceRole;
    private int liveData = -1;
    private boolean negotiationNeeded;
    private boolean checkOnEmptyChain;

    /** What createOffer or createAnswer made, and what applying it will mean. */
    private record Created(String sdp, SessionDescription parsed, int dataIndex, LocalGeneration generation) {}

    Negotiation(Connection connection) {
        this.connection = connection;
        this.chain = new OperationsChain(connection.place(), connection::isClosed, this::onChainEmpty);
        this.sessionId = connection.random().nextLong() >>> 2;
    }

    SignalingModel model() {
        return model;
    }

    @Nullable
    Boolean canTrickle() {
        return canTrickle;
    }

    @Nullable
    DtlsRole dtlsRole() {
        return dtlsRole;
    }

    CompletableFuture<RTCSessionDescriptionInit> createOffer(boolean iceRestart) {
        return chain.chain(() -> {
            if (model.state() != RTCSignalingState.STABLE && model.state() != RTCSignalingState.HAVE_LOCAL_OFFER) {
                throw DOMException.invalidState("No offer can be made in state " + model.state());
            }
            Created made = makeOffer(iceRestart);
            lastOffer = made;
            return RTCSessionDescriptionInit.offer(made.sdp());
        });
    }

    CompletableFuture<RTCSessionDescriptionInit> createAnswer() {
        return chain.chain(() -> {
            Created made = makeAnswer();
            lastAnswer = made;
            return RTCSessionDescriptionInit.answer(made.sdp());
        });
    }

    CompletableFuture<@Nullable Void> setLocalDescription(@Nullable RTCSdpType type, String sdp) {
        return chain.chain(() -> {
            setLocal(type == null ? model.implicitType() : type, sdp);
            return null;
        });
    }

    CompletableFuture<@Nullable Void> setRemoteDescription(RTCSdpType type, String sdp) {
        return chain.chain(() -> {
            setRemote(type, sdp);
            return null;
        });
    }

    CompletableFuture<@Nullable Void> addIceCandidate(RTCIceCandidateInit init) {
        return chain.chain(() -> {
            new RemoteCandidates(connection, this).add(init);
            return null;
        });
    }

    void restartIce() {
        connection.place().execute(() -> {
            restartRequested = true;
            updateNegotiationNeeded();
        });
    }

    // --- local descriptions

    private Created makeOffer(boolean iceRestart) {
        LocalGeneration generation = generation();
        boolean sameAsAnswered = joinedIce != null && generation.replaced == null;
        if (sameAsAnswered && (iceRestart || restartRequested)) {
            generation = new LocalGeneration(connection.drawIce(), generation);
        }
        Described current = model.currentLocal();
        SessionDescription offer = DescriptionWriter.offer(
                origin(),
                current == null ? null : current.parsed(),
                liveData,
                wantsData(),
                this::newMid,
                text(generation));
        return new Created(offer.write(), offer, DescriptionWriter.dataSection(offer), generation);
    }

    private Created makeAnswer() {
        Described remote = model.pendingRemote();
        if (remote == null
                || (model.state() != RTCSignalingState.HAVE_REMOTE_OFFER
                        && model.state() != RTCSignalingState.HAVE_LOCAL_PRANSWER)) {
            throw DOMException.invalidState("No answer can be made in state " + model.state());
        }
        LocalGeneration generation = generation();
        Setup setup = Setup.ACTIVE;
        if (remote.dataIndex() >= 0) {
            RemoteTransport transport = read(remote);
            setup = DescriptionRules.answerSetup(transport, dtlsRole);
            IceParameters before = joinedIce;
            boolean restarted = before != null && !sameCredentials(before, transport.ice());
            if (restarted && generation.replaced == null) {
                // The answer to a restart has new credentials too (RFC 8839 section 4.4.3.1.1).
                generation = new LocalGeneration(connection.drawIce(), generation);
            }
        }
        SessionDescription answer =
                DescriptionWriter.answer(origin(), remote.parsed(), remote.dataIndex(), setup, text(generation));
        return new Created(answer.write(), answer, remote.dataIndex(), generation);
    }

    private void setLocal(RTCSdpType type, String sdp) {
        if (type == RTCSdpType.ROLLBACK) {
            rollback();
            return;
        }
        model.afterLocal(type);
        boolean offer = type == RTCSdpType.OFFER;
        Created created = sdp.isEmpty() ? (offer ? makeOffer(false) : makeAnswer()) : (offer ? lastOffer : lastAnswer);
        if (created == null || (!sdp.isEmpty() && !created.sdp().equals(sdp))) {
            throw DOMException.invalidModification(
                    "setLocalDescription takes only what create" + (offer ? "Offer" : "Answer") + " last gave");
        }
        Described described = Described.of(type, created.parsed(), created.dataIndex());
        described.parsed().media().forEach(each -> each.mid().ifPresent(usedMids::add));
        RTCSignalingState before = model.state();
        model = model.withLocal(described);
        if (created.dataIndex() >= 0) {
            adopt(created.generation());
            if (!offer) {
                Described remote = model.remote();
                if (remote != null) {
                    join(read(remote), false);
                }
            }
            connection.gather();
        }
        finish(type, before, created.dataIndex());
        connection.transports().announceHeldCandidates();
    }

    /** Makes a generation the local one; the agent follows. */
    private void adopt(LocalGeneration generation) {
        LocalGeneration before = local;
        local = generation;
        connection.transports().create();
        connection.transports().localGeneration(generation);
        if (before != null && before != generation) {
            connection.driver().execute(() -> connection.driver().restartIce(generation.ice));
        } else {
            connection.createAgent(generation.ice);
        }
    }

    // --- remote descriptions

    private void setRemote(RTCSdpType type, String sdp) {
        if (type == RTCSdpType.ROLLBACK) {
            rollback();
            return;
        }
        SessionDescription parsed = parse(sdp);
        boolean implicitRollback = model.rollsBackFor(type);
        SignalingModel base = implicitRollback ? model.rolledBack() : model;
        base.afterRemote(type);
        int data = check(type, base, parsed);
        if (implicitRollback) {
            rollback();
        }
        Described described = Described.of(type, parsed, data);
        parsed.media().forEach(each -> each.mid().ifPresent(usedMids::add));
        RTCSignalingState before = model.state();
        model = model.withRemote(described);
        if (data >= 0) {
            RemoteTransport transport = read(described);
            canTrickle = transport.ice().trickle();
            if (type != RTCSdpType.OFFER) {
                join(transport, true);
            }
        }
        finish(type, before, data);
    }

    private SessionDescription parse(String sdp) {
        int limit = connection.limits().maxSdpChars();
        if (sdp.length() > limit) {
            throw RTCError.sdpSyntax(1, "The description has more than " + limit + " characters");
        }
        try {
            return SessionDescription.parse(sdp, SdpLimits.DEFAULT);
        } catch (SdpException unreadable) {
            throw RTCError.sdpSyntax(unreadable.line(), String.valueOf(unreadable.getMessage()));
        }
    }

    private int check(RTCSdpType type, SignalingModel base, SessionDescription parsed) {
        try {
            if (type == RTCSdpType.OFFER) {
                Described current = base.currentRemote();
                return DescriptionRules.checkOffer(
                        parsed, current == null ? null : current.parsed(), liveData, dtlsRole);
            }
            Described offer = base.pendingLocal();
            if (offer == null) {
                throw DOMException.invalidState("There is no offer to answer");
            }
            return DescriptionRules.checkAnswer(parsed, offer.parsed(), offer.dataIndex(), dtlsRole);
        } catch (RefusedDescription refused) {
            throw DOMException.invalidAccess(String.valueOf(refused.getMessage()));
        }
    }

    static RemoteTransport read(Described description) {
        try {
            return RemoteTransport.read(
                    description.parsed(), description.parsed().media().get(description.dataIndex()));
        } catch (RefusedDescription refused) {
            throw DOMException.invalidAccess(String.valueOf(refused.getMessage()));
        }
    }

    /** Both sides of the transport are described now: the driver may connect. */
    private void join(RemoteTransport remote, boolean offerer) {
        DtlsRole role = dtlsRole;
        if (role == null) {
            role = offerer
                    ? DescriptionRules.offererRole(remote, null)
                    : DescriptionRules.answerSetup(remote, null) == Setup.ACTIVE ? DtlsRole.CLIENT : DtlsRole.SERVER;
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
        connection.channels().assignIds(role == DtlsRole.CLIENT);
    }

    // --- both

    private void finish(RTCSdpType type, RTCSignalingState before, int data) {
        if (type == RTCSdpType.ANSWER) {
            LocalGeneration generation = local;
            if (generation != null && generation.replaced != null) {
                generation.replaced = null;
                restartRequested = false;
            }
            boolean ended = liveData >= 0 && data < 0;
            liveData = data;
            lastOffer = null;
            lastAnswer = null;
            if (ended || data < 0) {
                connection.channels().rejected();
            }
        }
        if (model.state() != before) {
            connection.fire(EventType.SIGNALINGSTATECHANGE);
        }
        if (model.state() == RTCSignalingState.STABLE) {
            negotiationNeeded = false;
            updateNegotiationNeeded();
        }
    }

    private void rollback() {
        model = model.rolledBack();
        LocalGeneration generation = local;
        if (generation != null && generation.replaced != null) {
            local = generation.replaced;
            connection.transports().localGeneration(generation.replaced);
            connection.driver().execute(() -> connection.driver().cancelRestart());
            restartRequested = true;
        }
        lastOffer = null;
        lastAnswer = null;
        connection.fire(EventType.SIGNALINGSTATECHANGE);
        negotiationNeeded = false;
        updateNegotiationNeeded();
    }

    // --- negotiation needed (webrtc-pc section 4.7.3)

    /** Callable from any thread: the decision is a task of the place. */
    void updateNegotiationNeeded() {
        connection.place().execute(() -> {
            if (connection.isClosed()) {
                return;
            }
            if (!chain.isEmpty()) {
                checkOnEmptyChain = true;
                return;
            }
            if (model.state() != RTCSignalingState.STABLE) {
                return;
            }
            boolean needed = restartRequested || (connection.channels().anyCreated() && liveData < 0);
            if (!needed) {
                negotiationNeeded = false;
            } else if (!negotiationNeeded) {
                negotiationNeeded = true;
                connection.fire(EventType.NEGOTIATIONNEEDED);
            }
        });
    }

    private void onChainEmpty() {
        if (checkOnEmptyChain) {
            checkOnEmptyChain = false;
            updateNegotiationNeeded();
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
        model = model.withLocalTexts(
                grown(model.currentLocal(), ufrag, added, candidate == null),
                grown(model.pendingLocal(), ufrag, added, candidate == null));
    }

    /** Whether a local description is set and nothing will be added to it. */
    boolean isGatheringComplete() {
        LocalGeneration generation = local;
        return model.local() != null && generation != null && generation.complete;
    }

    /** A remote candidate was signalled, or null when there are no more. */
    void onRemoteCandidate(String ufrag, @Nullable Candidate candidate) {
        List<Candidate> added = candidate == null ? List.of() : List.of(candidate);
        model = model.withRemoteTexts(
                grown(model.currentRemote(), ufrag, added, candidate == null),
                grown(model.pendingRemote(), ufrag, added, candidate == null));
    }

    private static @Nullable Described grown(
            @Nullable Described described, String ufrag, List<Candidate> candidates, boolean complete) {
        if (described == null || described.dataIndex() < 0) {
            return described;
        }
        MediaDescription section = described.parsed().media().get(described.dataIndex());
        if (!described.parsed().iceUfrag(section).orElse(ufrag).equals(ufrag)) {
            return described;
        }
        return described.with(
                DescriptionWriter.withCandidates(described.parsed(), described.dataIndex(), candidates, complete));
    }

    // --- pieces

    /** The current generation, drawn at first need. */
    LocalGeneration generation() {
        LocalGeneration generation = local;
        if (generation == null) {
            generation = new LocalGeneration(connection.drawIce(), null);
            local = generation;
        }
        return generation;
    }

    private boolean wantsData() {
        Described pending = model.pendingLocal();
        return connection.channels().anyCreated()
                || connection.configuration().alwaysNegotiateDataChannels()
                || (pending != null && pending.dataIndex() >= 0);
    }

    private LocalTransport text(LocalGeneration generation) {
        return new LocalTransport(
                generation.ice,
                connection.certificate().certificate().fingerprints(),
                generation.candidates(),
                generation.complete,
                SCTP_PORT,
                connection.limits().maxMessageBytes());
    }

    /** The version grows by one with each description that is applied (RFC 9429 section 5.2.2). */
    private Origin origin() {
        Described current = model.currentLocal();
        long version =
                current == null ? 1 : Long.parseLong(current.parsed().origin().sessionVersion()) + 1;
        return Origin.anonymous(sessionId, version);
    }

    /** An identification counts as used when a description that names it was applied, by either side. */
    private String newMid() {
        int next = 0;
        while (usedMids.contains(Integer.toString(next))) {
            next++;
        }
        return Integer.toString(next);
    }

    private static boolean sameCredentials(IceParameters a, IceParameters b) {
        return a.ufrag().equals(b.ufrag()) && a.pwd().equals(b.pwd());
    }
}
