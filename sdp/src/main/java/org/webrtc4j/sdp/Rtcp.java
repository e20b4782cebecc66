package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * Where RTCP goes without multiplexing (RFC 3605); browsers still write it with port 9.
 *
 * @param port 0 to 65535
 * @param connection the address, null when that of the section
 */
public record Rtcp(int port, @Nullable Connection connection) implements Attribute {

    static final String NAME = "rtcp";

    /**
     * Checks the range.
     *
     * @param port 0 to 65535
     * @param connection the address, null when that of the section
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Rtcp {
        Grammar.range(port, 0, 65_535, "RTCP port");
    }

    static Rtcp parse(Cursor cursor) {
        int port = (int) cursor.numberWord("the port", 65_535);
        return new Rtcp(port, cursor.moreWords() ? Connection.parse(cursor) : null);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(port);
        if (connection != null) {
            connection.appendTo(out.append(' '));
        }
    }
}
