package org.webrtc4j.rtp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.extension.ExtensionWriter;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;

/**
 * Writes the headers of one sent stream: names until its receiver knows it, extensions of forwarded packets under the
 * identifiers negotiated here.
 */
final class SendHeaders {

    private final OutboundPath path;
    private HeaderExtensionMap map = HeaderExtensionMap.EMPTY;
    private byte[] mid = {};
    private byte[] rid = {};
    private final int[] mapped = new int[HeaderExtensionMap.MAX_ID + 1];
    /** Whose packets {@link #mapped} holds for. */
    private @Nullable PacketHistory mappedHistory;

    private final FrameNumbers frames = new FrameNumbers();
    private final PendingExtensions pending = new PendingExtensions();
    private boolean heard;
    private boolean rtxHeard;

    SendHeaders(OutboundPath path) {
        this.path = path;
    }

    void apply(SendParameters parameters) {
        map = parameters.extensions();
        mid = bytes(parameters.mid());
        rid = bytes(parameters.rid());
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Extensions come as a source has them from now on; those of packets kept before are not written again. */
    void follow(HeaderExtensionMap source, @Nullable PacketHistory history) {
        source.mapTo(map, mapped);
        mappedHistory = history;
    }

    /** The next packet is of another source, or of the same under other terms. */
    void beginSource(int ssrc) {
        frames.begin(ssrc);
    }

    /** Own packets are kept from now on, with the extensions they were sent with. */
    void keepIn(PacketHistory history) {
        mappedHistory = history;
    }

    void onHeard(boolean rtx) {
        if (rtx) {
            rtxHeard = true;
        } else {
            heard = true;
        }
    }

    /** The receiver may have forgotten the stream. */
    void forgetHeard() {
        heard = false;
        rtxHeard = false;
    }

    boolean putPending(HeaderExtensionType type, byte[] bytes, int offset, int length) {
        return pending.put(map.id(type), bytes, offset, length);
    }

    /** Of an own packet, with what was put for it. */
    void write(boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
        ExtensionWriter extensions =
                path.begin(0, marker, payloadType, sequence, timestamp, ssrc, map.allowsTwoByteForm());
        putNames(extensions, false);
        pending.drainTo(extensions);
        path.finish(map, false);
    }

    /** Of a forwarded packet. */
    void write(RtpPacket packet, int payloadType, int sequence, int timestamp, int ssrc) {
        ExtensionWriter extensions =
                path.begin(packet, packet.marker(), payloadType, sequence, timestamp, ssrc, map.allowsTwoByteForm());
        putNames(extensions, false);
        putMapped(extensions, packet);
        path.finish(map, false);
    }

    /** Of a packet sent again. */
    void writeRtx(RtpPacket packet, PacketHistory history, int payloadType, int sequence, int timestamp, int ssrc) {
        ExtensionWriter extensions =
                path.begin(packet, packet.marker(), payloadType, sequence, timestamp, ssrc, map.allowsTwoByteForm());
        putNames(extensions, true);
        if (history == mappedHistory) {
            putMapped(extensions, packet);
        }
        path.finish(map, false);
    }

    /** Of nothing but padding. */
    void writePadding(int payloadType, int sequence, int timestamp, int ssrc) {
        ExtensionWriter extensions =
                path.begin(0, false, payloadType, sequence, timestamp, ssrc, map.allowsTwoByteForm());
        putNames(extensions, true);
        path.finish(map, true);
    }

    /** Of a repair packet, whose SSRC is named by the description only. */
    void writeRepair(int payloadType, int sequence, int timestamp, int ssrc) {
        ExtensionWriter extensions =
                path.begin(0, false, payloadType, sequence, timestamp, ssrc, map.allowsTwoByteForm());
        if (mid.length > 0) {
            extensions.put(map.id(HeaderExtensionType.MID), mid, 0, mid.length);
        }
        path.finish(map, false);
    }

    private void putMapped(ExtensionWriter extensions, RtpPacket packet) {
        int descriptor = map.id(HeaderExtensionType.DEPENDENCY_DESCRIPTOR);
        for (int i = 0; i < packet.extensionCount(); i++) {
            int id = packet.extensionId(i);
            if (mapped[id] != 0 && mapped[id] == descriptor) {
                frames.put(extensions, descriptor, packet, id);
            } else if (mapped[id] != 0) {
                extensions.put(mapped[id], packet.array(), packet.extensionOffset(id), packet.extensionLength(id));
            }
        }
    }

    /** MID and RID, until the receiver has shown that it knows the SSRC (RFC 8843 section 9.2, RFC 8852 section 3.3). */
    private void putNames(ExtensionWriter extensions, boolean rtx) {
        if (rtx ? rtxHeard : heard) {
            return;
        }
        if (mid.length > 0) {
            extensions.put(map.id(HeaderExtensionType.MID), mid, 0, mid.length);
        }
        if (rid.length > 0) {
            HeaderExtensionType type =
                    rtx ? HeaderExtensionType.REPAIRED_RTP_STREAM_ID : HeaderExtensionType.RTP_STREAM_ID;
            extensions.put(map.id(type), rid, 0, rid.length);
        }
    }
}
