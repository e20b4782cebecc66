package org.webrtc4j;

/**
 * How media sections are offered to a peer that does not know BUNDLE.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcbundlepolicy-enum">the specification</a>
 */
public enum RTCBundlePolicy {
    /** One transport for each kind of media. */
    BALANCED("balanced"),

    /** One transport for each section. */
    MAX_COMPAT("max-compat"),

    /** One transport; sections of a peer without BUNDLE are rejected. */
    MAX_BUNDLE("max-bundle");

    private final String wireName;

    RTCBundlePolicy(String wireName) {
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
    public static RTCBundlePolicy fromWireName(String text) {
        for (RTCBundlePolicy value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCBundlePolicy is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
