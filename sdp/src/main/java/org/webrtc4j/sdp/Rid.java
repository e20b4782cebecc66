package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * A restriction identifier: one encoding of a track (RFC 8851 section 4).
 *
 * @param id the identifier
 * @param sends true for the direction send, false for recv
 * @param payloadTypes the formats it may use, empty for all
 * @param restrictions further restrictions in their order, e.g. {@code max-width=1280}
 */
public record Rid(String id, boolean sends, List<Integer> payloadTypes, List<String> restrictions)
        implements Attribute {

    static final String NAME = "rid";

    private static final String FORMATS = "pt=";

    /**
     * Checks the identifier, the ranges and the texts.
     *
     * @param id the identifier
     * @param sends true for the direction send, false for recv
     * @param payloadTypes the formats it may use, empty for all
     * @param restrictions further restrictions in their order, e.g. {@code max-width=1280}
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Rid {
        identifier(id);
        for (int payloadType : payloadTypes) {
            Grammar.payloadType(payloadType);
        }
        for (String restriction : restrictions) {
            Grammar.word(restriction, "restriction", ';');
            Grammar.require(!restriction.startsWith(FORMATS), "restriction", "is a list of formats");
        }
        payloadTypes = List.copyOf(payloadTypes);
        restrictions = List.copyOf(restrictions);
    }

    /** rid-id of RFC 8851 section 10, at most 255 characters, since a header extension carries it. */
    static String identifier(String id) {
        Grammar.range(id.length(), 1, 255, "length of the rid");
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            Grammar.require(
                    Grammar.isAlphanumeric(c) || c == '-' || c == '_', "rid", "has a character it may not have");
        }
        return id;
    }

    static Rid parse(Cursor cursor) {
        String id = cursor.word("the rid");
        int start = cursor.position() + 1;
        String direction = cursor.word("the direction");
        if (!direction.equals("send") && !direction.equals("recv")) {
            throw cursor.failureAt(start, "the direction is neither send nor recv");
        }
        List<Integer> payloadTypes = new ArrayList<>();
        List<String> restrictions = new ArrayList<>();
        boolean more = cursor.moreWords();
        while (more) {
            cursor.skipBlanks();
            if (payloadTypes.isEmpty() && cursor.acceptIgnoringCase(FORMATS)) {
                do {
                    payloadTypes.add((int) cursor.number("the payload type", 127));
                } while (cursor.accept(','));
            } else {
                restrictions.add(cursor.until(';', ' ', "the restriction"));
            }
            cursor.skipBlanks();
            more = cursor.accept(';');
        }
        return new Rid(id, direction.equals("send"), payloadTypes, restrictions);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(id).append(sends ? " send" : " recv");
        char separator = ' ';
        if (!payloadTypes.isEmpty()) {
            Words.append(out.append(' ').append(FORMATS), payloadTypes, ',');
            separator = ';';
        }
        for (String restriction : restrictions) {
            out.append(separator).append(restriction);
            separator = ';';
        }
    }
}
