package org.webrtc4j.rtp.extension;

/**
 * How a picture must be turned to be seen upright (3GPP TS 26.114 section 7.4.5): one byte {@code 0000CFRR} of camera,
 * flip and rotation.
 */
public final class VideoOrientation {

    /** Bytes of the element. */
    public static final int SIZE = 1;

    private VideoOrientation() {}

    /**
     * Reads the rotation.
     *
     * @param value the byte
     * @return clockwise degrees to turn the picture by: 0, 90, 180 or 270
     */
    public static int rotationDegrees(byte value) {
        return (value & 3) * 90;
    }

    /**
     * Reads the flip.
     *
     * @param value the byte
     * @return true when the picture is mirrored
     */
    public static boolean flipped(byte value) {
        return (value & 4) != 0;
    }

    /**
     * Reads the camera.
     *
     * @param value the byte
     * @return true for the camera at the back
     */
    public static boolean backCamera(byte value) {
        return (value & 8) != 0;
    }

    /**
     * Puts a byte together.
     *
     * @param rotationDegrees a multiple of 90
     * @param flipped whether the picture is mirrored
     * @param backCamera whether the camera is at the back
     * @return the byte
     */
    public static byte of(int rotationDegrees, boolean flipped, boolean backCamera) {
        return (byte) (Math.floorMod(rotationDegrees / 90, 4) | (flipped ? 4 : 0) | (backCamera ? 8 : 0));
    }
}
