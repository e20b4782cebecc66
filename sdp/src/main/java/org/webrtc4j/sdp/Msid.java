package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * The stream and track of a media section (RFC 8830 section 2).
 *
 * @param streamId the identification of the stream; {@link #NO_STREAM} when the track is in none
 * @param trackId the application data, a track identification by custom; null when absent
 */
public record Msid(String streamId, @Nullable String trackId) implements Attribute {

    static final String NAME = "msid";

    /** The stream identification of a track that is in no stream. */
    public static final String NO_STREAM = "-";

    /**
     * Checks that both are single words.
     *
     * @param streamId the identification of the stream; {@link #NO_STREAM} when the track is in none
     * @param trackId the application data, a track identification by custom; null when absent
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Msid {
        Grammar.word(streamId, "stream identification");
        if (trackId != null) {
            Grammar.word(trackId, "track identification");
        }
    }

    static Msid parse(Cursor cursor) {
        String streamId = cursor.word("the stream identification");
        return new Msid(streamId, cursor.moreWords() ? cursor.word("the track identification") : null);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(streamId);
        if (trackId != null) {
            out.append(' ').append(trackId);
        }
    }
}
