package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where a session puts its packets and events. Never calls back into the session, but from the owner's queue. */
public interface RtpSink {

    /**
     * Takes an RTP packet in two parts, which encryption puts together: the only copy of the payload in a fan-out.
     *
     * @param header a heap buffer with the complete header, contributing sources and extension included; borrowed for the
     *     call
     * @param payload a heap buffer with everything behind it, padding included, mostly over another array; borrowed for the
     *     call
     */
    void transmitRtp(ByteBuffer header, ByteBuffer payload);

    /**
     * Takes an RTP packet that may have to leave again as it is, where repair without RTX was negotiated (RFC 4585 section
     * 6.2.1). Encrypting it a second time is out of the question: what leaves again is what left, so that no key stream is
     * used twice (RFC 3711 section 9.1). By default nothing leaves again.
     *
     * @param header as of {@link #transmitRtp}
     * @param payload as of {@link #transmitRtp}
     * @return the bytes that left, a heap buffer, good until the next call; null when they cannot leave again
     */
    default @Nullable ByteBuffer transmitRepeatable(ByteBuffer header, ByteBuffer payload) {
        transmitRtp(header, payload);
        return null;
    }

    /**
     * Takes the bytes that {@link #transmitRepeatable} answered once more.
     *
     * @param packet a heap buffer, borrowed for the call: it leaves as it is
     */
    default void repeat(ByteBuffer packet) {}

    /**
     * Takes RTCP packets of one datagram.
     *
     * @param packet a heap buffer; borrowed for the call
     */
    void transmitRtcp(ByteBuffer packet);

    /**
     * Takes an event, to be appended to the owner's queue.
     *
     * @param event what happened
     */
    void onEvent(RtpEvent event);
}
