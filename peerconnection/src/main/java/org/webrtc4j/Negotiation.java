package org.webrtc4j;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.driver.MediaEnds;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.jsep.AnswerBuilder;
import org.webrtc4j.jsep.BundlePolicy;
import org.webrtc4j.jsep.DescriptionRules;
import org.webrtc4j.jsep.DescriptionRules.Checked;
import org.webrtc4j.jsep.DtlsRoles;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.jsep.OfferBuilder;
import org.webrtc4j.jsep.OfferRequest;
import org.webrtc4j.jsep.RefusedDescription;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.SdpException;
import org.webrtc4j.sdp.SdpLimits;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;

/**
 * Offer and answer of one connection (RFC 9429): makes descriptions, applies them, and tells transport, media and the
 * driver what they mean.
 *
 * <p>Everything but the getters runs in the event place, most of it as an operation of the chain.
 */
final class Negotiation {

    private final Connection connection;
    private final OperationsChain chain;
    private final TransportExchange transport;
    private final MediaExchange media;
    private final long sessionId;
    private final Set<String> usedMids = new HashSet<>();

    private volatile SignalingModel model = SignalingModel.INITIAL;
    private volatile @Nullable Boolean canTrickle;

    private @Nullable Created lastOffer;
    private @Nullable Created lastAnswer;
    private MediaPlan plan = MediaPlan.NONE;
    private int liveData = -1;
    private boolean negotiationNeeded;
    private boolean checkOnEmptyChain;

    /** What createOffer or createAnswer made, and what applying it will mean. */
    private record Created(
            String sdp,
            SessionDescription parsed,
            int data,
            int carrier,
            LocalGeneration generation,
            List<RTCRtpTransceiver> transceivers,
            List<Integer> sections) {}

    Negotiation(Connection connection) {
        this.connection = connection;
        this.chain = new OperationsChain(connection.place(), connection::isClosed, this::onChainEmpty);
        this.transport = new TransportExchange(connection, this);
        this.media = new MediaExchange(connection.media());
        this.sessionId = connection.random().nextLong() >>> 2;
    }

    SignalingModel model() {
        return model;
    }

    /** For candidates, which let the texts grow. */
    void model(SignalingModel grown) {
        model = grown;
    }

    TransportExchange transport() {
        return transport;
    }

    @Nullable
    Boolean canTrickle() {
        return canTrickle;
    }

    @Nullable
    DtlsRole dtlsRole() {
        return transport.dtlsRole();
    }

    /** What the driver was told last of media; in the event place. */
    MediaPlan plan() {
        return plan;
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
        return chained(() -> setLocal(type == null ? model.implicitType() : type, sdp));
    }

    CompletableFuture<@Nullable Void> setRemoteDescription(RTCSdpType type, String sdp) {
        return chained(() -> setRemote(type, sdp));
    }

    CompletableFuture<@Nullable Void> addIceCandidate(RTCIceCandidateInit init) {
        return chained(() -> new RemoteCandidates(connection, this).add(init));
    }

    /** Chains an operation that returns nothing. */
    CompletableFuture<@Nullable Void> chained(Runnable operation) {
        return chain.chain(() -> {
            operation.run();
            return null;
        });
    }

    void restartIce() {
        connection.place().execute(() -> {
            transport.requestRestart();
            updateNegotiationNeeded();
        });
    }

    // --- making descriptions

    private Created makeOffer(boolean iceRestart) {
        LocalGeneration generation = transport.offered(iceRestart);
        MediaExchange.Wishes wishes = media.wishes();
        OfferBuilder.Built built = OfferBuilder.build(new OfferRequest(
                origin(),
                model.localText(),
                model.remoteText(),
                liveData,
                wantsData(),
                wishes.wishes(),
                bundlePolicy(),
                newMids(),
                transport.text(generation)));
        SessionDescription offer = built.description();
        return new Created(
                offer.write(),
                offer,
                built.data(),
                built.carrier(),
                generation,
                wishes.transceivers(),
                built.sections());
    }

    private Created makeAnswer() {
        Described remote = model.pendingRemote();
        if (remote == null
                || (model.state() != RTCSignalingState.HAVE_REMOTE_OFFER
                        && model.state() != RTCSignalingState.HAVE_LOCAL_PRANSWER)) {
            throw DOMException.invalidState("No answer can be made in state " + model.state());
        }
        AnswerBuilder builder = new AnswerBuilder(remote.parsed(), media.answering(remote.parsed()), model.inUse());
        LocalGeneration generation = transport.generation();
        Setup setup = Setup.ACTIVE;
        if (builder.carrier() >= 0) {
            RemoteTransport offered = TransportExchange.read(remote, builder.carrier(), builder.data());
            setup = answerSetup(offered);
            generation = transport.answered(offered);
        }
        SessionDescription answer = builder.write(origin(), setup, transport.text(generation));
        return new Created(answer.write(), answer, builder.data(), builder.carrier(), generation, List.of(), List.of());
    }

    private Setup answerSetup(RemoteTransport offered) {
        try {
            return DtlsRoles.answerSetup(offered, transport.dtlsRole());
        } catch (RefusedDescription refused) {
            throw DOMException.invalidAccess(String.valueOf(refused.getMessage()));
        }
    }

    // --- applying descriptions

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
        Described described = Described.of(type, created.parsed(), created.data(), created.carrier());
        useMids(created.parsed());
        Described remote = model.remote();
        RTCSignalingState before = model.state();
        model = model.withLocal(described);
        MediaChanges changes = media.changes();
        if (offer) {
            media.localOffer(created.parsed(), created.transceivers(), created.sections());
        } else if (remote != null) {
            media.localAnswer(created.parsed(), remote.parsed(), type == RTCSdpType.ANSWER, changes);
        }
        if (created.carrier() >= 0) {
            transport.adopt(created.generation());
            if (!offer && remote != null) {
                transport.join(TransportExchange.read(remote, created.carrier(), created.data()), false);
            }
            connection.gather();
        }
        finish(type, before, created.data(), changes);
        connection.transports().announceHeldCandidates();
    }

    private void setRemote(RTCSdpType type, String sdp) {
        if (type == RTCSdpType.ROLLBACK) {
            rollback();
            return;
        }
        SessionDescription parsed = parse(sdp);
        boolean implicitRollback = model.rollsBackFor(type);
        SignalingModel base = implicitRollback ? model.rolledBack() : model;
        base.afterRemote(type);
        Checked checked = check(type, base, parsed);
        if (implicitRollback) {
            rollback();
        }
        useMids(parsed);
        Described described = Described.of(type, parsed, checked.data(), checked.carrier());
        Described offer = model.pendingLocal();
        RTCSignalingState before = model.state();
        model = model.withRemote(described);
        MediaChanges changes = media.changes();
        if (type == RTCSdpType.OFFER) {
            media.remoteOffer(parsed, newMids(), changes);
        } else if (offer != null) {
            media.remoteAnswer(parsed, offer.parsed(), checked.members(), type == RTCSdpType.ANSWER, changes);
        }
        if (checked.carrier() >= 0) {
            RemoteTransport remote = TransportExchange.read(described);
            canTrickle = remote.ice().trickle();
            if (type != RTCSdpType.OFFER) {
                transport.join(remote, true);
            }
        }
        finish(type, before, checked.data(), changes);
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

    private Checked check(RTCSdpType type, SignalingModel base, SessionDescription parsed) {
        try {
            if (type == RTCSdpType.OFFER) {
                return DescriptionRules.checkOffer(parsed, base.localText(), base.remoteText(), transport.dtlsRole());
            }
            Described offer = base.pendingLocal();
            if (offer == null) {
                throw DOMException.invalidState("There is no offer to answer");
            }
            return DescriptionRules.checkAnswer(parsed, offer.parsed(), base.inUse(), transport.dtlsRole());
        } catch (RefusedDescription refused) {
            throw DOMException.invalidAccess(String.valueOf(refused.getMessage()));
        }
    }

    /** The rest of both, and the events in the order of webrtc-pc section 4.4.1.5. */
    private void finish(RTCSdpType type, RTCSignalingState before, int data, MediaChanges changes) {
        SessionDescription local = model.localText();
        SessionDescription remote = model.remoteText();
        if (type == RTCSdpType.ANSWER && local != null && remote != null) {
            transport.settle();
            media.settle(local, remote);
            boolean refused = data < 0 && wasOffered(local, remote);
            boolean ended = liveData >= 0 && data < 0;
            liveData = data;
            lastOffer = null;
            lastAnswer = null;
            if (ended || refused) {
                connection.channels().rejected();
            }
        }
        postPlan();
        tell(before, changes);
    }

    private void tell(RTCSignalingState before, MediaChanges changes) {
        if (model.state() != before) {
            connection.fire(EventType.SIGNALINGSTATECHANGE);
        }
        changes.tell(connection);
        if (model.state() == RTCSignalingState.STABLE) {
            negotiationNeeded = false;
            updateNegotiationNeeded();
        }
    }

    /** Whether either description of an exchange asked for data. */
    private static boolean wasOffered(SessionDescription local, SessionDescription remote) {
        return DescriptionRules.dataSection(local) >= 0 || DescriptionRules.dataSection(remote) >= 0;
    }

    private void rollback() {
        RTCSignalingState before = model.state();
        boolean remoteOffer = before == RTCSignalingState.HAVE_REMOTE_OFFER;
        model = model.rolledBack();
        MediaChanges changes = media.changes();
        media.rollback(remoteOffer, changes);
        transport.rollback();
        lastOffer = null;
        lastAnswer = null;
        postPlan();
        tell(before, changes);
    }

    /** Tells the driver what media is to be like from now on; in the event place. */
    void postPlan() {
        MediaPlan next = connection.media().plan();
        if (!next.equals(plan)) {
            plan = next;
            Map<String, MediaEnds> ends = connection.media().ends();
            connection.driver().execute(() -> connection.driver().plan(next, ends));
        }
    }

    /** A transceiver was stopped, on any thread. */
    void onTransceiverStopped() {
        connection.place().execute(this::postPlan);
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
            boolean needed = transport.isRestartRequested()
                    || (connection.channels().anyCreated() && liveData < 0)
                    || media.isNegotiationNeeded(model);
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

    // --- pieces

    private boolean wantsData() {
        Described pending = model.pendingLocal();
        return connection.channels().anyCreated()
                || connection.configuration().alwaysNegotiateDataChannels()
                || (pending != null && pending.dataIndex() >= 0);
    }

    private BundlePolicy bundlePolicy() {
        return switch (connection.configuration().bundlePolicy()) {
            case BALANCED -> BundlePolicy.BALANCED;
            case MAX_COMPAT -> BundlePolicy.MAX_COMPAT;
            case MAX_BUNDLE -> BundlePolicy.MAX_BUNDLE;
        };
    }

    /** The version grows by one with each description that is applied (RFC 9429 section 5.2.2). */
    private Origin origin() {
        SessionDescription current = model.localText();
        long version = current == null ? 1 : Long.parseLong(current.origin().sessionVersion()) + 1;
        return Origin.anonymous(sessionId, version);
    }

    private void useMids(SessionDescription description) {
        description.media().forEach(each -> each.mid().ifPresent(usedMids::add));
    }

    /** Identifications that no applied description of either side names, each given once. */
    private Supplier<String> newMids() {
        Set<String> taken = new HashSet<>(usedMids);
        return () -> {
            int next = 0;
            while (!taken.add(Integer.toString(next))) {
                next++;
            }
            return Integer.toString(next);
        };
    }
}
