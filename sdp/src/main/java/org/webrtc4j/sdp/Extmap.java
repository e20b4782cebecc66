package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A header extension and its local identifier (RFC 8285 section 5).
 *
 * @param id 1 to 255, or 4096 to 4351 where the offerer leaves the number to the answerer; 15 and above need two-byte headers
 * @param direction who sends it, null when as the media goes
 * @param uri the name of the extension
 * @param attributes extension attributes, null when absent
 */
public record Extmap(
        int id,
        @Nullable Direction direction,
        String uri,
        @Nullable String attributes) implements Attribute {

    static final String NAME = "extmap";

    /**
     * Checks the range and the texts.
     *
     * @param id 1 to 255, or 4096 to 4351 where the offerer leaves the number to the answerer; 15 and above need two-byte headers
     * @param direction who sends it, null when as the media goes
     * @param uri the name of the extension
     * @param attributes extension attributes, null when absent
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Extmap {
        boolean valid = (id >= 1 && id <= 255) || (id >= 4096 && id <= 4351);
        Grammar.require(valid, "extension identifier", "is neither in 1..255 nor in 4096..4351");
        Grammar.word(uri, "extension name");
        if (attributes != null) {
            Grammar.trimmed(attributes, "extension attributes");
        }
    }

    /**
     * An extension that goes as the media goes.
     *
     * @param id the local identifier
     * @param uri the name of the extension
     */
    public Extmap(int id, String uri) {
        this(id, null, uri, null);
    }

    static Extmap parse(Cursor cursor) {
        int id = (int) cursor.number("the identifier", 65_535);
        Direction direction = null;
        if (cursor.accept('/')) {
            int start = cursor.position();
            direction = Direction.of(cursor.until(' ', ' ', "the direction"));
            if (direction == null) {
                throw cursor.failureAt(start, "the direction is none of sendrecv, sendonly, recvonly and inactive");
            }
        }
        if (!cursor.atEnd()) {
            cursor.expect(' ', "the identifier is followed by something that is no digit");
        }
        String uri = cursor.word("the name of the extension");
        return new Extmap(id, direction, uri, cursor.moreWords() ? cursor.trimmedRest("the attributes") : null);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(id);
        if (direction != null) {
            out.append('/').append(direction.attributeName());
        }
        out.append(' ').append(uri);
        if (attributes != null) {
            out.append(' ').append(attributes);
        }
    }
}
