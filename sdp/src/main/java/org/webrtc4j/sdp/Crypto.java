package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An SRTP key in the description (RFC 4568). WebRTC forbids it (RFC 8827 section 6.5): it is read so that it can be refused or ignored, and no key is ever taken from it.
 *
 * @param tag the number of this offer of a key
 * @param suite the crypto suite
 * @param keyParameters the key and its lifetime
 * @param sessionParameters the rest of the line, null when absent
 */
public record Crypto(
        int tag,
        String suite,
        String keyParameters,
        @Nullable String sessionParameters) implements Attribute {

    static final String NAME = "crypto";

    /**
     * Checks the words.
     *
     * @param tag the number of this offer of a key
     * @param suite the crypto suite
     * @param keyParameters the key and its lifetime
     * @param sessionParameters the rest of the line, null when absent
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Crypto {
        Grammar.range(tag, 0, 999_999_999, "crypto tag");
        Grammar.word(suite, "crypto suite");
        Grammar.word(keyParameters, "key parameters");
        if (sessionParameters != null) {
            Grammar.trimmed(sessionParameters, "session parameters");
        }
    }

    static Crypto parse(Cursor cursor) {
        int tag = (int) cursor.numberWord("the tag", 999_999_999);
        String suite = cursor.word("the crypto suite");
        String keyParameters = cursor.word("the key parameters");
        return new Crypto(tag, suite, keyParameters, cursor.moreWords() ? cursor.trimmedRest("the parameters") : null);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(tag).append(' ').append(suite).append(' ').append(keyParameters);
        if (sessionParameters != null) {
            out.append(' ').append(sessionParameters);
        }
    }
}
