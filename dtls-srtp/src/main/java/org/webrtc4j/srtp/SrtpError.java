package org.webrtc4j.srtp;

import java.util.Locale;

/** Why a packet was neither protected nor unprotected. A transform returns the {@link #code()} and counts it. */
public enum SrtpError {
    /** Fewer bytes than the fixed header and, when received, the tag and index behind it. */
    TOO_SHORT,
    /** Not version 2, or contributing sources or a header extension that reach past the end (RFC 3550 section 5.1). */
    MALFORMED_HEADER,
    /** The tag does not match: forged, damaged, of another key, or of a roll-over nobody can guess. */
    NOT_AUTHENTIC,
    /** Received before (RFC 3711 section 3.3.2). */
    REPLAYED,
    /** So far behind that nobody remembers whether it was received or protected before. */
    TOO_OLD,
    /** Protected before: the same key stream would hide two texts (RFC 3711 section 9.1). */
    ALREADY_PROTECTED,
    /** All packet indices of this key have been used (RFC 3711 section 9.2). */
    INDEX_EXHAUSTED,
    /** An SRTCP packet without encryption, which no profile of ours allows (RFC 5764 section 4.1.2). */
    NOT_ENCRYPTED,
    /** One SSRC more than {@link SrtpTransform#MAX_SSRCS} and {@link SrtpTransform#MAX_RETIRED_SSRCS}. */
    TOO_MANY_SSRCS,
    /** Less room between position and limit of the destination than the result takes. */
    DESTINATION_TOO_SMALL;

    private static final SrtpError[] ALL = values();

    /**
     * Returns what a transform returns in place of a length.
     *
     * @return a negative number
     */
    public int code() {
        return -1 - ordinal();
    }

    /**
     * Finds the error behind a transform's answer.
     *
     * @param code a negative answer
     * @return the error
     * @throws IllegalArgumentException when the answer is a length
     */
    public static SrtpError of(int code) {
        if (code >= 0 || code < -ALL.length) {
            throw new IllegalArgumentException(code + " is no error");
        }
        return ALL[-1 - code];
    }

    /**
     * Returns the name under which the failures are counted.
     *
     * @return lower case, words joined by hyphens
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
