package org.webrtc4j.ice.gather;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN URL (RFC 7064, RFC 7065).
 *
 * @param scheme stun, stuns, turn or turns
 * @param host a name or an IP literal, without brackets
 * @param port 1 to 65535
 * @param transport udp or tcp: as the URL says, or udp for stun and turn and tcp for stuns and turns
 */
public record ServerUrl(String scheme, String host, int port, String transport) {

    private static final int STUN_PORT = 3478;
    private static final int TLS_PORT = 5349;
    private static final String TRANSPORT = "transport=";

    /**
     * Parses a URL.
     *
     * @param url the text
     * @return null when it is not such a URL
     */
    public static @Nullable ServerUrl parse(String url) {
        int colon = url.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
        int fallback =
                switch (scheme) {
                    case "stun", "turn" -> STUN_PORT;
                    case "stuns", "turns" -> TLS_PORT;
                    default -> 0;
                };
        int query = url.indexOf('?', colon);
        String transport = transport(scheme, query < 0 ? "" : url.substring(query + 1));
        String authority = url.substring(colon + 1, query < 0 ? url.length() : query);
        int bracket = authority.lastIndexOf(']');
        int portColon = authority.indexOf(':', bracket + 1);
        String host = portColon < 0 ? authority : authority.substring(0, portColon);
        int port = portColon < 0 ? fallback : port(authority.substring(portColon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (fallback == 0 || host.isEmpty() || port < 1 || port > 65_535 || transport == null) {
            return null;
        }
        return new ServerUrl(scheme, host, port, transport);
    }

    /** RFC 7065 section 3.1; other queries than a transport are ignored, other transports are none of ours. */
    private static @Nullable String transport(String scheme, String query) {
        if (!query.startsWith(TRANSPORT)) {
            return scheme.endsWith("s") ? "tcp" : "udp";
        }
        String transport = query.substring(TRANSPORT.length()).toLowerCase(Locale.ROOT);
        return transport.equals("udp") || transport.equals("tcp") ? transport : null;
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
