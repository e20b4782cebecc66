package org.webrtc4j.sdp;

/** Reads the words of one line after the other; a mistake is reported with the line and column it was found at. */
final class Cursor {

    /** The texts of one character, so that the smallest values of a stranger cost no object of their own. */
    private static final String[] SINGLE = singles();

    private final String text;
    private int line;
    private int lineStart;
    private int position;
    private int end;

    /** Reads all of a text that is one line. */
    Cursor(String text) {
        this.text = text;
        selectLine(1, 0, text.length());
    }

    void selectLine(int number, int start, int lineEnd) {
        line = number;
        lineStart = start;
        position = start;
        end = lineEnd;
    }

    SdpException failure(String reason) {
        return failureAt(position, reason);
    }

    SdpException failureAt(int place, String reason) {
        return new SdpException(line, place - lineStart + 1, reason);
    }

    int line() {
        return line;
    }

    int position() {
        return position;
    }

    void moveTo(int place) {
        position = place;
    }

    /** The type letter of the line, with the equals sign behind it read too. */
    char letter() {
        if (end - position < 2 || text.charAt(position + 1) != '=') {
            throw failure("the line does not begin with a letter and =");
        }
        char letter = text.charAt(position);
        position += 2;
        return letter;
    }

    boolean atEnd() {
        return position == end;
    }

    boolean accept(char expected) {
        if (position < end && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    void expect(char expected, String what) {
        if (!accept(expected)) {
            throw failure(what);
        }
    }

    boolean acceptIgnoringCase(String expected) {
        if (end - position >= expected.length() && text.regionMatches(true, position, expected, 0, expected.length())) {
            position += expected.length();
            return true;
        }
        return false;
    }

    void skipBlanks() {
        while (position < end && text.charAt(position) == ' ') {
            position++;
        }
    }

    /** The next word up to a blank, with the blanks before it skipped; refuses the end of the line. */
    String word(String what) {
        skipBlanks();
        return until(' ', ' ', what);
    }

    /** The next word, or the failure that too little is there. */
    String until(char delimiter, char otherDelimiter, String what) {
        int start = position;
        while (position < end && text.charAt(position) != delimiter && text.charAt(position) != otherDelimiter) {
            position++;
        }
        if (position == start) {
            throw failure(what + " is missing");
        }
        return slice(start, position);
    }

    /** Letters, digits, hyphens and underlines. */
    String identifier(String what) {
        int start = position;
        while (position < end) {
            char c = text.charAt(position);
            if (!Grammar.isAlphanumeric(c) && c != '-' && c != '_') {
                break;
            }
            position++;
        }
        if (position == start) {
            throw failure(what + " is missing");
        }
        return slice(start, position);
    }

    /** True when another word follows; the blanks before it are skipped. */
    boolean moreWords() {
        skipBlanks();
        return position < end;
    }

    /** Digits of a number that is at most {@code max}. */
    long number(String what, long max) {
        int start = position;
        long value = 0;
        while (position < end && Grammar.isDigit(text.charAt(position))) {
            int digit = text.charAt(position) - '0';
            if (digit > max || value > (max - digit) / 10) {
                throw failureAt(start, what + " is larger than " + max);
            }
            value = value * 10 + digit;
            position++;
        }
        if (position == start) {
            throw failure(what + " is not a number");
        }
        return value;
    }

    /** A number that is a word of its own, with the blanks before it skipped. */
    long numberWord(String what, long max) {
        skipBlanks();
        long value = number(what, max);
        if (position < end && text.charAt(position) != ' ') {
            throw failure(what + " is followed by something that is no digit");
        }
        return value;
    }

    /** What is left of the line. */
    String rest() {
        int start = position;
        position = end;
        return slice(start, end);
    }

    /** What is left of the line without the blanks around it; refuses nothing. */
    String trimmedRest(String what) {
        skipBlanks();
        int start = position;
        int last = end;
        while (last > start && text.charAt(last - 1) == ' ') {
            last--;
        }
        position = end;
        if (last == start) {
            throw failure(what + " is missing");
        }
        return slice(start, last);
    }

    void expectEnd() {
        skipBlanks();
        if (position < end) {
            throw failure("something follows the end of the value");
        }
    }

    boolean restEquals(int start, StringBuilder canonical) {
        int length = end - start;
        if (canonical.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (canonical.charAt(i) != text.charAt(start + i)) {
                return false;
            }
        }
        return true;
    }

    String lineFrom(int start) {
        return slice(start, end);
    }

    private String slice(int from, int to) {
        if (to - from == 1 && text.charAt(from) < SINGLE.length) {
            return SINGLE[text.charAt(from)];
        }
        return text.substring(from, to);
    }

    private static String[] singles() {
        String[] singles = new String[128];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = String.valueOf((char) i);
        }
        return singles;
    }
}
