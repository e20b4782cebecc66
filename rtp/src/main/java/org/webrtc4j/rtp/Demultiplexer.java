package org.webrtc4j.rtp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.receive.SsrcTable;

/**
 * Which stream a packet belongs to (RFC 8843 section 9.2): by the MID it carries, by its SSRC, by the payload type where
 * only one section has it; within a section by the RID it carries.
 */
final class Demultiplexer {

    /** Packets in order that a stream learned by its payload type alone must show (RFC 3550 appendix A.1). */
    private static final int PROBATION = 2;

    /** A stream silent for so long makes room for a new one when the table is full. */
    private static final long SILENT_NANOS = 30_000_000_000L;

    /** How long an SSRC stays in its section before another MID may take it, and a RID with an SSRC that took it. */
    private static final long REBIND_NANOS = 1_000_000_000L;

    /** What an SSRC is: a stream, its retransmissions, or its repair packets. */
    static final class Binding {
        final ReceiveStream stream;
        final PayloadFormat.Role role;
        final long sinceNanos;
        /** Whether it took its place from another SSRC. */
        boolean replacing;

        Binding(ReceiveStream stream, PayloadFormat.Role role, long sinceNanos) {
            this.stream = stream;
            this.role = role;
            this.sinceNanos = sinceNanos;
        }

        boolean isMedia() {
            return role == PayloadFormat.Role.MEDIA;
        }
    }

    private final RtpSession session;
    private final List<ReceiveSection> sections = new ArrayList<>();
    private final List<ReceiveStream> streams = new ArrayList<>();
    private final SsrcTable<Binding> table;

    Demultiplexer(RtpSession session, int maxStreams) {
        this.session = session;
        table = new SsrcTable<>(maxStreams);
    }

    List<ReceiveSection> sections() {
        return sections;
    }

    List<ReceiveStream> streams() {
        return streams;
    }

    @Nullable
    Binding binding(int ssrc) {
        return table.get(ssrc);
    }

    void add(ReceiveSection section) {
        sections.add(section);
    }

    void remove(ReceiveSection section) {
        sections.remove(section);
        for (ReceiveStream stream : section.streams()) {
            unbind(stream);
        }
    }

    /** Finds the stream of a packet, or counts why there is none. */
    @Nullable
    Binding find(RtpPacket packet) {
        HeaderExtensionMap map = session.headerExtensions();
        Binding binding = table.get(packet.ssrc());
        int mid = map.id(HeaderExtensionType.MID);
        boolean said = packet.hasExtension(mid);
        if (binding != null && !(said && isMoved(packet, mid, binding))) {
            return binding;
        }
        ReceiveSection section = null;
        boolean trusted = true;
        if (said) {
            section = sectionOfMid(packet, mid);
        } else {
            section = sectionOfSignalled(packet.ssrc());
            if (section == null) {
                section = sectionOfPayloadType(packet.payloadType());
                trusted = false;
            }
        }
        if (section == null) {
            session.drop(said ? RtpDrop.UNKNOWN_SSRC : unknown(packet.payloadType()));
            return null;
        }
        if (binding != null) {
            unbind(binding.stream);
        }
        return bind(section, packet, map, trusted);
    }

    private RtpDrop unknown(int payloadType) {
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).format(payloadType) != null) {
                return RtpDrop.UNKNOWN_SSRC;
            }
        }
        return RtpDrop.UNKNOWN_PAYLOAD_TYPE;
    }

    /** An SSRC that comes with another section's MID moves there, but not back and forth with every packet. */
    private boolean isMoved(RtpPacket packet, int mid, Binding binding) {
        if (binding.stream.section().isMid(packet.array(), packet.extensionOffset(mid), packet.extensionLength(mid))) {
            return false;
        }
        return sectionOfMid(packet, mid) != null && packet.arrivalNanos() - binding.sinceNanos >= REBIND_NANOS;
    }

    private @Nullable ReceiveSection sectionOfMid(RtpPacket packet, int id) {
        for (int i = 0; i < sections.size(); i++) {
            ReceiveSection section = sections.get(i);
            if (section.isMid(packet.array(), packet.extensionOffset(id), packet.extensionLength(id))) {
                return section;
            }
        }
        return null;
    }

    private @Nullable ReceiveSection sectionOfSignalled(int ssrc) {
        for (int i = 0; i < sections.size(); i++) {
            List<SignalledSsrc> named = sections.get(i).parameters().ssrcs();
            for (int j = 0; j < named.size(); j++) {
                if ((int) named.get(j).ssrc() == ssrc || isRtxOf(named.get(j), ssrc) || isFecOf(named.get(j), ssrc)) {
                    return sections.get(i);
                }
            }
        }
        return null;
    }

    private static boolean isRtxOf(SignalledSsrc named, int ssrc) {
        return named.rtxSsrc() != SignalledSsrc.NONE && (int) named.rtxSsrc() == ssrc;
    }

    private static boolean isFecOf(SignalledSsrc named, int ssrc) {
        return named.fecSsrc() != SignalledSsrc.NONE && (int) named.fecSsrc() == ssrc;
    }

    private @Nullable ReceiveSection sectionOfPayloadType(int payloadType) {
        ReceiveSection only = null;
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).format(payloadType) != null) {
                if (only != null) {
                    return null;
                }
                only = sections.get(i);
            }
        }
        return only;
    }

    private @Nullable Binding bind(ReceiveSection section, RtpPacket packet, HeaderExtensionMap map, boolean trusted) {
        PayloadFormat format = section.format(packet.payloadType());
        if (format == null) {
            session.drop(RtpDrop.UNKNOWN_PAYLOAD_TYPE);
            return null;
        }
        if (table.isFull() && !makeRoom(packet.arrivalNanos())) {
            session.drop(RtpDrop.TOO_MANY_SSRCS);
            return null;
        }
        if (format.role() == PayloadFormat.Role.FLEXFEC) {
            return bindFec(section, packet);
        }
        return format.isRtx() ? bindRtx(section, packet, map) : bindMedia(section, packet, map, trusted);
    }

    private @Nullable Binding bindMedia(
            ReceiveSection section, RtpPacket packet, HeaderExtensionMap map, boolean trusted) {
        String rid = ridOf(section, packet, map.id(HeaderExtensionType.RTP_STREAM_ID));
        SignalledSsrc named = signalled(section, packet.ssrc());
        if (rid == null && named != null) {
            rid = named.rid();
        }
        ReceiveStream before = rid == null ? null : section.streamOfRid(rid);
        if (before != null) {
            // The stream of this name has a new SSRC, but not another with every packet.
            Binding held = table.get(before.wireSsrc());
            if (held != null && held.replacing && packet.arrivalNanos() - held.sinceNanos < REBIND_NANOS) {
                session.drop(RtpDrop.RID_TAKEN);
                return null;
            }
            unbind(before);
        }
        ReceiveStream stream = new ReceiveStream(section, packet.ssrc(), rid, trusted ? 0 : PROBATION);
        Binding binding = enter(stream, packet.arrivalNanos());
        binding.replacing = before != null;
        if (named != null && named.rtxSsrc() != SignalledSsrc.NONE && !table.isFull()) {
            enterRtx(stream, named.rtxSsrc(), packet.arrivalNanos());
        }
        return binding;
    }

    /** Repair packets belong to the stream that the description says; nobody knows those of others (RFC 5956). */
    private @Nullable Binding bindFec(ReceiveSection section, RtpPacket packet) {
        List<SignalledSsrc> named = section.parameters().ssrcs();
        for (int i = 0; i < named.size(); i++) {
            Binding original = isFecOf(named.get(i), packet.ssrc())
                    ? table.get((int) named.get(i).ssrc())
                    : null;
            if (original != null && original.isMedia()) {
                ReceiveStream stream = original.stream;
                unbind(stream.fecSsrc(), stream);
                Binding binding = new Binding(stream, PayloadFormat.Role.FLEXFEC, packet.arrivalNanos());
                table.put(packet.ssrc(), binding);
                stream.bindFec(Integer.toUnsignedLong(packet.ssrc()));
                return binding;
            }
        }
        session.drop(RtpDrop.FEC_UNASSOCIATED);
        return null;
    }

    private Binding enter(ReceiveStream stream, long nowNanos) {
        Binding binding = new Binding(stream, PayloadFormat.Role.MEDIA, nowNanos);
        table.put(stream.wireSsrc(), binding);
        streams.add(stream);
        stream.section().mutableStreams().add(stream);
        return binding;
    }

    private Binding enterRtx(ReceiveStream stream, long rtxSsrc, long nowNanos) {
        unbind(stream.rtxSsrc(), stream);
        Binding taken = table.get((int) rtxSsrc);
        if (taken != null && taken.isMedia()) {
            // The description knows better what this SSRC is than the packets that used it as another.
            unbind(taken.stream);
        }
        Binding binding = new Binding(stream, PayloadFormat.Role.RTX, nowNanos);
        table.put((int) rtxSsrc, binding);
        stream.bindRtx(rtxSsrc);
        return binding;
    }

    private @Nullable Binding bindRtx(ReceiveSection section, RtpPacket packet, HeaderExtensionMap map) {
        ReceiveStream stream = originalOf(section, packet, map);
        if (stream == null) {
            session.drop(RtpDrop.RTX_UNASSOCIATED);
            return null;
        }
        return enterRtx(stream, Integer.toUnsignedLong(packet.ssrc()), packet.arrivalNanos());
    }

    /** The stream that retransmissions repeat: the one they name, the one the description names, or the only one. */
    private @Nullable ReceiveStream originalOf(ReceiveSection section, RtpPacket packet, HeaderExtensionMap map) {
        int id = map.id(HeaderExtensionType.REPAIRED_RTP_STREAM_ID);
        if (packet.hasExtension(id)) {
            String rid = ridOf(section, packet, id);
            return rid == null ? null : section.streamOfRid(rid);
        }
        List<SignalledSsrc> named = section.parameters().ssrcs();
        for (int i = 0; i < named.size(); i++) {
            if (isRtxOf(named.get(i), packet.ssrc())) {
                Binding original = table.get((int) named.get(i).ssrc());
                if (original == null) {
                    // A sender may probe the path with padding in this stream before it has anything to send.
                    original = early(section, named.get(i), packet.arrivalNanos());
                }
                return original == null || !original.isMedia() ? null : original.stream;
            }
        }
        List<ReceiveStream> all = section.mutableStreams();
        boolean only = all.size() == 1 && all.get(0).rtxSsrc() == SignalledSsrc.NONE;
        return only ? all.get(0) : null;
    }

    /** Enters a stream that a description has named and nobody has heard, where two more find room. */
    private @Nullable Binding early(ReceiveSection section, SignalledSsrc named, long nowNanos) {
        if (named.rid() != null || table.room() < 2) {
            return null;
        }
        return enter(new ReceiveStream(section, (int) named.ssrc(), null, 0), nowNanos);
    }

    private static @Nullable String ridOf(ReceiveSection section, RtpPacket packet, int id) {
        return packet.hasExtension(id)
                ? section.rid(packet.array(), packet.extensionOffset(id), packet.extensionLength(id))
                : null;
    }

    private static @Nullable SignalledSsrc signalled(ReceiveSection section, int ssrc) {
        List<SignalledSsrc> named = section.parameters().ssrcs();
        for (int i = 0; i < named.size(); i++) {
            if ((int) named.get(i).ssrc() == ssrc) {
                return named.get(i);
            }
        }
        return null;
    }

    private boolean makeRoom(long nowNanos) {
        ReceiveStream silent = null;
        for (int i = 0; i < streams.size(); i++) {
            ReceiveStream stream = streams.get(i);
            if (nowNanos - stream.lastPacketNanos() >= SILENT_NANOS
                    && (silent == null || stream.lastPacketNanos() - silent.lastPacketNanos() < 0)) {
                silent = stream;
            }
        }
        if (silent == null) {
            return false;
        }
        unbind(silent);
        return true;
    }

    private void unbind(ReceiveStream stream) {
        table.remove(stream.wireSsrc());
        unbind(stream.rtxSsrc(), stream);
        unbind(stream.fecSsrc(), stream);
        streams.remove(stream);
        stream.section().mutableStreams().remove(stream);
    }

    /** What repairs a stream goes with it; what another stream has taken over meanwhile is left to that. */
    private void unbind(long repair, ReceiveStream stream) {
        if (repair != SignalledSsrc.NONE) {
            Binding bound = table.get((int) repair);
            if (bound != null && bound.stream == stream) {
                table.remove((int) repair);
            }
        }
    }

    int size() {
        return table.size();
    }

    boolean consistent() {
        int held = 0;
        for (int i = 0; i < sections.size(); i++) {
            held += sections.get(i).mutableStreams().size();
        }
        return held == streams.size() && table.size() >= held && table.size() <= 3 * held;
    }
}
