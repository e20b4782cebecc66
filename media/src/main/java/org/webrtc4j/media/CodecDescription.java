package org.webrtc4j.media;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A codec with its format parameters, as two sides agree on one: a plain value without a payload type.
 *
 * @param mimeType kind and name, {@code video/VP8}; compared without regard to case (RFC 4855 section 3)
 * @param clockRate ticks of the RTP timestamp in a second; 8000 for G.722 although it samples at 16 kHz (RFC 3551
 *     section 4.5.2)
 * @param channels audio channels; 1 for video
 * @param parameters the format parameters in their order, names in lower case; unmodifiable. A parameter without a name
 *     ({@code 0-15} of telephone-event, {@code 111/111} of RED) stands under the empty name
 */
public record CodecDescription(String mimeType, int clockRate, int channels, Map<String, String> parameters) {

    /** More parameters than any codec has; what comes after them in a line is ignored. */
    public static final int MAX_PARAMETERS = 64;

    /**
     * Checks and copies.
     *
     * @param mimeType kind and name, {@code video/VP8}; compared without regard to case (RFC 4855 section 3)
     * @param clockRate ticks of the RTP timestamp in a second; 8000 for G.722 although it samples at 16 kHz (RFC
     *     3551 section 4.5.2)
     * @param channels audio channels; 1 for video
     * @param parameters the format parameters in their order, names in lower case; unmodifiable. A parameter
     *     without a name ({@code 0-15} of telephone-event, {@code 111/111} of RED) stands under the empty name
     * @throws IllegalArgumentException when the type is neither audio/ nor video/ with a name, or a number is not positive
     */
    public CodecDescription {
        if (kindOf(mimeType) == null) {
            throw new IllegalArgumentException("Not an audio or video type: " + mimeType);
        }
        if (clockRate <= 0 || channels <= 0) {
            throw new IllegalArgumentException("Clock rate " + clockRate + ", channels " + channels);
        }
        Map<String, String> copy = new LinkedHashMap<>();
        parameters.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
        parameters = Collections.unmodifiableMap(copy);
    }

    /**
     * Describes a video codec: 90 kHz.
     *
     * @param name the name after {@code video/}
     * @param fmtp the format parameters as in a session description, {@code a=1;b=2}; empty for none
     * @return the codec
     */
    public static CodecDescription video(String name, String fmtp) {
        return new CodecDescription("video/" + name, 90_000, 1, parseFmtp(fmtp));
    }

    /**
     * Describes an audio codec.
     *
     * @param name the name after {@code audio/}
     * @param clockRate ticks in a second
     * @param channels how many
     * @param fmtp the format parameters as in a session description; empty for none
     * @return the codec
     */
    public static CodecDescription audio(String name, int clockRate, int channels, String fmtp) {
        return new CodecDescription("audio/" + name, clockRate, channels, parseFmtp(fmtp));
    }

    /**
     * Reads format parameters ({@code a=fmtp} without its payload type): names and values around semicolons. Whatever
     * the text, this returns; of a name that comes twice the first counts.
     *
     * @param fmtp the text
     * @return names in lower case with their values, in order; unmodifiable, at most {@link #MAX_PARAMETERS}
     */
    public static Map<String, String> parseFmtp(String fmtp) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start <= fmtp.length() && parameters.size() < MAX_PARAMETERS) {
            int semicolon = fmtp.indexOf(';', start);
            int end = semicolon < 0 ? fmtp.length() : semicolon;
            String parameter = fmtp.substring(start, end).strip();
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                parameters.putIfAbsent(name, parameter.substring(equals + 1).strip());
            } else if (equals < 0 && !parameter.isEmpty()) {
                parameters.putIfAbsent("", parameter);
            }
            start = end + 1;
        }
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * Writes the format parameters as a session description has them.
     *
     * @return {@code a=1;b=2}, or an empty text
     */
    public String fmtp() {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey().isEmpty() ? entry.getValue() : entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
    }

    /**
     * Returns the kind of media.
     *
     * @return audio or video
     */
    public MediaKind kind() {
        return mimeType.regionMatches(true, 0, "audio/", 0, 6) ? MediaKind.AUDIO : MediaKind.VIDEO;
    }

    /**
     * Returns the name after the slash, as it is written.
     *
     * @return {@code VP8}, {@code opus}
     */
    public String name() {
        return mimeType.substring(6);
    }

    /**
     * Tells whether this is the codec of a type, whatever the parameters.
     *
     * @param type a media type, {@code video/H264}
     * @return true when they differ at most in case
     */
    public boolean is(String type) {
        return mimeType.equalsIgnoreCase(type);
    }

    /**
     * Returns a parameter.
     *
     * @param name its name in lower case
     * @return its value, or null when it is absent
     */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /**
     * Returns a parameter that is a number.
     *
     * @param name its name in lower case
     * @param absent what to return when it is absent or no decimal number between 0 and 2147483647
     * @return the number
     */
    public int number(String name, int absent) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty() || value.length() > 10) {
            return absent;
        }
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return absent;
            }
            number = number * 10 + digit;
        }
        return number > Integer.MAX_VALUE ? absent : (int) number;
    }

    /**
     * Returns the same codec with other parameters.
     *
     * @param other names and values
     * @return a description that differs in nothing else
     */
    public CodecDescription withParameters(Map<String, String> other) {
        return new CodecDescription(mimeType, clockRate, channels, other);
    }

    private static @Nullable MediaKind kindOf(String mimeType) {
        if (mimeType.length() > 6 && mimeType.indexOf('/', 6) < 0) {
            for (MediaKind kind : MediaKind.values()) {
                if (mimeType.regionMatches(true, 0, kind.text() + "/", 0, 6)) {
                    return kind;
                }
            }
        }
        return null;
    }
}
