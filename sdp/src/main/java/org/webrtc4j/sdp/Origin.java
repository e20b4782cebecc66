package org.webrtc4j.sdp;

/**
 * The o= line (RFC 8866 section 5.2): who wrote the description, and which version of it this is.
 *
 * @param username the user, {@code -} where there is none
 * @param sessionId digits that are unique for the user and the host
 * @param sessionVersion digits that grow with each version
 * @param networkType {@code IN}
 * @param addressType {@code IP4} or {@code IP6}
 * @param address the host
 */
public record Origin(
        String username,
        String sessionId,
        String sessionVersion,
        String networkType,
        String addressType,
        String address) {

    /**
     * Checks words and digits; numbers have no more than 64 digits.
     *
     * @param username the user, {@code -} where there is none
     * @param sessionId digits that are unique for the user and the host
     * @param sessionVersion digits that grow with each version
     * @param networkType {@code IN}
     * @param addressType {@code IP4} or {@code IP6}
     * @param address the host
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Origin {
        Grammar.word(username, "username");
        Grammar.digits(sessionId, "session id");
        Grammar.digits(sessionVersion, "session version");
        Grammar.word(networkType, "network type");
        Grammar.word(addressType, "address type");
        Grammar.word(address, "address");
    }

    /**
     * The origin that RFC 9429 section 5.2.1 asks for: it tells neither the user nor the host.
     *
     * @param sessionId random, 0 to 2<sup>62</sup>-1
     * @param sessionVersion counts from 0 or 1, and grows by one with each changed description
     * @return the origin
     */
    public static Origin anonymous(long sessionId, long sessionVersion) {
        return new Origin("-", Long.toString(sessionId), Long.toString(sessionVersion), "IN", "IP4", "0.0.0.0");
    }

    static Origin parse(Cursor cursor) {
        return new Origin(
                cursor.word("the username"),
                cursor.word("the session id"),
                cursor.word("the session version"),
                cursor.word("the network type"),
                cursor.word("the address type"),
                cursor.word("the address"));
    }

    void appendTo(StringBuilder out) {
        out.append(username).append(' ').append(sessionId).append(' ').append(sessionVersion);
        out.append(' ')
                .append(networkType)
                .append(' ')
                .append(addressType)
                .append(' ')
                .append(address);
    }
}
