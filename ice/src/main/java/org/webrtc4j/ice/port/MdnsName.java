package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names of multicast DNS: text, and the wire form of RFC 1035 section 3.1 (labels preceded by their length, ended by a zero)
 * with the compression of section 4.1.4.
 */
final class MdnsName {

    /** RFC 1035 section 2.3.4: all labels with their lengths and the final zero. */
    static final int MAX_BYTES = 255;

    private static final int MAX_LABEL = 63;

    /** More pointers in one name make it none. */
    private static final int MAX_POINTERS = 16;

    private static final String SUFFIX = ".local";

    private MdnsName() {}

    /**
     * Brings a name into the form in which names are compared.
     *
     * @return lower case, without a final dot; null when it is no name under .local that could be asked for
     */
    static @Nullable String normalize(String text) {
        if (text.length() > MAX_BYTES) {
            return null;
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!name.endsWith(SUFFIX) || name.length() + 2 > MAX_BYTES) {
            return null;
        }
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return null;
                }
                label = 0;
            } else if (c <= ' ' || c >= 127 || ++label > MAX_LABEL) {
                return null;
            }
        }
        return name;
    }

    /** Writes a normalized name without compression. */
    static void write(String name, ByteBuffer target) {
        int from = 0;
        while (from < name.length()) {
            int dot = name.indexOf('.', from);
            int end = dot < 0 ? name.length() : dot;
            target.put((byte) (end - from));
            for (int i = from; i < end; i++) {
                target.put((byte) name.charAt(i));
            }
            from = end + 1;
        }
        target.put((byte) 0);
    }

    /**
     * Reads a name, following compression pointers backwards only, so that it ends whatever the bytes are.
     *
     * @param message the message from index 0; its position is left alone
     * @param at where the name begins
     * @param text cleared and filled with the name in lower case
     * @return the index behind the name where it began, or -1 when it is no name
     */
    static int read(ByteBuffer message, int at, StringBuilder text) {
        text.setLength(0);
        int end = -1;
        int limit = message.limit();
        int barrier = at; // a pointer must lead before everything read so far
        int pointers = 0;
        int index = at;
        while (index < limit) {
            int length = message.get(index) & 0xFF;
            if (length == 0) {
                return end < 0 ? index + 1 : end;
            }
            if (length >= 0xC0) {
                if (index + 1 >= limit || ++pointers > MAX_POINTERS) {
                    return -1;
                }
                int target = (length & 0x3F) << 8 | (message.get(index + 1) & 0xFF);
                if (target >= barrier) {
                    return -1;
                }
                end = end < 0 ? index + 2 : end;
                barrier = target;
                index = target;
            } else if (length > MAX_LABEL || index + length >= limit || text.length() + length + 3 > MAX_BYTES) {
                return -1;
            } else {
                if (text.length() > 0) {
                    text.append('.');
                }
                for (int i = 1; i <= length; i++) {
                    int c = message.get(index + i) & 0xFF;
                    text.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
                }
                index += length + 1;
            }
        }
        return -1;
    }
}
