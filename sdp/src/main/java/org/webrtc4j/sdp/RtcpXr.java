package org.webrtc4j.sdp;

/**
 * Extended RTCP reports that are welcome (RFC 3611 section 5).
 *
 * @param formats the formats between blanks, e.g. {@code rcvr-rtt=all}; may be empty
 */
public record RtcpXr(String formats) implements Attribute {

    static final String NAME = "rtcp-xr";

    /**
     * Checks the text.
     *
     * @param formats the formats between blanks, e.g. {@code rcvr-rtt=all}; may be empty
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public RtcpXr {
        if (!formats.isEmpty()) {
            Grammar.trimmed(formats, "report formats");
        }
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(formats);
    }
}
