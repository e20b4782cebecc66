package org.webrtc4j.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a format (RFC 8866 section 6.15), kept as they were written and taken apart on demand.
 *
 * @param format the format of the m= line, a payload type in RTP sections
 * @param parameters everything behind the format, e.g. {@code minptime=10;useinbandfec=1}; may be empty
 */
public record Fmtp(String format, String parameters) implements Attribute {

    static final String NAME = "fmtp";

    /**
     * Checks the text.
     *
     * @param format the format of the m= line, a payload type in RTP sections
     * @param parameters everything behind the format, e.g. {@code minptime=10;useinbandfec=1}; may be empty
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Fmtp {
        Grammar.word(format, "format");
        if (!parameters.isEmpty()) {
            Grammar.trimmed(parameters, "format parameters");
        }
    }

    static Fmtp parse(Cursor cursor) {
        String format = cursor.word("the format");
        return new Fmtp(format, cursor.moreWords() ? cursor.trimmedRest("the parameters") : "");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(format);
        if (!parameters.isEmpty()) {
            out.append(' ').append(parameters);
        }
    }

    /**
     * The value of one parameter.
     *
     * @param name its name, compared without regard to case
     * @return the value, empty text for a parameter without {@code =}; empty when it is absent
     */
    public Optional<String> parameter(String name) {
        int begin = 0;
        while (begin <= parameters.length()) {
            int end = endOfParameter(begin);
            int equals = equalsSign(begin, end);
            if (parameters.substring(begin, equals).strip().equalsIgnoreCase(name)) {
                return Optional.of(
                        equals < end ? parameters.substring(equals + 1, end).strip() : "");
            }
            begin = end + 1;
        }
        return Optional.empty();
    }

    /**
     * All parameters, names in lower case, in their order; of a name that comes twice the first counts.
     *
     * @return an unmodifiable map; a parameter without {@code =} has the empty text
     */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        int begin = 0;
        while (begin <= parameters.length()) {
            int end = endOfParameter(begin);
            int equals = equalsSign(begin, end);
            String name = parameters.substring(begin, equals).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                map.putIfAbsent(
                        name,
                        equals < end ? parameters.substring(equals + 1, end).strip() : "");
            }
            begin = end + 1;
        }
        return Collections.unmodifiableMap(map);
    }

    private int endOfParameter(int begin) {
        int end = parameters.indexOf(';', begin);
        return end < 0 ? parameters.length() : end;
    }

    private int equalsSign(int begin, int end) {
        int equals = parameters.indexOf('=', begin);
        return equals < 0 || equals > end ? end : equals;
    }
}
