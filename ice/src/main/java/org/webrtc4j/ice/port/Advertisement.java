package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.agent.IpLiteral;

/**
 * An outer address given by the user: {@code host}, {@code host:port}, an IPv6 literal with or without brackets.
 *
 * @param inner the local address it belongs to, or null for the first one of its family
 * @param port the outer port, or 0 for the same as the inner one
 */
record Advertisement(@Nullable InetAddress inner, String host, int port) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*");

    /** What kind of host it is. */
    enum Family {
        IPV4,
        IPV6,
        NAME
    }

    static Advertisement parse(@Nullable InetAddress inner, String text) {
        String host = text;
        int port = 0;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || (end + 1 < text.length() && text.charAt(end + 1) != ':')) {
                throw refused(text);
            }
            host = text.substring(1, end);
            if (end + 1 < text.length()) {
                port = parsePort(text, text.substring(end + 2));
            }
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
            port = parsePort(text, text.substring(text.indexOf(':') + 1));
        }
        return new Advertisement(inner, checked(text, host), port);
    }

    Family family() {
        return host.indexOf(':') >= 0 ? Family.IPV6 : IPV4.matcher(host).matches() ? Family.IPV4 : Family.NAME;
    }

    private static String checked(String text, String host) {
        boolean literal = host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
        if (!literal) {
            if (!NAME.matcher(host).matches()) {
                throw refused(text);
            }
            return host;
        }
        if (host.indexOf('%') >= 0) {
            throw refused(text);
        }
        try {
            InetAddress address = InetAddress.getByName(host); // a literal: nothing is looked up
            if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
                throw refused(text);
            }
            return IpLiteral.text(address);
        } catch (UnknownHostException e) {
            throw refused(text);
        }
    }

    private static int parsePort(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65_535 && Character.isDigit(digits.charAt(0))) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "not an address to advertise: \"" + text + "\" (expected host, host:port or [IPv6]:port)");
    }
}
