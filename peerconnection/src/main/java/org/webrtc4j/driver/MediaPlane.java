package org.webrtc4j.driver;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.PacketSink;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.rtp.RtpDrop;
import org.webrtc4j.rtp.RtpEvent;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.RtpSession;
import org.webrtc4j.rtp.RtpSessionOptions;
import org.webrtc4j.rtp.RtpSink;
import org.webrtc4j.rtp.SendStream;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.srtp.KeyingMaterial;

/**
 * Media of one connection: SRTP from the transport through the RTP session to the sections' ends, and back. The session is
 * made with the first plan that has media.
 */
final class MediaPlane {

    private final DriverSettings settings;
    private final PacketSink below;
    private final DriverListener listener;
    private final DropCounters<DriverDrop> drops;
    private final SrtpGate gate = new SrtpGate();
    private final Map<String, MediaSection> sections = new LinkedHashMap<>();
    /** The same sections, for what happens each turn: neither an iterator nor a closure is made for it. */
    private final List<MediaSection> inUse = new ArrayList<>();

    private final List<RtpEvent> events = new ArrayList<>();

    /** Frames dropped in sections that have ended. */
    private final Map<String, Long> endedFrameDrops = new LinkedHashMap<>();

    private @Nullable RtpSession session;
    private MediaPlan plan = MediaPlan.NONE;
    private @Nullable MediaStats last;

    MediaPlane(DriverSettings settings, PacketSink below, DropCounters<DriverDrop> drops, DriverListener listener) {
        this.listener = listener;
        this.settings = settings;
        this.below = below;
        this.drops = drops;
    }

    MediaPlan plan() {
        return plan;
    }

    /** Follows what was negotiated. */
    void plan(MediaPlan next, Map<String, MediaEnds> ends, long nowNanos) {
        plan = next;
        if (next.sections().isEmpty() && session == null) {
            return;
        }
        RtpSession rtp = session(next);
        rtp.setHeaderExtensions(MediaSection.received(next));
        rtp.setReducedSize(MediaSection.reducedSize(next));
        rtp.setCongestionFeedback(MediaSection.congestionFeedback(next));
        CongestionControl.Factory control = settings.congestionControl();
        if (control != null) {
            rtp.setCongestionControl(MediaSection.feedbackKind(next), control);
        }
        Map<String, MediaSection> before = new LinkedHashMap<>(sections);
        sections.clear();
        for (MediaPlan.Section each : next.sections()) {
            MediaEnds end = ends.get(each.mid());
            if (end != null) {
                MediaSection known = before.remove(each.mid());
                if (known != null && !known.isOf(end)) {
                    end(known, rtp);
                    known = null;
                }
                sections.put(each.mid(), known == null ? new MediaSection(end) : known);
            }
        }
        inUse.clear();
        inUse.addAll(sections.values());
        // What has ended leaves first: its sources may be named by another section now.
        before.values().forEach(each -> end(each, rtp));
        for (MediaPlan.Section each : next.sections()) {
            MediaSection section = sections.get(each.mid());
            if (section != null) {
                section.follow(rtp, each, gate.isOpen());
            }
        }
        rtp.handleBatchEnd(nowNanos);
    }

    private void end(MediaSection section, RtpSession rtp) {
        section.end(rtp);
        // The ends live on, and may come back with another section.
        addFrameDrops(endedFrameDrops, section.ends());
        section.ends().inbound().forgetFrameDrops();
        section.ends().outbound().forgetRefused();
    }

    private RtpSession session(MediaPlan first) {
        RtpSession known = session;
        if (known != null) {
            return known;
        }
        RtpSession made = new RtpSession(
                RtpSessionOptions.defaults(first.cname()),
                new Sink(),
                settings.loop().clock(),
                settings.random());
        session = made;
        return made;
    }

    /** DTLS is up: what came early is taken in, and what was negotiated may be sent. */
    void connected(KeyingMaterial keys, boolean dtlsClient, long nowNanos) {
        gate.open(settings.srtp().create(keys.profile(), keys, dtlsClient));
        for (byte[] early = gate.takeEarly(); early != null; early = gate.takeEarly()) {
            handlePacket(ByteBuffer.wrap(early), nowNanos);
        }
        RtpSession rtp = session;
        if (rtp != null) {
            for (MediaPlan.Section each : plan.sections()) {
                MediaSection section = sections.get(each.mid());
                if (section != null) {
                    section.follow(rtp, each, true);
                }
            }
        }
    }

    /** One datagram whose first byte says RTP or RTCP. */
    void handlePacket(ByteBuffer packet, long nowNanos) {
        RtpSession rtp = session;
        if (rtp == null) {
            drops.count(DriverDrop.RTP_NOT_NEGOTIATED);
            return;
        }
        if (!gate.isOpen()) {
            if (!gate.keep(packet)) {
                drops.count(DriverDrop.RTP_BEFORE_KEYS);
            }
            return;
        }
        if (packet.remaining() > SrtpGate.MAX_BYTES) {
            drops.count(DriverDrop.RTP_OVERSIZED);
            return;
        }
        boolean rtcp = RtpPacket.isRtcp(packet);
        ByteBuffer plain = gate.unprotect(packet, rtcp);
        // What SRTP refuses it counts itself.
        if (plain != null && rtcp) {
            rtp.handleRtcp(plain, nowNanos);
        } else if (plain != null) {
            rtp.handlePacket(plain, nowNanos);
        }
    }

    void handleBatchEnd(long nowNanos) {
        RtpSession rtp = session;
        if (rtp == null) {
            return;
        }
        rtp.handleBatchEnd(nowNanos);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof RtpEvent.KeyFrameRequested requested) {
                onKeyFrameRequested(requested.stream());
            } else if (events.get(i) instanceof RtpEvent.LossReported reported) {
                onLossReported(reported.stream(), reported.percent());
            } else if (events.get(i) instanceof RtpEvent.TargetBitrateChanged changed) {
                listener.onTargetBitrate(changed.bitsPerSecond());
            }
        }
        events.clear();
        for (int i = 0; i < inUse.size(); i++) {
            inUse.get(i).handleTimeout(nowNanos);
        }
    }

    private void onKeyFrameRequested(SendStream stream) {
        for (int i = 0; i < inUse.size(); i++) {
            inUse.get(i).onKeyFrameRequested(stream);
        }
    }

    private void onLossReported(SendStream stream, int percent) {
        for (int i = 0; i < inUse.size(); i++) {
            inUse.get(i).onLossReported(stream, percent);
        }
    }

    void handleTimeout(long nowNanos) {
        RtpSession rtp = session;
        if (rtp != null && rtp.nextTimeout() - nowNanos <= 0) {
            rtp.handleTimeout(nowNanos);
        }
    }

    long nextTimeout() {
        RtpSession rtp = session;
        if (rtp == null) {
            return ProtocolEngine.NEVER;
        }
        long next = rtp.nextTimeout();
        for (int i = 0; i < inUse.size(); i++) {
            next = Math.min(next, inUse.get(i).nextTimeout());
        }
        return next;
    }

    /** Says goodbye; nothing is sent or received any more. */
    void close(long nowNanos) {
        RtpSession rtp = session;
        if (rtp != null) {
            last = stats(nowNanos);
            rtp.close(nowNanos);
            sections.values().forEach(each -> each.end(rtp));
            sections.clear();
            inUse.clear();
            session = null;
        }
    }

    /** Reads the counters; the last ones after closing, null when there never was media. */
    @Nullable
    MediaStats stats(long nowNanos) {
        RtpSession rtp = session;
        if (rtp == null) {
            return last;
        }
        List<MediaStats.Section> read = new ArrayList<>();
        for (MediaPlan.Section each : plan.sections()) {
            MediaSection section = sections.get(each.mid());
            if (section != null) {
                read.add(new SectionStats(section, each, nowNanos).read());
            }
        }
        Map<String, Long> rtpDrops = new LinkedHashMap<>();
        rtp.drops().forEach((reason, count) -> rtpDrops.put(text(reason), count));
        Map<String, Long> frameDrops = new LinkedHashMap<>(endedFrameDrops);
        sections.values().forEach(each -> addFrameDrops(frameDrops, each.ends()));
        return new MediaStats(read, gate.failures(), rtpDrops, frameDrops, rtp.availableBitrate());
    }

    private static String text(RtpDrop reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void addFrameDrops(Map<String, Long> drops, MediaEnds ends) {
        ends.inbound().frameDrops().forEach((reason, count) -> drops.merge(reason, count, Long::sum));
        long refused = ends.outbound().framesRefused();
        if (refused > 0) {
            drops.merge("refused", refused, Long::sum);
        }
    }

    @Nullable
    RtpSession session() {
        return session;
    }

    SrtpGate gate() {
        return gate;
    }

    Map<String, MediaSection> sections() {
        return sections;
    }

    /** The way of an RTP packet out: protected into one scratch buffer, the only copy of its payload. */
    private final class Sink implements RtpSink {

        @Override
        public void transmitRtp(ByteBuffer header, ByteBuffer payload) {
            transmit(gate.protect(header, payload));
        }

        @Override
        public @Nullable ByteBuffer transmitRepeatable(ByteBuffer header, ByteBuffer payload) {
            ByteBuffer secret = gate.protect(header, payload);
            transmit(secret);
            return secret == null ? null : secret.rewind();
        }

        @Override
        public void repeat(ByteBuffer packet) {
            below.transmit(packet);
        }

        @Override
        public void transmitRtcp(ByteBuffer packet) {
            transmit(gate.protectRtcp(packet));
        }

        private void transmit(@Nullable ByteBuffer secret) {
            if (secret == null) {
                drops.count(DriverDrop.NOT_SENT_BY_SRTP);
            } else {
                below.transmit(secret);
            }
        }

        @Override
        public void onEvent(RtpEvent event) {
            events.add(event);
        }
    }
}
