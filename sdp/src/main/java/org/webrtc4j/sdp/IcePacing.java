package org.webrtc4j.sdp;

/**
 * The interval between connectivity checks that the author asks for (RFC 8839 section 5.6).
 *
 * @param millis milliseconds, at most 10 digits as the RFC has it, here at most the largest int
 */
public record IcePacing(int millis) implements Attribute {

    static final String NAME = "ice-pacing";

    static final int MAX_MILLIS = Integer.MAX_VALUE;

    /**
     * Checks the range.
     *
     * @param millis milliseconds, at most 10 digits as the RFC has it, here at most the largest int
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public IcePacing {
        Grammar.range(millis, 0, MAX_MILLIS, "pacing");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(millis);
    }
}
