package org.webrtc4j;

/**
 * The state of a candidate pair.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#rtcstatsicecandidatepairstate-enum">the specification</a>
 */
public enum RTCStatsIceCandidatePairState {
    /** Not used by agents of one stream and component. */
    FROZEN("frozen"),

    /** Not yet checked. */
    WAITING("waiting"),

    /** A check is under way. */
    IN_PROGRESS("in-progress"),

    /** Checks ended without success. */
    FAILED("failed"),

    /** A check succeeded. */
    SUCCEEDED("succeeded");

    private final String wireName;

    RTCStatsIceCandidatePairState(String wireName) {
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
    public static RTCStatsIceCandidatePairState fromWireName(String text) {
        for (RTCStatsIceCandidatePairState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCStatsIceCandidatePairState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
