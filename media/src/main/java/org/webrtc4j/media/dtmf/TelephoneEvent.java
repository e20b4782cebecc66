package org.webrtc4j.media.dtmf;

import org.jspecify.annotations.Nullable;

/**
 * The payload of a telephone event (RFC 4733 section 2.3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     event     |E|R| volume    |          duration             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param event 0 to 15 are the keys {@code 0123456789*#ABCD}; others are tones and states of a line
 * @param end whether the event has ended
 * @param volume the level of the tone below the full scale, in dB, 0 to 63
 * @param duration how long it has lasted since the timestamp of its packets, in ticks, 0 to 65535
 */
public record TelephoneEvent(int event, boolean end, int volume, int duration) {

    /** Bytes of a payload. */
    public static final int BYTES = 4;

    private static final String KEYS = "0123456789*#ABCD";

    /**
     * Checks.
     *
     * @param event 0 to 15 are the keys {@code 0123456789*#ABCD}; others are tones and states of a line
     * @param end whether the event has ended
     * @param volume the level of the tone below the full scale, in dB, 0 to 63
     * @param duration how long it has lasted since the timestamp of its packets, in ticks, 0 to 65535
     * @throws IllegalArgumentException when a number is out of its range
     */
    public TelephoneEvent {
        if (event < 0 || event > 255 || volume < 0 || volume > 63 || duration < 0 || duration > 0xffff) {
            throw new IllegalArgumentException("event " + event + ", volume " + volume + ", duration " + duration);
        }
    }

    /**
     * Reads a payload; what follows the first event is left aside.
     *
     * @param bytes the array
     * @param offset the first byte
     * @param length how many bytes
     * @return the event, or null when there are too few bytes
     */
    public static @Nullable TelephoneEvent parse(byte[] bytes, int offset, int length) {
        if (length < BYTES) {
            return null;
        }
        int flags = bytes[offset + 1];
        int duration = (bytes[offset + 2] & 0xff) << 8 | (bytes[offset + 3] & 0xff);
        return new TelephoneEvent(bytes[offset] & 0xff, (flags & 0x80) != 0, flags & 0x3f, duration);
    }

    /**
     * Writes the payload.
     *
     * @return four bytes
     */
    public byte[] toBytes() {
        return new byte[] {(byte) event, (byte) ((end ? 0x80 : 0) | volume), (byte) (duration >> 8), (byte) duration};
    }

    /**
     * Returns the key of an event.
     *
     * @param event its number
     * @return the key, or 0 when it is none
     */
    public static char key(int event) {
        return event >= 0 && event < KEYS.length() ? KEYS.charAt(event) : 0;
    }

    /**
     * Returns the event of a key.
     *
     * @param key one of {@code 0123456789*#ABCD}, small letters as well
     * @return its number, or -1 when it is no key
     */
    public static int event(char key) {
        return KEYS.indexOf(key >= 'a' && key <= 'd' ? key - 'a' + 'A' : key);
    }
}
