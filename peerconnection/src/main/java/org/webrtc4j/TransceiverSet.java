package org.webrtc4j;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.driver.MediaEnds;
import org.webrtc4j.jsep.ExtensionSpec;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.jsep.SectionWish;
import org.webrtc4j.sdp.Direction;

/**
 * The transceivers of a connection, and what the W3C's methods do to them. Methods answer at once on the caller's thread,
 * under one short monitor that is never held while anything else is called.
 */
final class TransceiverSet {

    /** How many transceivers a connection may have; a call that makes one more is an OperationError. */
    static final int MAX_TRANSCEIVERS = 1_024;

    private static final int CNAME_BYTES = 12;
    private static final long MAX_SSRC = 0xffff_ffffL;

    private final Connection connection;
    private final SendParameters parameters;
    private final String cname;
    private final Object monitor = new Object();
    private final List<RTCRtpTransceiver> all = new ArrayList<>();
    private final Set<Long> ssrcs = new HashSet<>();

    TransceiverSet(Connection connection) {
        this.connection = connection;
        this.parameters = new SendParameters(connection, this);
        byte[] random = new byte[CNAME_BYTES];
        connection.random().nextBytes(random);
        this.cname = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    <T extends @Nullable Object> T read(Supplier<T> getter) {
        synchronized (monitor) {
            return getter.get();
        }
    }

    /** For {@link MediaExchange}: a change of several transceivers that nobody sees half. */
    void change(Runnable change) {
        synchronized (monitor) {
            change.run();
        }
    }

    /** The list itself, for {@link MediaExchange} within {@link #change}. */
    List<RTCRtpTransceiver> all() {
        return all;
    }

    List<RTCRtpTransceiver> snapshot() {
        return read(() -> List.copyOf(all));
    }

    /** Those that getSenders and getReceivers show: not the stopped ones. */
    List<RTCRtpTransceiver> running() {
        return read(() -> all.stream().filter(each -> !each.slots().stopped).toList());
    }

    String cname() {
        return cname;
    }

    SendParameters parameters() {
        return parameters;
    }

    @Nullable
    RTCDtlsTransport transport(TransceiverSlots slots) {
        return read(() -> slots.isAssociated()) ? connection.transports().dtls() : null;
    }

    // --- tracks and transceivers (webrtc-pc section 5.1)

    RTCRtpSender addTrack(MediaStreamTrack track, List<MediaStream> streams) {
        requireOpen();
        RTCRtpSender sender;
        synchronized (monitor) {
            for (RTCRtpTransceiver each : all) {
                if (!each.slots().stopped && each.sender().slots().track == track) {
                    throw DOMException.invalidAccess("The track is sent already");
                }
            }
            RTCRtpTransceiver free = free(track.kind());
            if (free == null) {
                requireRoom();
                free = create(track.kind(), track, RTCRtpTransceiverDirection.SENDRECV, streams, List.of());
                free.slots().madeByAddTrack = true;
            } else {
                SenderSlots slots = free.sender().slots();
                slots.track = track;
                slots.streamIds = SenderSlots.ids(streams);
                free.slots().direction = sending(free.slots().direction, true);
            }
            free.slots().takenByAddTrack = true;
            sender = free.sender();
        }
        sender.media().track(track);
        connection.negotiation().updateNegotiationNeeded();
        return sender;
    }

    /** A sender that never sent and has no track is taken before a new one is made. */
    private @Nullable RTCRtpTransceiver free(String kind) {
        for (RTCRtpTransceiver each : all) {
            TransceiverSlots slots = each.slots();
            if (slots.kind.equals(kind)
                    && !slots.isEnding()
                    && !slots.hasSent
                    && each.sender().slots().track == null) {
                return each;
            }
        }
        return null;
    }

    void removeTrack(RTCRtpSender sender) {
        requireOpen();
        if (!sender.isOf(this)) {
            throw DOMException.invalidAccess("The sender belongs to another connection");
        }
        synchronized (monitor) {
            RTCRtpTransceiver owner = null;
            for (RTCRtpTransceiver each : all) {
                owner = each.sender() == sender ? each : owner;
            }
            if (owner == null || owner.slots().isEnding() || sender.slots().track == null) {
                return;
            }
            sender.slots().track = null;
            owner.slots().direction = sending(owner.slots().direction, false);
        }
        sender.media().track(null);
        connection.negotiation().updateNegotiationNeeded();
    }

    RTCRtpTransceiver addTransceiver(String kind, @Nullable MediaStreamTrack track, RTCRtpTransceiverInit init) {
        requireOpen();
        MediaStreamTrack.checkedKind(kind);
        if (init.direction() == RTCRtpTransceiverDirection.STOPPED) {
            throw DOMException.typeError("A transceiver does not begin stopped");
        }
        List<RTCRtpEncodingParameters> encodings = SendParameters.initial(kind, init.sendEncodings());
        RTCRtpTransceiver created;
        synchronized (monitor) {
            requireRoom();
            created = create(kind, track, init.direction(), init.streams(), encodings);
        }
        connection.negotiation().updateNegotiationNeeded();
        return created;
    }

    /** Those of remote offers are bounded by the sections a description may have. */
    private void requireRoom() {
        if (all.size() >= MAX_TRANSCEIVERS) {
            throw DOMException.operation("The connection has " + all.size() + " transceivers, as many as allowed");
        }
    }

    /** Under the monitor. */
    RTCRtpTransceiver create(
            String kind,
            @Nullable MediaStreamTrack track,
            RTCRtpTransceiverDirection direction,
            List<MediaStream> streams,
            List<RTCRtpEncodingParameters> encodings) {
        List<RTCRtpEncodingParameters> sent = encodings.isEmpty() ? SendParameters.initial(kind, List.of()) : encodings;
        List<SenderSlots.Sources> sources = new ArrayList<>();
        sent.forEach(each -> sources.add(drawSources()));
        String id = track == null ? UUID.randomUUID().toString() : track.id();
        RTCRtpTransceiver created = new RTCRtpTransceiver(
                this,
                new TransceiverSlots(kind, direction),
                new SenderSlots(id, track, streams, sent, sources),
                connection);
        if (sent.size() > 1) {
            created.slots().extensions = ExtensionSpec.layered(kind);
        }
        all.add(created);
        return created;
    }

    /** The other side asks for several streams. Under the monitor. */
    void propose(SenderSlots sender, List<String> rids) {
        sender.propose(rids, this::drawSources);
    }

    private SenderSlots.Sources drawSources() {
        return new SenderSlots.Sources(drawSsrc(), drawSsrc(), drawSsrc());
    }

    private long drawSsrc() {
        long ssrc = connection.random().nextLong(1, MAX_SSRC);
        while (!ssrcs.add(ssrc)) {
            ssrc = connection.random().nextLong(1, MAX_SSRC);
        }
        return ssrc;
    }

    private static RTCRtpTransceiverDirection sending(RTCRtpTransceiverDirection direction, boolean sends) {
        boolean receives = direction.toSdp().receives();
        return RTCRtpTransceiverDirection.of(Direction.of(sends, receives));
    }

    // --- one transceiver

    void direction(TransceiverSlots slots, RTCRtpTransceiverDirection value) {
        requireOpen();
        synchronized (monitor) {
            if (slots.isEnding()) {
                throw DOMException.invalidState("The transceiver was stopped");
            }
            if (value == RTCRtpTransceiverDirection.STOPPED) {
                throw DOMException.typeError("A transceiver is stopped by stop()");
            }
            if (slots.direction == value) {
                return;
            }
            slots.direction = value;
        }
        connection.negotiation().updateNegotiationNeeded();
    }

    void stop(RTCRtpTransceiver transceiver) {
        requireOpen();
        synchronized (monitor) {
            TransceiverSlots slots = transceiver.slots();
            if (slots.isEnding()) {
                return;
            }
            slots.stopping = true;
            slots.receptive = false;
            // Without a section there is nothing to negotiate.
            slots.stopped = !slots.isAssociated();
        }
        transceiver.receiver().track().stop();
        connection.negotiation().onTransceiverStopped();
    }

    void codecPreferences(TransceiverSlots slots, List<RTCRtpCodec> codecs) {
        TransceiverSlots defaults = new TransceiverSlots(slots.kind, slots.direction);
        var preferred = codecs.isEmpty() ? defaults.codecs : Capabilities.preferred(slots.kind, codecs);
        synchronized (monitor) {
            slots.codecs = preferred;
            slots.preferred = !codecs.isEmpty();
        }
    }

    void headerExtensions(TransceiverSlots slots, List<RTCRtpHeaderExtensionCapability> wanted) {
        synchronized (monitor) {
            List<ExtensionSpec> changed = new ArrayList<>();
            boolean same = wanted.size() == slots.extensions.size();
            for (int i = 0; same && i < wanted.size(); i++) {
                RTCRtpHeaderExtensionCapability each = wanted.get(i);
                boolean off = each.direction() == RTCRtpTransceiverDirection.STOPPED
                        || each.direction() == RTCRtpTransceiverDirection.INACTIVE;
                ExtensionSpec known = slots.extensions.get(i);
                ExtensionSpec now = known.wanted(off ? null : each.direction().toSdp());
                same = each.uri().equals(known.uri()) && (!known.uri().equals(ExtensionSpec.MID) || now.equals(known));
                changed.add(now);
            }
            if (!same) {
                throw DOMException.invalidModification("Only directions can be changed, and not that of the mid");
            }
            slots.extensions = List.copyOf(changed);
        }
    }

    void streams(SenderSlots slots, List<MediaStream> streams) {
        requireOpen();
        synchronized (monitor) {
            slots.streamIds = SenderSlots.ids(streams);
        }
        connection.negotiation().updateNegotiationNeeded();
    }

    CompletableFuture<@Nullable Void> replaceTrack(
            TransceiverSlots transceiver, SenderSlots slots, SenderMedia media, @Nullable MediaStreamTrack track) {
        if (track != null && !track.kind().equals(transceiver.kind)) {
            return CompletableFuture.failedFuture(
                    DOMException.typeError("The track is " + track.kind() + ", the sender " + transceiver.kind));
        }
        return connection.negotiation().chained(() -> {
            synchronized (monitor) {
                if (transceiver.isEnding()) {
                    throw DOMException.invalidState("The transceiver was stopped");
                }
                slots.track = track;
            }
            media.track(track);
        });
    }

    // --- statistics

    CompletableFuture<RTCStatsReport> stats(MediaStreamTrack selector) {
        List<Predicate<RTCStats>> found = new ArrayList<>();
        for (RTCRtpTransceiver each : running()) {
            if (each.sender().track() == selector) {
                found.add(StatsSelection.sender(each.mid()));
            }
            if (each.receiver().track() == selector) {
                found.add(StatsSelection.receiver(each.mid()));
            }
        }
        return found.size() == 1
                ? stats(found.get(0))
                : CompletableFuture.failedFuture(DOMException.invalidAccess(
                        "The track is sent or received by " + found.size() + " of this connection, and not by one"));
    }

    CompletableFuture<RTCStatsReport> stats(Predicate<RTCStats> roots) {
        return new StatsCollector(connection).collect(roots);
    }

    // --- what negotiation reads

    /** What a transceiver wants of its section. Under the monitor. */
    SectionWish wish(RTCRtpTransceiver transceiver) {
        TransceiverSlots slots = transceiver.slots();
        SenderSlots sender = transceiver.sender().slots();
        return new SectionWish(
                slots.kind,
                slots.index,
                slots.mid,
                slots.isEnding(),
                slots.direction.toSdp(),
                slots.codecs,
                slots.preferred,
                slots.extensions,
                List.copyOf(sender.streamIds),
                sender.id,
                cname,
                sender.local());
    }

    MediaPlan plan() {
        synchronized (monitor) {
            return new MediaPlan(
                    cname,
                    all.stream()
                            .filter(each -> each.slots().isAssociated() && !each.slots().stopped)
                            .map(TransceiverSet::planned)
                            .toList());
        }
    }

    /** The ends of the sections of a plan made now, by mid. */
    Map<String, MediaEnds> ends() {
        Map<String, MediaEnds> ends = new HashMap<>();
        for (RTCRtpTransceiver each : snapshot()) {
            String mid = each.mid();
            if (mid != null) {
                ends.put(
                        mid,
                        new MediaEnds(
                                each.receiver().media().inbound(),
                                each.sender().media().outbound()));
            }
        }
        return ends;
    }

    private static MediaPlan.Section planned(RTCRtpTransceiver transceiver) {
        TransceiverSlots slots = transceiver.slots();
        SenderSlots sender = transceiver.sender().slots();
        var agreement = slots.agreement;
        var taken = sender.local().stream()
                .filter(each -> agreement.sendRids().contains(each.rid()))
                .toList();
        RTCRtpTransceiverDirection current = slots.currentDirection;
        String mid = slots.mid;
        return new MediaPlan.Section(
                slots.index,
                mid == null ? "" : mid,
                slots.kind,
                !slots.isEnding() && current != null && current.toSdp().sends(),
                !slots.isEnding() && slots.receptive,
                agreement.sendCodecs(),
                agreement.takenCodecs(),
                agreement.extensions(),
                taken.isEmpty() ? List.of(sender.local().get(0).unnamed()) : taken,
                agreement.sources(),
                agreement.receiveRids(),
                agreement.remoteCname(),
                agreement.reducedSizeRtcp(),
                agreement.mixedExtensions());
    }

    /** The connection was closed: tracks of the other side have ended, without an event. */
    void closed() {
        List<RTCRtpTransceiver> ended;
        synchronized (monitor) {
            ended = List.copyOf(all);
            for (RTCRtpTransceiver each : ended) {
                each.slots().stopping = true;
                each.slots().stopped = true;
                each.slots().receptive = false;
            }
        }
        for (RTCRtpTransceiver each : ended) {
            each.receiver().track().stop();
            each.sender().media().end();
        }
    }

    private void requireOpen() {
        if (connection.isClosed()) {
            throw DOMException.invalidState("The connection is closed");
        }
    }
}
