package org.webrtc4j.sdp;

/**
 * The highest frame rate (RFC 8866 section 6.13).
 *
 * @param framesPerSecond a decimal number as it was written
 */
public record Framerate(String framesPerSecond) implements Attribute {

    static final String NAME = "framerate";

    /**
     * Checks the number.
     *
     * @param framesPerSecond a decimal number as it was written
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Framerate {
        decimal(framesPerSecond, "frame rate");
    }

    /** Digits with at most one point between them. */
    static void decimal(String text, String what) {
        int point = text.indexOf('.');
        Grammar.digits(point < 0 ? text : text.substring(0, point), what);
        if (point >= 0) {
            Grammar.digits(text.substring(point + 1), what);
        }
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(framesPerSecond);
    }
}
