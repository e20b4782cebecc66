package org.webrtc4j;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.SignalingModel.Described;
import org.webrtc4j.jsep.SectionWish;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Msid;
import org.webrtc4j.sdp.SessionDescription;

/**
 * Tells whether transceivers want something else than was negotiated: "check if negotiation is needed" of webrtc-pc
 * section 4.7.3, step 5. A function of values.
 */
final class NegotiationNeed {

    private NegotiationNeed() {}

    /**
     * Checks one transceiver.
     *
     * @param wish what it wants
     * @param ended whether it was stopped on both sides already
     * @param local the local description of the last exchange
     * @param remote the remote one
     */
    static boolean of(SectionWish wish, boolean ended, @Nullable Described local, @Nullable Described remote) {
        if (wish.stopped() && !ended) {
            return true;
        }
        if (local == null
                || remote == null
                || wish.index() < 0
                || wish.index() >= local.parsed().media().size()) {
            return !ended;
        }
        SessionDescription ours = local.parsed();
        SessionDescription theirs = remote.parsed();
        MediaDescription section = ours.media().get(wish.index());
        MediaDescription counterpart = theirs.media().get(wish.index());
        if (ended) {
            return !section.isRejected() && !counterpart.isRejected();
        }
        if (wish.direction().sends() && !streams(section).equals(new LinkedHashSet<>(wish.streamIds()))) {
            return true;
        }
        Direction negotiated = ours.direction(section);
        Direction opposite = theirs.direction(counterpart).reversed();
        return local.type() == RTCSdpType.OFFER
                ? negotiated != wish.direction() && opposite != wish.direction()
                : negotiated != wish.direction().intersect(opposite);
    }

    /** The streams of a section; one that does not exist where no a=msid line is there at all. */
    private static Set<String> streams(MediaDescription section) {
        List<Msid> lines = section.msids();
        Set<String> streams = new LinkedHashSet<>();
        if (lines.isEmpty()) {
            streams.add("");
        }
        lines.stream()
                .map(Msid::streamId)
                .filter(each -> !each.equals(Msid.NO_STREAM))
                .forEach(streams::add);
        return streams;
    }
}
