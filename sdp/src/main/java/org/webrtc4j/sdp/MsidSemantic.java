package org.webrtc4j.sdp;

import java.util.List;

/**
 * What the identifications in msid mean; a relic of early WebRTC that most stacks still write.
 *
 * @param semantic {@code WMS}
 * @param streamIds the streams of the description, {@code *} for all
 */
public record MsidSemantic(String semantic, List<String> streamIds) implements Attribute {

    static final String NAME = "msid-semantic";

    /**
     * Checks the words; there may be no stream.
     *
     * @param semantic {@code WMS}
     * @param streamIds the streams of the description, {@code *} for all
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public MsidSemantic {
        Grammar.word(semantic, "semantic");
        streamIds = Grammar.words(streamIds, "stream identification");
    }

    static MsidSemantic parse(Cursor cursor) {
        String semantic = cursor.word("the semantic");
        return new MsidSemantic(semantic, cursor.moreWords() ? Words.rest(cursor, "the stream") : List.of());
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(semantic);
        if (!streamIds.isEmpty()) {
            Words.append(out.append(' '), streamIds);
        }
    }
}
