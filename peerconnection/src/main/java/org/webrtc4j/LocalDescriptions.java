package org.webrtc4j;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.jsep.AnswerBuilder;
import org.webrtc4j.jsep.BundlePolicy;
import org.webrtc4j.jsep.DtlsRoles;
import org.webrtc4j.jsep.OfferBuilder;
import org.webrtc4j.jsep.OfferRequest;
import org.webrtc4j.jsep.RefusedDescription;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;

/** Makes the offers and answers of {@link Negotiation} from what transceivers, channels and transport are now. */
final class LocalDescriptions {

    private final Connection connection;
    private final Negotiation negotiation;
    private final TransportExchange transport;
    private final MediaExchange media;
    private final long sessionId;
    private final Set<String> usedMids = new HashSet<>();

    /** What createOffer or createAnswer made, and what applying it will mean. */
    record Created(
            String sdp,
            SessionDescription parsed,
            int data,
            int carrier,
            LocalGeneration generation,
            List<RTCRtpTransceiver> transceivers,
            List<Integer> sections) {}

    LocalDescriptions(
            Connection connection, Negotiation negotiation, TransportExchange transport, MediaExchange media) {
        this.connection = connection;
        this.negotiation = negotiation;
        this.transport = transport;
        this.media = media;
        this.sessionId = connection.random().nextLong() >>> 2;
    }

    private SignalingModel model() {
        return negotiation.model();
    }

    Created offer(boolean iceRestart) {
        LocalGeneration generation = transport.offered(iceRestart);
        MediaExchange.Wishes wishes = media.wishes();
        OfferBuilder.Built built = OfferBuilder.build(new OfferRequest(
                origin(),
                model().localText(),
                model().remoteText(),
                negotiation.liveData(),
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

    Created answer() {
        Described remote = model().pendingRemote();
        if (remote == null
                || (model().state() != RTCSignalingState.HAVE_REMOTE_OFFER
                        && model().state() != RTCSignalingState.HAVE_LOCAL_PRANSWER)) {
            throw DOMException.invalidState("No answer can be made in state " + model().state());
        }
        AnswerBuilder builder = new AnswerBuilder(remote.parsed(), media.answering(remote.parsed()), model().inUse());
        LocalGeneration generation = transport.generation();
        Setup setup = Setup.ACTIVE;
        if (builder.carrier() >= 0) {
            RemoteTransport offered = TransportExchange.read(remote, builder.carrier(), builder.data());
            setup = setup(offered);
            generation = transport.answered(offered);
        }
        SessionDescription answer = builder.write(origin(), setup, transport.text(generation));
        return new Created(answer.write(), answer, builder.data(), builder.carrier(), generation, List.of(), List.of());
    }

    private Setup setup(RemoteTransport offered) {
        try {
            return DtlsRoles.answerSetup(offered, transport.dtlsRole());
        } catch (RefusedDescription refused) {
            throw DOMException.invalidAccess(String.valueOf(refused.getMessage()));
        }
    }

    private boolean wantsData() {
        Described pending = model().pendingLocal();
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
        SessionDescription current = model().localText();
        long version = current == null ? 1 : Long.parseLong(current.origin().sessionVersion()) + 1;
        return Origin.anonymous(sessionId, version);
    }

    /** A description of either side was applied: its identifications are not given to new sections any more. */
    void use(SessionDescription description) {
        description.media().forEach(each -> each.mid().ifPresent(usedMids::add));
    }

    /** Identifications that no applied description of either side names, each given once. */
    Supplier<String> newMids() {
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
