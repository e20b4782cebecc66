package org.webrtc4j.ice;

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

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "IceParameters[ufrag=" + ufrag + ", lite=" + lite + ", trickle=" + trickle + "]";
    }
}
