package org.webrtc4j.sdp;

/**
 * Picture sizes that are sent or received (RFC 6236); the sets are kept as text.
 *
 * @param format a payload type, or {@code *}
 * @param sizes directions and sets, e.g. {@code send [x=800,y=640] recv *}
 */
public record ImageAttr(String format, String sizes) implements Attribute {

    static final String NAME = "imageattr";

    /**
     * Checks the format, and that a direction stands first.
     *
     * @param format a payload type, or {@code *}
     * @param sizes directions and sets, e.g. {@code send [x=800,y=640] recv *}
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public ImageAttr {
        if (!format.equals("*")) {
            Grammar.digits(format, "payload type");
            Grammar.require(format.length() <= 3, "payload type", "is larger than 127");
            Grammar.payloadType(Integer.parseInt(format));
        }
        Grammar.trimmed(sizes, "image sizes");
        boolean direction = sizes.regionMatches(true, 0, "send ", 0, 5) || sizes.regionMatches(true, 0, "recv ", 0, 5);
        Grammar.require(direction, "image sizes", "do not begin with send or recv");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(format).append(' ').append(sizes);
    }
}
