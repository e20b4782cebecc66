package org.webrtc4j.peers.libwebrtc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What messages consist of. */
final class Payload {

    private static final byte[] PATTERN = "echo é € 𝄞 ".getBytes(StandardCharsets.UTF_8);

    private Payload() {}

    /** Bytes in which every value occurs and neighbouring blocks of 256 differ. */
    static byte[] binary(int size) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++) {
            data[i] = (byte) (i + 7 * (i >> 8));
        }
        return data;
    }

    /** Bytes of UTF-8, with characters of one to four bytes. */
    static byte[] text(int size) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++) {
            data[i] = PATTERN[i % PATTERN.length];
        }
        int end = size;
        while ((PATTERN[end % PATTERN.length] & 0xc0) == 0x80) {
            end--; // the last character is cut
        }
        Arrays.fill(data, end, size, (byte) '.');
        return data;
    }
}
