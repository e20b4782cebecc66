package org.webrtc4j.sdp;

import java.util.List;

/**
 * The character classes and ranges of RFC 8866 section 9, checked by every constructor: what a record holds can be written
 * and is read back as the same record, and no value can smuggle in another line.
 */
final class Grammar {

    private Grammar() {}

    /** token: visible ASCII without separators (RFC 8866 section 9, token-char). */
    static String token(String text, String what) {
        require(!text.isEmpty(), what, "is empty");
        for (int i = 0; i < text.length(); i++) {
            require(isTokenChar(text.charAt(i)), what, "is not a token");
        }
        return text;
    }

    /** A run of anything but blanks. */
    static String word(String text, String what) {
        return word(text, what, '\0');
    }

    /** A run of anything but blanks and one more delimiter. */
    static String word(String text, String what, char delimiter) {
        text(text, what);
        require(!text.isEmpty(), what, "is empty");
        require(text.indexOf(' ') < 0 && (delimiter == '\0' || text.indexOf(delimiter) < 0), what, "is not one word");
        return text;
    }

    static List<String> words(List<String> words, String what) {
        for (String word : words) {
            word(word, what);
        }
        return List.copyOf(words);
    }

    /** byte-string: anything but NUL, CR and LF, and nothing that UTF-8 cannot carry. */
    static String text(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            require(c != '\0' && c != '\r' && c != '\n', what, "contains a line end or NUL");
            if (Character.isSurrogate(c)) {
                require(isPair(text, i, text.length()), what, "contains half of a surrogate pair");
                i++;
            }
        }
        return text;
    }

    /** Text that does not begin or end with a blank and is not empty, so that it survives between separators. */
    static String trimmed(String text, String what) {
        text(text, what);
        require(
                !text.isEmpty() && text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ',
                what,
                "is empty or has blanks around it");
        return text;
    }

    static boolean isPair(CharSequence text, int at, int end) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < end
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    static String digits(String text, String what) {
        require(!text.isEmpty() && text.length() <= 64, what, "is empty or too long");
        for (int i = 0; i < text.length(); i++) {
            require(isDigit(text.charAt(i)), what, "is not a number");
        }
        return text;
    }

    static long range(long value, long min, long max, String what) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + ", not in " + min + ".." + max);
        }
        return value;
    }

    static int payloadType(int payloadType) {
        return (int) range(payloadType, 0, 127, "payload type");
    }

    static void require(boolean condition, String what, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(what + " " + problem);
        }
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** ice-char of RFC 8839 section 5.4, and four more that deployed stacks put into a ufrag or password. */
    static boolean isIceChar(char c) {
        return isAlphanumeric(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=' || c == '#';
    }

    static boolean isTokenChar(char c) {
        return isAlphanumeric(c) || (c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]".indexOf(c) < 0);
    }
}
