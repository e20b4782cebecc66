package org.webrtc4j;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceServer;

/** Checks the servers of a configuration (webrtc-pc section 4.4.1.6, RFC 7064, RFC 7065). */
final class IceServerCheck {

    private static final List<String> SCHEMES = List.of("stun", "stuns", "turn", "turns");

    private IceServerCheck() {}

    static void check(RTCConfiguration configuration) {
        for (RTCIceServer server : configuration.iceServers()) {
            if (server.urls().isEmpty()) {
                throw DOMException.syntax("An ICE server needs a URL");
            }
            for (String url : server.urls()) {
                check(url, server);
            }
        }
    }

    static IceServer translate(RTCIceServer server) {
        return new IceServer(server.urls(), orEmpty(server.username()), orEmpty(server.credential()));
    }

    private static void check(String url, RTCIceServer server) {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw DOMException.syntax("An ICE server's URL begins with stun:, stuns:, turn: or turns:, unlike " + url);
        }
        boolean turn = scheme.startsWith("turn");
        String rest = url.substring(colon + 1);
        int query = rest.indexOf('?');
        if (query >= 0) {
            String parameters = rest.substring(query + 1);
            if (!turn || !(parameters.equals("transport=udp") || parameters.equals("transport=tcp"))) {
                throw DOMException.syntax("The query of an ICE server's URL is not understood: " + url);
            }
            rest = rest.substring(0, query);
        }
        checkHostPort(rest, url);
        String username = server.username();
        if (turn && (username == null || server.credential() == null)) {
            throw DOMException.invalidAccess("A TURN server needs username and credential");
        }
        if (turn && username != null && username.length() > 509) {
            // RFC 8489 section 14.3 gives USERNAME less than 509 bytes.
            throw DOMException.syntax("The username of a TURN server is too long");
        }
    }

    private static void checkHostPort(String text, String url) {
        int portColon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.indexOf(':');
        boolean hasPort = portColon > 0;
        String host = hasPort ? text.substring(0, portColon) : text;
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        boolean plain = !host.isEmpty()
                && host.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
        if (!(bracketed || plain) || (hasPort && !isPort(text.substring(portColon + 1)))) {
            throw DOMException.syntax("The host or port of an ICE server's URL is not understood: " + url);
        }
    }

    private static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int port = Integer.parseInt(text);
        return port > 0 && port <= 65_535;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
