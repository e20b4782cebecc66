package org.webrtc4j.sdp;

import java.util.List;

/**
 * Sections that belong together (RFC 5888 section 5); stands at session level.
 *
 * @param semantics {@link #BUNDLE}, {@link #LS} or another token
 * @param mids the identifications in their order; the first of a bundle is the tagged one (RFC 9143 section 7.2)
 */
public record Group(String semantics, List<String> mids) implements Attribute {

    static final String NAME = "group";

    /** One transport for all members (RFC 9143). */
    public static final String BUNDLE = "BUNDLE";

    /** Lip synchronisation (RFC 5888 section 7). */
    public static final String LS = "LS";

    /**
     * Checks the tokens; a group may be empty.
     *
     * @param semantics {@link #BUNDLE}, {@link #LS} or another token
     * @param mids the identifications in their order; the first of a bundle is the tagged one (RFC 9143 section 7.2)
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Group {
        Grammar.token(semantics, "group semantics");
        for (String mid : mids) {
            Grammar.token(mid, "mid");
        }
        mids = List.copyOf(mids);
    }

    /**
     * A bundle of sections.
     *
     * @param mids the identifications, the tagged one first
     * @return the group
     */
    public static Group bundle(List<String> mids) {
        return new Group(BUNDLE, mids);
    }

    /**
     * Tells whether this is a bundle.
     *
     * @return true for the semantics BUNDLE
     */
    public boolean isBundle() {
        return semantics.equals(BUNDLE);
    }

    static Group parse(Cursor cursor) {
        String semantics = cursor.word("the semantics");
        return new Group(semantics, cursor.moreWords() ? Words.rest(cursor, "the mid") : List.of());
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(semantics);
        if (!mids.isEmpty()) {
            Words.append(out.append(' '), mids);
        }
    }
}
