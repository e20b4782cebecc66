package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Sources that belong together (RFC 5576 section 4.2), e.g. {@code FID} for a stream and its retransmission.
 *
 * @param semantics {@code FID}, {@code FEC-FR}, {@code SIM} or another token
 * @param ssrcs the sources in their order
 */
public record SsrcGroup(String semantics, List<Long> ssrcs) implements Attribute {

    static final String NAME = "ssrc-group";

    /**
     * Checks the token and the ranges; a group may be empty.
     *
     * @param semantics {@code FID}, {@code FEC-FR}, {@code SIM} or another token
     * @param ssrcs the sources in their order
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public SsrcGroup {
        Grammar.token(semantics, "group semantics");
        for (long ssrc : ssrcs) {
            Grammar.range(ssrc, 0, Ssrc.MAX, "ssrc");
        }
        ssrcs = List.copyOf(ssrcs);
    }

    static SsrcGroup parse(Cursor cursor) {
        String semantics = cursor.word("the semantics");
        List<Long> ssrcs = new ArrayList<>();
        while (cursor.moreWords()) {
            ssrcs.add(cursor.numberWord("the source", Ssrc.MAX));
        }
        return new SsrcGroup(semantics, ssrcs);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(semantics);
        if (!ssrcs.isEmpty()) {
            Words.append(out.append(' '), ssrcs);
        }
    }
}
