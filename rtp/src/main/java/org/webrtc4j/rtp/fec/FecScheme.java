package org.webrtc4j.rtp.fec;

/** How repair packets are written. What they repair, and how, is the same. */
public enum FecScheme {
    /** RFC 5109, within the stream that it protects; of its levels the first. */
    ULPFEC(48),
    /** draft-ietf-payload-flexible-fec-scheme-03 with a mask for one stream, as browsers have it: a stream of its own. */
    FLEXFEC_03(109);

    private final int span;

    FecScheme(int span) {
        this.span = span;
    }

    /**
     * Returns over how many sequence numbers a repair packet may reach.
     *
     * @return from the first one protected to the last, both counted
     */
    public int span() {
        return span;
    }
}
