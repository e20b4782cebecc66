package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/** The attributes that say everything with their name. */
public enum Flag implements Attribute {
    /** RTP and RTCP share one port (RFC 5761). */
    RTCP_MUX("rtcp-mux"),
    /** Nothing but multiplexed RTCP is possible (RFC 8858). */
    RTCP_MUX_ONLY("rtcp-mux-only"),
    /** Reduced-size RTCP is welcome (RFC 5506). */
    RTCP_RSIZE("rtcp-rsize"),
    /** The section makes sense only inside its bundle, although its port is zero (RFC 9143 section 6). */
    BUNDLE_ONLY("bundle-only"),
    /** No further candidate follows in this generation (RFC 8840 section 8.2). */
    END_OF_CANDIDATES("end-of-candidates"),
    /** The author is an ICE-lite agent; stands at session level (RFC 8839 section 5.3). */
    ICE_LITE("ice-lite"),
    /** The default candidate was found among none of the candidates (RFC 8839 section 5.3). */
    ICE_MISMATCH("ice-mismatch"),
    /** One-byte and two-byte header extensions may be mixed in a stream (RFC 8285 section 6). */
    EXTMAP_ALLOW_MIXED("extmap-allow-mixed"),
    /** RTP header extensions and contributing sources may be encrypted (RFC 9335). */
    CRYPTEX("cryptex");

    private static final Flag[] ALL = values();

    private final String attributeName;

    Flag(String attributeName) {
        this.attributeName = attributeName;
    }

    @Override
    public String attributeName() {
        return attributeName;
    }

    @Override
    public boolean hasValue() {
        return false;
    }

    @Override
    public void appendValue(StringBuilder out) {}

    static @Nullable Flag of(String name) {
        for (Flag flag : ALL) {
            if (flag.attributeName.equals(name)) {
                return flag;
            }
        }
        return null;
    }
}
