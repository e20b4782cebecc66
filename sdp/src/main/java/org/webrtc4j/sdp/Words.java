package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;

/** Lists of words between single blanks. */
final class Words {

    private Words() {}

    /** The words up to the end of the line, at least one. */
    static List<String> rest(Cursor cursor, String what) {
        String first = cursor.word(what);
        if (!cursor.moreWords()) {
            return List.of(first);
        }
        List<String> words = new ArrayList<>();
        words.add(first);
        do {
            words.add(cursor.word(what));
        } while (cursor.moreWords());
        return words;
    }

    static void append(StringBuilder out, List<?> words) {
        append(out, words, ' ');
    }

    static void append(StringBuilder out, List<?> words, char separator) {
        for (int i = 0; i < words.size(); i++) {
            if (i > 0) {
                out.append(separator);
            }
            out.append(words.get(i));
        }
    }
}
