package org.webrtc4j.ice.agent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Turns text into an address without ever asking a name server, and an address into text. */
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

    /**
     * Writes an address as candidates carry it.
     *
     * @param address IPv4 or IPv6
     * @return four decimal numbers, or IPv6 in the form of RFC 5952 section 4 without a zone id
     */
    public static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = longestZeros(groups);
        StringBuilder text = new StringBuilder(MAX_CHARS);
        for (int i = 0; i < groups.length; ) {
            if (i == start) {
                text.append("::");
                i += zeros(groups, i);
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i++]));
            }
        }
        return text.toString();
    }

    /** The first of the longest runs of two or more zero groups, or -1 (RFC 5952 section 4.2). */
    private static int longestZeros(int[] groups) {
        int start = -1;
        int longest = 1;
        for (int i = 0; i < groups.length; i += Math.max(1, zeros(groups, i))) {
            if (zeros(groups, i) > longest) {
                start = i;
                longest = zeros(groups, i);
            }
        }
        return start;
    }

    private static int zeros(int[] groups, int from) {
        int at = from;
        while (at < groups.length && groups[at] == 0) {
            at++;
        }
        return at - from;
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
