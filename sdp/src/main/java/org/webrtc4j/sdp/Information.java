package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * Descriptive attributes of RFC 8866 that change nothing about the media, kept as text.
 *
 * @param kind which one
 * @param value the text behind the colon
 */
public record Information(Kind kind, String value) implements Attribute {

    /** The attributes whose value is free text. */
    public enum Kind {
        /** Category, dotted hierarchy (section 6.1). */
        CAT("cat"),
        /** Keywords (section 6.2). */
        KEYWDS("keywds"),
        /** The program that wrote the description (section 6.3). */
        TOOL("tool"),
        /** Orientation of a whiteboard (section 6.8). */
        ORIENT("orient"),
        /** Type of the conference (section 6.9). */
        TYPE("type"),
        /** Character set of names and information (section 6.10). */
        CHARSET("charset"),
        /** Language of the description (section 6.11). */
        SDPLANG("sdplang"),
        /** Language of the media (section 6.12). */
        LANG("lang"),
        /** Quality of still pictures (section 6.14). */
        QUALITY("quality"),
        /** Pointer to a label of the application (RFC 4574). */
        LABEL("label"),
        /** What the media is about (RFC 4796). */
        CONTENT("content");

        private static final Kind[] ALL = values();

        private final String attributeName;

        Kind(String attributeName) {
            this.attributeName = attributeName;
        }

        static @Nullable Kind of(String name) {
            for (Kind kind : ALL) {
                if (kind.attributeName.equals(name)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /**
     * Checks the text.
     *
     * @param kind which one
     * @param value the text behind the colon
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Information {
        Grammar.text(value, "attribute value");
    }

    @Override
    public String attributeName() {
        return kind.attributeName;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(value);
    }
}
