package org.webrtc4j.sctp.packet;

/**
 * The extensions that a side announces in its INIT or INIT ACK, or that both have (RFC 5061 section 4.2.7).
 *
 * @param forwardTsn FORWARD-TSN (RFC 3758)
 * @param reconfig RE-CONFIG (RFC 6525)
 * @param zeroChecksum packets whose checksum is zero are accepted, since DTLS protects them (RFC 9653)
 * @param interleaving I-DATA, and where both have it no DATA (RFC 8260)
 * @param interleavedForwardTsn I-FORWARD-TSN, and with I-DATA no FORWARD-TSN (RFC 8260)
 */
public record Capabilities(
        boolean forwardTsn,
        boolean reconfig,
        boolean zeroChecksum,
        boolean interleaving,
        boolean interleavedForwardTsn) {

    /** Nothing beyond RFC 9260. */
    public static final Capabilities NONE = new Capabilities(false, false, false, false, false);

    private static final int FORWARD_TSN = 1;
    private static final int RECONFIG = 2;
    private static final int ZERO_CHECKSUM = 4;
    private static final int INTERLEAVING = 8;
    private static final int INTERLEAVED_FORWARD_TSN = 16;

    /** What two sides have in common. */
    public Capabilities and(Capabilities other) {
        return fromBits(bits() & other.bits());
    }

    /** Whether what is given up can be skipped, by the chunk that goes with the kind of data. */
    public boolean skips() {
        return interleaving ? interleavedForwardTsn : forwardTsn;
    }

    /** One bit for each, for a state cookie. */
    public int bits() {
        return (forwardTsn ? FORWARD_TSN : 0)
                | (reconfig ? RECONFIG : 0)
                | (zeroChecksum ? ZERO_CHECKSUM : 0)
                | (interleaving ? INTERLEAVING : 0)
                | (interleavedForwardTsn ? INTERLEAVED_FORWARD_TSN : 0);
    }

    /** The reverse of {@link #bits}. */
    public static Capabilities fromBits(int bits) {
        return new Capabilities(
                (bits & FORWARD_TSN) != 0,
                (bits & RECONFIG) != 0,
                (bits & ZERO_CHECKSUM) != 0,
                (bits & INTERLEAVING) != 0,
                (bits & INTERLEAVED_FORWARD_TSN) != 0);
    }
}
