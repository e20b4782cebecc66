package org.webrtc4j.h264;

import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Rect;
import org.webrtc4j.media.codec.VideoFrame;

/** The library has samples as signed bytes around zero. */
final class Pictures {

    private static final int MACROBLOCK = 16;

    private Pictures() {}

    /** A picture of whole macroblocks, its last row and column repeated beyond the frame. */
    static Picture of(VideoFrame frame) {
        int width = aligned(frame.width());
        int height = aligned(frame.height());
        byte[][] planes = {
            plane(frame.y(), frame.width(), frame.height(), width, height),
            plane(frame.u(), frame.chromaWidth(), frame.chromaHeight(), width / 2, height / 2),
            plane(frame.v(), frame.chromaWidth(), frame.chromaHeight(), width / 2, height / 2)
        };
        Picture picture = Picture.createPicture(width, height, planes, ColorSpace.YUV420J);
        picture.setCrop(new Rect(0, 0, frame.width(), frame.height()));
        return picture;
    }

    static VideoFrame frame(Picture picture) {
        VideoFrame frame = new VideoFrame(picture.getCroppedWidth(), picture.getCroppedHeight());
        int left = picture.getStartX();
        int top = picture.getStartY();
        copy(picture, 0, left, top, frame.y(), frame.width(), frame.height());
        copy(picture, 1, left / 2, top / 2, frame.u(), frame.chromaWidth(), frame.chromaHeight());
        copy(picture, 2, left / 2, top / 2, frame.v(), frame.chromaWidth(), frame.chromaHeight());
        return frame;
    }

    static int aligned(int side) {
        return (side + MACROBLOCK - 1) / MACROBLOCK * MACROBLOCK;
    }

    private static byte[] plane(byte[] from, int width, int height, int toWidth, int toHeight) {
        byte[] plane = new byte[toWidth * toHeight];
        for (int row = 0; row < toHeight; row++) {
            int line = Math.min(row, height - 1) * width;
            for (int column = 0; column < toWidth; column++) {
                plane[row * toWidth + column] = (byte) ((from[line + Math.min(column, width - 1)] & 0xff) - 128);
            }
        }
        return plane;
    }

    private static void copy(Picture picture, int plane, int left, int top, byte[] to, int width, int height) {
        byte[] from = picture.getPlaneData(plane);
        int stride = picture.getPlaneWidth(plane);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                to[row * width + column] = (byte) (from[(top + row) * stride + left + column] + 128);
            }
        }
    }
}
