package org.webrtc4j.rtp.extension;

/** What a picture shows: one byte, of which the first bit counts. */
public final class VideoContentType {

    /** Bytes of the element. */
    public static final int SIZE = 1;

    /** A camera's picture, or anything. */
    public static final byte UNSPECIFIED = 0;

    /** A screen. */
    public static final byte SCREENSHARE = 1;

    private VideoContentType() {}

    /**
     * Tells whether a screen is shown.
     *
     * @param value the byte
     * @return true for a screen
     */
    public static boolean isScreenshare(byte value) {
        return (value & 1) != 0;
    }
}
