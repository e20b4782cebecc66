package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A feedback message that may be used (RFC 4585 section 4.2).
 *
 * @param payloadType 0 to 127, or {@link #ALL} for {@code *}
 * @param type e.g. {@code nack}, {@code ccm}, {@code transport-cc}
 * @param parameter the rest, e.g. {@code pli}; null when absent
 */
public record RtcpFeedback(
        int payloadType, String type, @Nullable String parameter) implements Attribute {

    static final String NAME = "rtcp-fb";

    /** The payload type of a line that holds for the whole section. */
    public static final int ALL = -1;

    /**
     * Checks the texts.
     *
     * @param payloadType 0 to 127, or {@link #ALL} for {@code *}
     * @param type e.g. {@code nack}, {@code ccm}, {@code transport-cc}
     * @param parameter the rest, e.g. {@code pli}; null when absent
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public RtcpFeedback {
        Grammar.range(payloadType, ALL, 127, "payload type");
        Grammar.word(type, "feedback type");
        if (parameter != null) {
            Grammar.trimmed(parameter, "feedback parameter");
        }
    }

    /**
     * Tells whether the line holds for a payload type.
     *
     * @param other the payload type
     * @return true when it is the same or this line holds for all
     */
    public boolean appliesTo(int other) {
        return payloadType == ALL || payloadType == other;
    }

    static RtcpFeedback parse(Cursor cursor) {
        int payloadType = cursor.accept('*') ? ALL : (int) cursor.numberWord("the payload type", 127);
        if (!cursor.atEnd()) {
            cursor.expect(' ', "the payload type is followed by something that is no digit");
        }
        String type = cursor.word("the feedback type");
        return new RtcpFeedback(payloadType, type, cursor.moreWords() ? cursor.trimmedRest("the parameter") : null);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        if (payloadType == ALL) {
            out.append('*');
        } else {
            out.append(payloadType);
        }
        out.append(' ').append(type);
        if (parameter != null) {
            out.append(' ').append(parameter);
        }
    }
}
