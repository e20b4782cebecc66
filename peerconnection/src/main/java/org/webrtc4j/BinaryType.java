package org.webrtc4j;

/**
 * How binary messages are presented.
 *
 * @see <a href="https://websockets.spec.whatwg.org/#binarytype">the specification</a>
 */
public enum BinaryType {
    /** As {@link MessageData.Blob}: an immutable read-only buffer. */
    BLOB("blob"),

    /** As {@link MessageData.ArrayBuffer}: an array that the receiver owns. */
    ARRAYBUFFER("arraybuffer");

    private final String wireName;

    BinaryType(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Returns the value as the W3C text has it.
     *
     * @return the text
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds the value of a W3C text.
     *
     * @param text the text, in lower case
     * @return the value
     * @throws DOMException TypeError when there is none
     */
    public static BinaryType fromWireName(String text) {
        for (BinaryType value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No BinaryType is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
