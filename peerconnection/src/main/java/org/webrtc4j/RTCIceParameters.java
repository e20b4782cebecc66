package org.webrtc4j;

/**
 * The credentials of one side and generation.
 *
 * @param usernameFragment the ufrag
 * @param password the password
 * @param iceLite true when that side only answers checks
 * @see <a href="https://www.w3.org/TR/webrtc/#rtciceparameters">the specification</a>
 */
public record RTCIceParameters(String usernameFragment, String password, boolean iceLite) {

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "RTCIceParameters[usernameFragment=" + usernameFragment + ", iceLite=" + iceLite + "]";
    }
}
