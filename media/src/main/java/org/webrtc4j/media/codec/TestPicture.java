package org.webrtc4j.media.codec;

import java.util.Arrays;

/**
 * A picture that tells its number: colour bars, the number in digits for people, and in a row of black and white squares
 * for programs, which survives encoding. For tests and demonstrations.
 *
 * <p>The row is at the top: two squares, white and black, then {@link #BITS} bits of the number, the highest first, white
 * for one, and as many once more inverted, so that what is read can be trusted.
 */
public final class TestPicture {

    /** How many bits of the number are shown. */
    public static final int BITS = 24;

    private static final int SQUARES = 2 + 2 * BITS;
    private static final int WHITE = 235;
    private static final int BLACK = 16;

    /** The bars of SMPTE at three quarters: white, yellow, cyan, green, magenta, red, blue; Y, U, V. */
    private static final int[][] BARS = {
        {180, 128, 128}, {162, 44, 142}, {131, 156, 44}, {112, 72, 58}, {84, 184, 198}, {65, 100, 212}, {35, 212, 114}
    };

    /** Digits of three by five pixels, a row in three bits, the top one highest. */
    private static final int[] DIGITS = {
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
        0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_001_001,
        0b111_101_111_101_111, 0b111_101_111_001_111
    };

    private TestPicture() {}

    /**
     * Draws the picture of a number.
     *
     * @param picture at least 128 pixels wide and 32 high; all of it is overwritten
     * @param number its low {@link #BITS} bits are shown
     * @throws IllegalArgumentException when the picture is too small
     */
    public static void draw(VideoFrame picture, long number) {
        if (picture.width() < 128 || picture.height() < 32) {
            throw new IllegalArgumentException(picture.width() + "x" + picture.height());
        }
        drawBars(picture);
        int value = (int) number & ((1 << BITS) - 1);
        drawRow(picture, value);
        drawDigits(picture, value);
    }

    /**
     * Reads the number of a picture.
     *
     * @param picture drawn by {@link #draw}, and perhaps encoded, decoded and scaled since
     * @return the number, or -1 when none can be read
     */
    public static int read(VideoFrame picture) {
        int number = 0;
        if (!isWhite(picture, 0) || isWhite(picture, 1)) {
            return -1;
        }
        for (int i = 0; i < BITS; i++) {
            boolean bit = isWhite(picture, 2 + i);
            if (bit == isWhite(picture, 2 + BITS + i)) {
                return -1;
            }
            number = number << 1 | (bit ? 1 : 0);
        }
        return number;
    }

    private static void drawBars(VideoFrame picture) {
        for (int row = 0; row < picture.height(); row++) {
            for (int column = 0; column < picture.width(); column++) {
                picture.y()[row * picture.width() + column] = (byte) BARS[column * BARS.length / picture.width()][0];
            }
        }
        for (int row = 0; row < picture.chromaHeight(); row++) {
            for (int column = 0; column < picture.chromaWidth(); column++) {
                int[] bar = BARS[column * BARS.length / picture.chromaWidth()];
                int at = row * picture.chromaWidth() + column;
                // Without colour where the squares and digits are.
                boolean plain = row * 2 < rowHeight(picture) || isWithinDigits(picture, column * 2, row * 2);
                picture.u()[at] = (byte) (plain ? 128 : bar[1]);
                picture.v()[at] = (byte) (plain ? 128 : bar[2]);
            }
        }
    }

    private static void drawRow(VideoFrame picture, int value) {
        for (int square = 0; square < SQUARES; square++) {
            boolean white = square == 0;
            if (square >= 2) {
                int bit = (square - 2) % BITS;
                white = (value >> (BITS - 1 - bit) & 1) == (square < 2 + BITS ? 1 : 0);
            }
            int from = square * picture.width() / SQUARES;
            int to = (square + 1) * picture.width() / SQUARES;
            fill(picture, from, 0, to, rowHeight(picture), white ? WHITE : BLACK);
        }
    }

    private static void drawDigits(VideoFrame picture, int value) {
        int scale = digitScale(picture);
        int left = digitsLeft(picture);
        int top = digitsTop(picture);
        fill(picture, left - scale, top - scale, left + 8 * 4 * scale, top + 6 * scale, BLACK);
        int rest = value;
        for (int place = 7; place >= 0; place--) {
            int digit = DIGITS[rest % 10];
            rest /= 10;
            for (int pixel = 0; pixel < 15; pixel++) {
                if ((digit >> (14 - pixel) & 1) != 0) {
                    int x = left + (place * 4 + pixel % 3) * scale;
                    int y = top + pixel / 3 * scale;
                    fill(picture, x, y, x + scale, y + scale, WHITE);
                }
            }
        }
    }

    private static boolean isWhite(VideoFrame picture, int square) {
        int from = square * picture.width() / SQUARES;
        int to = (square + 1) * picture.width() / SQUARES;
        int height = rowHeight(picture);
        int x = (from + to) / 2;
        int sum = 0;
        for (int y = height / 4; y < height * 3 / 4; y++) {
            sum += picture.y()[y * picture.width() + x] & 0xff;
        }
        return sum > (WHITE + BLACK) / 2 * (height * 3 / 4 - height / 4);
    }

    private static void fill(VideoFrame picture, int left, int top, int right, int bottom, int luma) {
        for (int y = Math.max(0, top); y < Math.min(bottom, picture.height()); y++) {
            int line = y * picture.width();
            Arrays.fill(picture.y(), line + Math.max(0, left), line + Math.min(right, picture.width()), (byte) luma);
        }
    }

    private static boolean isWithinDigits(VideoFrame picture, int x, int y) {
        int scale = digitScale(picture);
        int left = digitsLeft(picture);
        int top = digitsTop(picture);
        return x >= left - scale && x < left + 32 * scale && y >= top - scale && y < top + 6 * scale;
    }

    private static int rowHeight(VideoFrame picture) {
        return Math.max(8, picture.height() / 12);
    }

    private static int digitScale(VideoFrame picture) {
        return Math.max(1, picture.width() / 64);
    }

    private static int digitsLeft(VideoFrame picture) {
        return picture.width() / 2 - 16 * digitScale(picture);
    }

    private static int digitsTop(VideoFrame picture) {
        return picture.height() / 2;
    }
}
