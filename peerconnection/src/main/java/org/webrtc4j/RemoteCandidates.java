package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.jsep.CandidateText;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sdp.Candidate;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SdpException;
import org.webrtc4j.sdp.SessionDescription;

/** Takes the candidates that signalling brings after a description (webrtc-pc section 4.4.2, addIceCandidate). */
final class RemoteCandidates {

    private final Connection connection;
    private final Negotiation negotiation;

    RemoteCandidates(Connection connection, Negotiation negotiation) {
        this.connection = connection;
        this.negotiation = negotiation;
    }

    void add(RTCIceCandidateInit init) {
        SignalingModel model = negotiation.model();
        Described remote = model.remote();
        if (remote == null) {
            throw DOMException.invalidState("A candidate needs a remote description before it");
        }
        MediaDescription section = section(remote.parsed(), init);
        Described owner = owner(model, remote, init);
        Candidate candidate = init.candidate().isEmpty() ? null : parse(init.candidate());
        boolean everySection = init.candidate().isEmpty() && section == null;
        if (owner.carrier() < 0) {
            return;
        }
        SessionDescription description = owner.parsed();
        MediaDescription carrier = description.media().get(owner.carrier());
        MediaDescription named = section == null ? carrier : counterpart(description, section, remote.parsed());
        if (!everySection && !RemoteTransport.carries(description, carrier, named)) {
            return;
        }
        String ufrag = TransportExchange.read(owner).ice().ufrag();
        negotiation.transport().onRemoteCandidate(ufrag, candidate);
        apply(model, owner, ufrag, candidate, init);
    }

    /** Candidates of an offer that was not answered yet stay in its text, and reach the agent with it. */
    private void apply(
            SignalingModel model,
            Described owner,
            String ufrag,
            @Nullable Candidate candidate,
            RTCIceCandidateInit init) {
        boolean joined = owner.equals(model.currentRemote())
                || owner.type() == RTCSdpType.PRANSWER
                || model.state() == RTCSignalingState.HAVE_LOCAL_PRANSWER;
        if (!joined) {
            return;
        }
        if (candidate == null) {
            connection.driver().execute(() -> connection.driver().ice().endOfRemoteCandidates(ufrag));
            return;
        }
        Optional<IceCandidate> usable = CandidateText.read(candidate, ufrag);
        if (usable.isPresent()) {
            connection.transports().addRemoteCandidate(init);
            connection.driver().execute(() -> connection.driver().ice().addRemoteCandidate(usable.get()));
        }
    }

    private static @Nullable MediaDescription section(SessionDescription remote, RTCIceCandidateInit init) {
        String mid = init.sdpMid();
        if (mid != null) {
            return remote.mediaByMid(mid)
                    .orElseThrow(() -> DOMException.operation("The remote description has no section with mid " + mid));
        }
        Integer index = init.sdpMLineIndex();
        if (index == null) {
            return null;
        }
        if (index < 0 || index >= remote.media().size()) {
            throw DOMException.operation("The remote description has no section " + index);
        }
        return remote.media().get(index);
    }

    /** The description whose generation the candidate belongs to. */
    private static Described owner(SignalingModel model, Described latest, RTCIceCandidateInit init) {
        String ufrag = init.usernameFragment();
        if (ufrag == null) {
            return latest;
        }
        List<Described> applied = new ArrayList<>();
        applied.add(latest);
        Described current = model.currentRemote();
        if (current != null) {
            applied.add(current);
        }
        for (Described each : applied) {
            for (MediaDescription section : each.parsed().media()) {
                if (each.parsed().iceUfrag(section).orElse("").equals(ufrag)) {
                    return each;
                }
            }
        }
        throw DOMException.operation("No remote description has the ICE user fragment of this candidate");
    }

    private static MediaDescription counterpart(
            SessionDescription owner, MediaDescription section, SessionDescription latest) {
        if (owner.equals(latest)) {
            return section;
        }
        int index = latest.media().indexOf(section);
        return index >= 0 && index < owner.media().size() ? owner.media().get(index) : section;
    }

    private static Candidate parse(String text) {
        try {
            return Candidate.parse(text);
        } catch (SdpException unreadable) {
            throw DOMException.operation("The candidate cannot be read: " + unreadable.getMessage());
        }
    }
}
