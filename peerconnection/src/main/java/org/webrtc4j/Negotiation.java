package org.webrtc4j;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.LocalDescriptions.Created;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.driver.MediaEnds;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.jsep.DescriptionRules;
import org.webrtc4j.jsep.DescriptionRules.Checked;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.jsep.RefusedDescription;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sdp.SdpException;
import org.webrtc4j.sdp.SdpLimits;
import org.webrtc4j.sdp.SessionDescription;

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
    private final LocalDescriptions making;

    private volatile SignalingModel model = SignalingModel.INITIAL;
    private volatile @Nullable Boolean canTrickle;

    private @Nullable Created lastOffer;
    private @Nullable Created lastAnswer;
    private MediaPlan plan = MediaPlan.NONE;
    private int liveData = -1;
    private boolean negotiationNeeded;
    private boolean checkOnEmptyChain;

    Negotiation(Connection connection) {
        this.connection = connection;
        this.chain = new OperationsChain(connection.place(), connection::isClosed, this::onChainEmpty);
        this.transport = new TransportExchange(connection, this);
        this.media = new MediaExchange(connection.media());
        this.making = new LocalDescriptions(connection, this, transport, media);
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

    /** The index of the data section in use, or -1. */
    int liveData() {
        return liveData;
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
            Created made = making.offer(iceRestart);
            lastOffer = made;
            return RTCSessionDescriptionInit.offer(made.sdp());
        });
    }

    CompletableFuture<RTCSessionDescriptionInit> createAnswer() {
        return chain.chain(() -> {
            Created made = making.answer();
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

    // --- applying descriptions

    private void setLocal(RTCSdpType type, String sdp) {
        if (type == RTCSdpType.ROLLBACK) {
            rollback();
            return;
        }
        model.afterLocal(type);
        boolean offer = type == RTCSdpType.OFFER;
        Created created =
                sdp.isEmpty() ? (offer ? making.offer(false) : making.answer()) : (offer ? lastOffer : lastAnswer);
        if (created == null || (!sdp.isEmpty() && !created.sdp().equals(sdp))) {
            throw DOMException.invalidModification(
                    "setLocalDescription takes only what create" + (offer ? "Offer" : "Answer") + " last gave");
        }
        Described described = Described.of(type, created.parsed(), created.data(), created.carrier());
        making.use(created.parsed());
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
        making.use(parsed);
        Described described = Described.of(type, parsed, checked.data(), checked.carrier());
        Described offer = model.pendingLocal();
        RTCSignalingState before = model.state();
        model = model.withRemote(described);
        MediaChanges changes = media.changes();
        if (type == RTCSdpType.OFFER) {
            media.remoteOffer(parsed, making.newMids(), changes);
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
}
