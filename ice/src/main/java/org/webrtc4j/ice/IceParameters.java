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
