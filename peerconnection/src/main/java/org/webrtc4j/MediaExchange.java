package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.ExtensionSpec;
import org.webrtc4j.jsep.RemoteMedia;
import org.webrtc4j.jsep.SectionAgreement;
import org.webrtc4j.jsep.SectionWish;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SessionDescription;

/**
 * What descriptions do to transceivers (webrtc-pc section 4.4.1.5, RFC 9429 sections 5.9 to 5.11). In the event place; each
 * description is one change under the monitor of the set.
 */
final class MediaExchange {

    private static final Set<String> KINDS = Set.of("audio", "video");

    private final TransceiverSet set;

    MediaExchange(TransceiverSet set) {
        this.set = set;
    }

    /** What an offer is made of: the transceivers of now with their wishes. */
    record Wishes(List<RTCRtpTransceiver> transceivers, List<SectionWish> wishes) {}

    Wishes wishes() {
        return set.read(() -> {
            List<RTCRtpTransceiver> now = List.copyOf(set.all());
            return new Wishes(now, now.stream().map(set::wish).toList());
        });
    }

    /** For each section of a remote offer, what its transceiver wants. */
    List<Optional<SectionWish>> answering(SessionDescription offer) {
        return set.read(() -> {
            List<Optional<SectionWish>> wishes = new ArrayList<>();
            for (int i = 0; i < offer.media().size(); i++) {
                RTCRtpTransceiver transceiver = at(i);
                wishes.add(transceiver == null ? Optional.empty() : Optional.of(set.wish(transceiver)));
            }
            return wishes;
        });
    }

    boolean isNegotiationNeeded(SignalingModel model) {
        return set.read(() -> set.all().stream()
                .anyMatch(each -> NegotiationNeed.of(
                        set.wish(each), each.slots().stopped, model.currentLocal(), model.currentRemote())));
    }

    MediaChanges changes() {
        return set.read(() -> new MediaChanges(set.all()));
    }

    // --- local descriptions

    /** Our offer: each section belongs to the transceiver it was made for from here on. */
    void localOffer(SessionDescription offer, List<RTCRtpTransceiver> made, List<Integer> sections) {
        set.change(() -> {
            for (int i = 0; i < made.size(); i++) {
                if (sections.get(i) >= 0) {
                    offered(made.get(i).slots(), offer, sections.get(i));
                }
            }
        });
    }

    private static void offered(TransceiverSlots slots, SessionDescription offer, int index) {
        MediaDescription section = offer.media().get(index);
        slots.index = index;
        slots.mid = section.mid().orElse(null);
        if (slots.isEnding() || section.isRejected()) {
            return;
        }
        slots.receptive = offer.direction(section).receives();
        if (slots.receptive) {
            slots.agreement = slots.agreement.awaiting(offer, section);
        }
    }

    void localAnswer(SessionDescription answer, SessionDescription offer, boolean complete, MediaChanges changes) {
        set.change(() -> {
            for (RTCRtpTransceiver each : List.copyOf(set.all())) {
                TransceiverSlots slots = each.slots();
                if (!slots.isAssociated() || slots.index >= answer.media().size() || slots.stopped) {
                    continue;
                }
                MediaDescription ours = answer.media().get(slots.index);
                if (ours.isRejected()) {
                    reject(each, complete, changes);
                    continue;
                }
                Direction direction = answer.direction(ours);
                slots.receptive = direction.receives() && !slots.stopping;
                slots.agreement =
                        SectionAgreement.of(answer, ours, offer, offer.media().get(slots.index));
                if (!direction.receives() && slots.firedDirection.toSdp().receives()) {
                    changes.associateStreams(each.receiver(), List.of());
                    changes.mute(each.receiver().track());
                }
                settleDirection(each, direction);
                slots.firedDirection = RTCRtpTransceiverDirection.of(direction);
            }
        });
    }

    // --- remote descriptions

    void remoteOffer(SessionDescription offer, Supplier<String> newMid, MediaChanges changes) {
        set.change(() -> {
            for (int i = 0; i < offer.media().size(); i++) {
                MediaDescription section = offer.media().get(i);
                RTCRtpTransceiver transceiver = at(i);
                if (transceiver == null && KINDS.contains(section.media()) && !section.isRejected()) {
                    transceiver = associate(i, section, offer.direction(section), newMid);
                }
                if (transceiver == null || transceiver.slots().stopped) {
                    continue;
                }
                Direction direction = section.isRejected()
                        ? Direction.INACTIVE
                        : offer.direction(section).reversed();
                remoteTracks(transceiver, section, direction, changes);
                if (section.isRejected()) {
                    stop(transceiver, changes);
                } else if (direction.sends()) {
                    follow(transceiver, section);
                }
            }
        });
    }

    /** The streams that the other side asks for, of those that could be sent; RFC 9429 knows them for video only. */
    private void follow(RTCRtpTransceiver transceiver, MediaDescription section) {
        SenderSlots sender = transceiver.sender().slots();
        List<String> wanted = section.media().equals("video") ? RemoteMedia.wantedRids(section) : List.of();
        if (sender.encodings.size() > 1) {
            sender.narrow(intersection(SenderSlots.rids(sender.encodings), wanted));
        } else if (sender.isUnnamed() && !wanted.isEmpty()) {
            set.propose(sender, wanted.subList(0, Math.min(wanted.size(), SendParameters.MAX_ENCODINGS)));
        }
    }

    private static List<String> intersection(List<String> a, List<String> b) {
        return a.stream().filter(b::contains).toList();
    }

    /** Finds a transceiver for a section that is new (RFC 9429 section 5.10), or makes one. */
    private RTCRtpTransceiver associate(
            int index, MediaDescription section, Direction theirs, Supplier<String> newMid) {
        RTCRtpTransceiver found = null;
        for (RTCRtpTransceiver each : set.all()) {
            TransceiverSlots slots = each.slots();
            boolean fits = slots.kind.equals(section.media())
                    && slots.madeByAddTrack
                    && !slots.isAssociated()
                    && !slots.isEnding();
            if (found == null && fits && theirs.receives()) {
                found = each;
            }
        }
        if (found == null) {
            found = set.create(section.media(), null, RTCRtpTransceiverDirection.RECVONLY, List.of(), List.of());
            found.slots().madeByPendingOffer = true;
        }
        if (found.slots().extensions.equals(ExtensionSpec.of(section.media()))) {
            found.slots().extensions = ExtensionSpec.layered(section.media());
        }
        found.slots().index = index;
        found.slots().mid = section.mid().orElseGet(newMid);
        return found;
    }

    void remoteAnswer(
            SessionDescription answer,
            SessionDescription offer,
            Set<Integer> members,
            boolean complete,
            MediaChanges changes) {
        set.change(() -> {
            for (RTCRtpTransceiver each : List.copyOf(set.all())) {
                TransceiverSlots slots = each.slots();
                if (!slots.isAssociated() || slots.index >= answer.media().size() || slots.stopped) {
                    continue;
                }
                MediaDescription theirs = answer.media().get(slots.index);
                MediaDescription ours = offer.media().get(slots.index);
                if (!members.contains(slots.index)) {
                    remoteTracks(each, theirs, Direction.INACTIVE, changes);
                    reject(each, complete, changes);
                    continue;
                }
                Direction direction = answer.direction(theirs).reversed().intersect(offer.direction(ours));
                slots.agreement = SectionAgreement.of(offer, ours, answer, theirs);
                slots.receptive = direction.receives() && !slots.stopping;
                if (complete
                        && direction.sends()
                        && each.sender().slots().encodings.size() > 1) {
                    each.sender().slots().narrow(slots.agreement.sendRids());
                }
                remoteTracks(each, theirs, direction, changes);
                settleDirection(each, direction);
            }
        });
    }

    /** "Process remote tracks" of webrtc-pc section 5.1.1. */
    private static void remoteTracks(
            RTCRtpTransceiver transceiver, MediaDescription section, Direction direction, MediaChanges changes) {
        TransceiverSlots slots = transceiver.slots();
        boolean before = slots.firedDirection.toSdp().receives();
        slots.remoteRids = direction.receives() ? RemoteMedia.sentRids(section) : List.of();
        boolean grew = changes.associate(
                transceiver.receiver(), direction.receives() ? RemoteMedia.streamIds(section) : List.of());
        if (direction.receives() && (!before || grew)) {
            changes.announce(transceiver);
        }
        if (!direction.receives()) {
            slots.receptive = false;
            if (before) {
                changes.mute(transceiver.receiver().track());
            }
        }
        slots.firedDirection = RTCRtpTransceiverDirection.of(direction);
    }

    // --- both

    private static void settleDirection(RTCRtpTransceiver transceiver, Direction direction) {
        TransceiverSlots slots = transceiver.slots();
        slots.currentDirection = RTCRtpTransceiverDirection.of(direction);
        slots.hasSent |= direction.sends();
        transceiver.sender().slots().lastReturned = null;
    }

    private static void reject(RTCRtpTransceiver transceiver, boolean complete, MediaChanges changes) {
        transceiver.slots().receptive = false;
        if (complete) {
            changes.associateStreams(transceiver.receiver(), List.of());
            stop(transceiver, changes);
        }
    }

    private static void stop(RTCRtpTransceiver transceiver, MediaChanges changes) {
        TransceiverSlots slots = transceiver.slots();
        slots.stopping = true;
        slots.stopped = true;
        slots.receptive = false;
        changes.end(transceiver.receiver().track());
    }

    /** The exchange is complete: stopped transceivers leave with their sections, the others remember where they stand. */
    void settle(SessionDescription local, SessionDescription remote) {
        set.change(() -> {
            for (RTCRtpTransceiver each : List.copyOf(set.all())) {
                TransceiverSlots slots = each.slots();
                boolean gone =
                        !slots.isAssociated() || isRejected(local, slots.index) || isRejected(remote, slots.index);
                if (slots.stopped && gone) {
                    set.all().remove(each);
                    slots.mid = null;
                    slots.index = -1;
                } else {
                    slots.settle(each.receiver().streams());
                    each.sender().slots().settle();
                }
            }
        });
    }

    private static boolean isRejected(SessionDescription description, int index) {
        return index < description.media().size()
                && description.media().get(index).isRejected();
    }

    /** Takes back what the pending descriptions did (RFC 9429 section 4.1.10.2). */
    void rollback(boolean remoteOffer, MediaChanges changes) {
        set.change(() -> {
            for (RTCRtpTransceiver each : List.copyOf(set.all())) {
                TransceiverSlots slots = each.slots();
                boolean received = slots.firedDirection.toSdp().receives();
                List<MediaStream> streams = slots.restore();
                each.sender().slots().restore();
                if (!remoteOffer) {
                    continue;
                }
                changes.associateStreams(each.receiver(), streams);
                if (received && !slots.firedDirection.toSdp().receives()) {
                    changes.mute(each.receiver().track());
                }
                if (slots.madeByPendingOffer && !slots.takenByAddTrack) {
                    stop(each, changes);
                    set.all().remove(each);
                } else if (slots.madeByPendingOffer) {
                    slots.madeByPendingOffer = false;
                    slots.madeByAddTrack = true;
                }
            }
        });
    }

    private @Nullable RTCRtpTransceiver at(int index) {
        for (RTCRtpTransceiver each : set.all()) {
            if (each.slots().index == index) {
                return each;
            }
        }
        return null;
    }
}
