package org.webrtc4j.ice;

import java.util.List;

/**
 * A STUN or TURN server (RFC 7064, RFC 7065).
 *
 * @param urls stun:, stuns:, turn: or turns: URLs of one server, validated by the caller
 * @param username the TURN user, or empty
 * @param credential the TURN password, or empty
 */
public record IceServer(List<String> urls, String username, String credential) {

    /**
     * Copies the list.
     *
     * @param urls the URLs
     * @param username the TURN user, or empty
     * @param credential the TURN password, or empty
     */
    public IceServer {
        urls = List.copyOf(urls);
    }

    @Override
    public String toString() {
        return "IceServer" + urls;
    }
}
