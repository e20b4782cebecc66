package org.webrtc4j.rtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.receive.SourceTable;

/**
 * What one media description receives: its streams, who takes their packets, and whom they came from. Made by
 * {@link RtpSession#addReceiveSection}; confined to the session's thread.
 */
public final class ReceiveSection {

    private static final int PAYLOAD_TYPES = 128;
    private static final InboundTap[] NO_TAPS = {};

    private final RtpSession session;
    private ReceiveParameters parameters;
    private byte @Nullable [] mid;
    private byte[][] rids = {};
    private final @Nullable PayloadFormat[] formats = new PayloadFormat[PAYLOAD_TYPES];
    private boolean repaired;
    private final List<ReceiveStream> streams = new ArrayList<>();
    private final SourceTable contributing = new SourceTable();
    private InboundTap[] taps = NO_TAPS;

    ReceiveSection(RtpSession session, ReceiveParameters parameters) {
        this.session = session;
        this.parameters = parameters;
        apply(parameters);
    }

    void apply(ReceiveParameters next) {
        parameters = next;
        String name = next.mid();
        mid = name == null ? null : name.getBytes(StandardCharsets.UTF_8);
        rids = next.rids().stream()
                .map(rid -> rid.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        Arrays.fill(formats, null);
        repaired = false;
        for (PayloadFormat format : next.formats()) {
            formats[format.payloadType()] = format;
            repaired |= format.role() == PayloadFormat.Role.FLEXFEC;
        }
    }

    /**
     * Changes what is received, at any time. Streams whose SSRC or RID is no longer named stay until they are silent or
     * another takes their place.
     *
     * @param next what is received from now on
     */
    public void update(ReceiveParameters next) {
        session.update(this, next);
    }

    /**
     * Returns what is received.
     *
     * @return as set last
     */
    public ReceiveParameters parameters() {
        return parameters;
    }

    /**
     * Adds who takes packets, after those before it.
     *
     * @param tap sees every packet that those before it let pass
     */
    public void addTap(InboundTap tap) {
        InboundTap[] more = Arrays.copyOf(taps, taps.length + 1);
        more[taps.length] = tap;
        taps = more;
    }

    /**
     * Removes who took packets.
     *
     * @param tap as added
     */
    public void removeTap(InboundTap tap) {
        taps = Arrays.stream(taps).filter(other -> other != tap).toArray(InboundTap[]::new);
    }

    /** Asks the sender of every stream for a key frame, as soon as the interval allows. */
    public void requestKeyFrame() {
        for (int i = 0; i < streams.size(); i++) {
            streams.get(i).requestKeyFrame();
        }
    }

    /**
     * Returns the streams heard so far.
     *
     * @return a copy
     */
    public List<ReceiveStream> streams() {
        return List.copyOf(streams);
    }

    /**
     * Returns the contributing sources heard lately.
     *
     * @param sinceNanos the earliest time of interest
     * @return the one heard last first
     */
    public List<RtpSource> contributingSources(long sinceNanos) {
        List<RtpSource> sources = new ArrayList<>();
        for (int i = 0; i < contributing.count(); i++) {
            if (contributing.heardNanos(i) - sinceNanos >= 0) {
                sources.add(source(
                        contributing.ssrc(i),
                        contributing.timestamp(i),
                        contributing.heardNanos(i),
                        contributing.level(i)));
            }
        }
        return latestFirst(sources);
    }

    /**
     * Returns the streams heard lately, as synchronisation sources.
     *
     * @param sinceNanos the earliest time of interest
     * @return the one heard last first
     */
    public List<RtpSource> synchronizationSources(long sinceNanos) {
        List<RtpSource> sources = new ArrayList<>();
        for (ReceiveStream stream : streams) {
            if (stream.isHeard() && stream.lastPacketNanos() - sinceNanos >= 0) {
                sources.add(source(
                        (int) stream.ssrc(), stream.lastTimestamp(), stream.lastPacketNanos(), stream.lastLevel()));
            }
        }
        return latestFirst(sources);
    }

    private static RtpSource source(int ssrc, int timestamp, long heardNanos, int level) {
        boolean said = level != SourceTable.NO_LEVEL;
        return new RtpSource(
                Integer.toUnsignedLong(ssrc),
                Integer.toUnsignedLong(timestamp),
                heardNanos,
                said ? level & 0x7f : SourceTable.NO_LEVEL,
                said && level > 0x7f);
    }

    private static List<RtpSource> latestFirst(List<RtpSource> sources) {
        sources.sort((a, b) -> Long.compare(b.heardNanos() - a.heardNanos(), 0));
        return List.copyOf(sources);
    }

    /** Gives a packet to the taps; false when one kept it. */
    boolean deliver(ReceiveStream stream, RtpPacket packet) {
        for (InboundTap tap : taps) {
            if (!tap.onPacket(stream, packet)) {
                return false;
            }
        }
        return true;
    }

    RtpSession session() {
        return session;
    }

    SourceTable contributing() {
        return contributing;
    }

    @Nullable
    PayloadFormat format(int payloadType) {
        return formats[payloadType];
    }

    /** Whether packets are kept, as they come, for repair packets of another stream. */
    boolean isRepaired() {
        return repaired;
    }

    boolean isMid(byte[] array, int offset, int length) {
        return mid != null && Arrays.equals(mid, 0, mid.length, array, offset, offset + length);
    }

    /** The name of a stream of the simulcast, or null when it is not received here. */
    @Nullable
    String rid(byte[] array, int offset, int length) {
        for (int i = 0; i < rids.length; i++) {
            if (Arrays.equals(rids[i], 0, rids[i].length, array, offset, offset + length)) {
                return parameters.rids().get(i);
            }
        }
        return null;
    }

    /** The streams themselves, for loops without a copy. */
    List<ReceiveStream> mutableStreams() {
        return streams;
    }

    @Nullable
    ReceiveStream streamOfRid(String rid) {
        for (int i = 0; i < streams.size(); i++) {
            if (rid.equals(streams.get(i).rid())) {
                return streams.get(i);
            }
        }
        return null;
    }
}
