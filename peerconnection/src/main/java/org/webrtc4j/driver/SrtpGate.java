package org.webrtc4j.driver;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * Between the transport and RTP: what comes is unprotected, what leaves is protected. Media may overtake the end of the
 * handshake: a few packets wait for the keys (RFC 5764 section 5.1.2).
 */
final class SrtpGate {

    static final int MAX_EARLY = 16;

    /** The largest packet that is read. */
    static final int MAX_BYTES = RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES;

    private final ArrayDeque<byte[]> early = new ArrayDeque<>();
    private final byte[] plain = new byte[MAX_BYTES];
    private final byte[] secret = new byte[MAX_BYTES];
    private final ByteBuffer plainView = ByteBuffer.wrap(plain);
    private final ByteBuffer secretView = ByteBuffer.wrap(secret);
    private @Nullable SrtpTransform transform;

    /** Takes the keys. */
    void open(SrtpTransform made) {
        transform = made;
    }

    boolean isOpen() {
        return transform != null;
    }

    @Nullable
    SrtpTransform transform() {
        return transform;
    }

    /** What SRTP refused, by reason. */
    Map<String, Long> failures() {
        SrtpTransform made = transform;
        return made == null ? Map.of() : made.counters().failures();
    }

    /** Keeps a packet that came before the keys; false when the oldest had to go for it. */
    boolean keep(ByteBuffer packet) {
        boolean room = early.size() < MAX_EARLY;
        if (!room) {
            early.removeFirst();
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(packet.position(), copy);
        early.addLast(copy);
        return room;
    }

    /** The oldest packet kept, once. */
    byte @Nullable [] takeEarly() {
        return early.pollFirst();
    }

    /** Unprotects a packet; null when it was refused. The result is good until the next call. */
    @Nullable
    ByteBuffer unprotect(ByteBuffer packet, boolean rtcp) {
        if (transform == null || packet.remaining() > plain.length) {
            return null;
        }
        plainView.clear();
        int length = rtcp ? transform.unprotectRtcp(packet, plainView) : transform.unprotectRtp(packet, plainView);
        return length < 0 ? null : plainView.limit(length);
    }

    /** Protects a packet in two parts; null when it was refused. The result is good until the next call. */
    @Nullable
    ByteBuffer protect(ByteBuffer header, ByteBuffer payload) {
        if (transform == null) {
            return null;
        }
        secretView.clear();
        int length = transform.protectRtp(header, payload, secretView);
        return length < 0 ? null : secretView.limit(length);
    }

    /** Protects RTCP; null when it was refused. The result is good until the next call. */
    @Nullable
    ByteBuffer protectRtcp(ByteBuffer packet) {
        if (transform == null) {
            return null;
        }
        secretView.clear();
        int length = transform.protectRtcp(packet, secretView);
        return length < 0 ? null : secretView.limit(length);
    }
}
