package org.webrtc4j.sdp;

/**
 * The ICE user fragment (RFC 8839 section 5.4); media level, or session level for all sections without one.
 *
 * @param ufrag 4 to 256 ice-chars
 */
public record IceUfrag(String ufrag) implements Attribute {

    static final String NAME = "ice-ufrag";

    /**
     * Checks length and characters.
     *
     * @param ufrag 4 to 256 ice-chars
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public IceUfrag {
        Grammar.range(ufrag.length(), 4, 256, "length of the user fragment");
        IcePwd.iceChars(ufrag, "user fragment");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(ufrag);
    }
}
