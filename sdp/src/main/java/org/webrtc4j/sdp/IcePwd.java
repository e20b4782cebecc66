package org.webrtc4j.sdp;

/**
 * The ICE password (RFC 8839 section 5.4); media level, or session level for all sections without one.
 *
 * @param pwd 22 to 256 ice-chars
 */
public record IcePwd(String pwd) implements Attribute {

    static final String NAME = "ice-pwd";

    /**
     * Checks length and characters.
     *
     * @param pwd 22 to 256 ice-chars
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public IcePwd {
        Grammar.range(pwd.length(), 22, 256, "length of the password");
        iceChars(pwd, "password");
    }

    static void iceChars(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            Grammar.require(Grammar.isIceChar(text.charAt(i)), what, "has a character that is no ice-char");
        }
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(pwd);
    }
}
