package org.webrtc4j.ice.gather;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Turns text into an address without ever asking a name server. */
public final class IpLiteral {

    /** The longest text of an IPv6 address, with an IPv4 tail. */
    private static final int MAX_CHARS = 45;

    private IpLiteral() {}

    /**
     * Parses an IP literal.
     *
     * @param text four decimal numbers, or IPv6 in RFC 5952 text; a zone id is cut off
     * @return null when it is none, such as a name
     */
    public static @Nullable InetAddress parse(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        if (literal.isEmpty() || literal.length() > MAX_CHARS) {
            return null;
        }
        return literal.indexOf(':') >= 0 ? parseIpv6(literal) : parseIpv4(literal);
    }

    private static @Nullable InetAddress parseIpv6(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
                return null;
            }
        }
        try {
            // With a colon in it the JDK takes text for a literal or refuses it; it never looks it up.
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable InetAddress parseIpv4(String literal) {
        byte[] bytes = new byte[4];
        int index = 0;
        int value = -1;
        for (int i = 0; i <= literal.length(); i++) {
            char c = i == literal.length() ? '.' : literal.charAt(i);
            if (c == '.') {
                if (value < 0 || index == 4) {
                    return null;
                }
                bytes[index++] = (byte) value;
                value = -1;
            } else if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return null;
                }
            } else {
                return null;
            }
        }
        try {
            return index == 4 ? InetAddress.getByAddress(bytes) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
