package org.webrtc4j.media.codec;

import java.util.Arrays;

/**
 * A picture in planes: luma, then both chroma at half the width and height (I420), rows without gaps. Mutable, and owned by
 * whoever made it; an encoder borrows it for the call.
 */
public final class VideoFrame {

    /** The largest width and height: 8192. */
    public static final int MAX_SIDE = 8_192;

    private static final byte BLACK_LUMA = 16;
    private static final byte NO_CHROMA = (byte) 128;

    private final int width;
    private final int height;
    private final byte[] y;
    private final byte[] u;
    private final byte[] v;

    /**
     * Makes a black picture.
     *
     * @param width of the luma plane, 2 to {@link #MAX_SIDE}
     * @param height of the luma plane, 2 to {@link #MAX_SIDE}
     * @throws IllegalArgumentException when a side is out of its range
     */
    public VideoFrame(int width, int height) {
        if (width < 2 || height < 2 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException(width + "x" + height);
        }
        this.width = width;
        this.height = height;
        y = new byte[width * height];
        u = new byte[chromaWidth() * chromaHeight()];
        v = new byte[u.length];
        blacken();
    }

    /**
     * Returns the width.
     *
     * @return pixels
     */
    public int width() {
        return width;
    }

    /**
     * Returns the height.
     *
     * @return pixels
     */
    public int height() {
        return height;
    }

    /**
     * Returns the width of a chroma plane.
     *
     * @return half of the width, rounded up
     */
    public int chromaWidth() {
        return (width + 1) / 2;
    }

    /**
     * Returns the height of a chroma plane.
     *
     * @return half of the height, rounded up
     */
    public int chromaHeight() {
        return (height + 1) / 2;
    }

    /**
     * Returns the luma plane.
     *
     * @return the picture's own array, 16 black to 235 white
     */
    public byte[] y() {
        return y;
    }

    /**
     * Returns the plane of blue.
     *
     * @return the picture's own array, 128 without colour
     */
    public byte[] u() {
        return u;
    }

    /**
     * Returns the plane of red.
     *
     * @return the picture's own array, 128 without colour
     */
    public byte[] v() {
        return v;
    }

    /** Makes the whole picture black. */
    public void blacken() {
        Arrays.fill(y, BLACK_LUMA);
        Arrays.fill(u, NO_CHROMA);
        Arrays.fill(v, NO_CHROMA);
    }
}
