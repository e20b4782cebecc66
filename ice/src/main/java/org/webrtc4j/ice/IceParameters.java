package org.webrtc4j.ice;

import java.util.random.RandomGenerator;

/**
 * The credentials and options of one generation (RFC 8839 section 5.4).
 *
 * @param ufrag the username fragment, 4 to 256 ice-chars
 * @param pwd the password, 22 to 256 ice-chars
 * @param lite true when that side only answers checks
 * @param trickle true when candidates may follow the description (RFC 8838)
 * @param renomination true when that side understands renomination
 */
public record IceParameters(String ufrag, String pwd, boolean lite, boolean trickle, boolean renomination) {

    /** 48 bits: twice what RFC 8445 section 5.3 asks, because a shared port finds its agents by ufrag alone. */
    private static final int UFRAG_CHARS = 8;

    /** 144 bits, where RFC 8445 section 5.3 asks for 128. */
    private static final int PWD_CHARS = 24;

    // RFC 8839 section 5.4
    private static final int MIN_UFRAG = 4;
    private static final int MIN_PWD = 22;
    private static final int MAX_CHARS = 256;

    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /**
     * Draws credentials for a new generation of a side that trickles and understands renomination.
     *
     * @param random where they come from; must be unpredictable outside tests
     * @param lite true when that side only answers checks
     * @return 48 bits of ufrag and 144 bits of password
     */
    public static IceParameters draw(RandomGenerator random, boolean lite) {
        return new IceParameters(iceChars(random, UFRAG_CHARS), iceChars(random, PWD_CHARS), lite, true, true);
    }

    /**
     * Makes the parameters of a side whose credentials the caller has chosen, and which trickles and understands renomination.
     *
     * @param ufrag 4 to 256 ice-chars: letters, digits, plus and slash; unique among the agents of a shared port
     * @param pwd 22 to 256 ice-chars, of which 128 bits must be unpredictable (RFC 8445 section 5.3)
     * @param lite true when that side only answers checks
     * @return the parameters
     * @throws IllegalArgumentException when one is too short or too long, or contains other characters
     */
    public static IceParameters chosen(String ufrag, String pwd, boolean lite) {
        if (!isUfrag(ufrag)) {
            throw new IllegalArgumentException("A ufrag has " + MIN_UFRAG + " to " + MAX_CHARS + " ice-chars");
        }
        checkPassword(pwd);
        return new IceParameters(ufrag, pwd, lite, true, true);
    }

    /**
     * Returns the same credentials for a side that neither asks for renomination nor follows one: once a pair is settled only
     * its loss brings another.
     *
     * @return a copy
     */
    public IceParameters withoutRenomination() {
        return new IceParameters(ufrag, pwd, lite, trickle, false);
    }

    /**
     * Tells whether a text may be a ufrag (RFC 8839 section 5.4).
     *
     * @param text the text
     * @return true for 4 to 256 ice-chars
     */
    public static boolean isUfrag(String text) {
        return isIceText(text, MIN_UFRAG);
    }

    /**
     * Checks that a text may be a password (RFC 8839 section 5.4).
     *
     * @param text the text
     * @throws IllegalArgumentException when it is not 22 to 256 ice-chars
     */
    public static void checkPassword(String text) {
        if (!isIceText(text, MIN_PWD)) {
            throw new IllegalArgumentException("An ICE password has " + MIN_PWD + " to " + MAX_CHARS + " ice-chars");
        }
    }

    private static boolean isIceText(String text, int min) {
        return text.length() >= min
                && text.length() <= MAX_CHARS
                && text.chars().allMatch(c -> ICE_CHARS.indexOf(c) >= 0);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "IceParameters[ufrag=" + ufrag + ", lite=" + lite + ", trickle=" + trickle + "]";
    }

    private static String iceChars(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }
}
