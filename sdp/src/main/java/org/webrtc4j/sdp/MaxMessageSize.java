package org.webrtc4j.sdp;

/**
 * The largest message the author accepts (RFC 8841 section 6).
 *
 * @param bytes bytes; 0 means any size
 */
public record MaxMessageSize(long bytes) implements Attribute {

    static final String NAME = "max-message-size";

    /** Bytes that hold where the attribute is absent (RFC 8841 section 6.1). */
    public static final long DEFAULT = 65_536;

    /**
     * Checks the range.
     *
     * @param bytes bytes; 0 means any size
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public MaxMessageSize {
        Grammar.range(bytes, 0, Long.MAX_VALUE, "maximum message size");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(bytes);
    }
}
