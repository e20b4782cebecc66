package org.webrtc4j.rtp.fec;

/** Why a repair packet is of no use. */
public enum FecDrop {
    /** It ends within its headers, or says that it protects more bytes than it has. */
    TRUNCATED,
    /** Retransmission, a fixed mask, several streams or a mask without an end: what nobody sends. */
    UNSUPPORTED,
    /** Its mask covers nothing, or the repair packet itself. */
    BAD_MASK,
    /** It is about another stream, or about packets far from those received. */
    ELSEWHERE,
    /** What it gives back is larger than a packet, or than what it protects. */
    BAD_LENGTH,
    /** Everything it protects is there, or was too old to be remembered. */
    NOT_NEEDED
}
