package org.webrtc4j.rtp;

/** Sees the packets of a receive section: restored, without duplicates, as they came. */
@FunctionalInterface
public interface InboundTap {

    /**
     * Takes a packet.
     *
     * @param stream whose
     * @param packet a view that is reused, borrowed for the call; its bytes must not be changed
     * @return false to keep it from the taps after this one; it is then counted as {@link RtpDrop#REFUSED_BY_TAP}
     */
    boolean onPacket(ReceiveStream stream, RtpPacket packet);
}
