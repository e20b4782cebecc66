package org.webrtc4j.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers of pictures go on from source to source (RFC 7741 section 4.2, RFC 9628 section 4.2). */
class PictureNumbersTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription VP9 = CodecDescription.video("VP9", "");

    private final PictureNumbers numbers = new PictureNumbers();

    private static byte[] vp8(int id, int tl0) {
        return new byte[] {(byte) 0x90, (byte) 0xe0, (byte) (0x80 | (id >> 8)), (byte) id, (byte) tl0, 0x20, 0x10, 1};
    }

    private static byte[] vp9(int id, int tl0) {
        return new byte[] {(byte) 0xa8, (byte) (0x80 | (id >> 8)), (byte) id, 0x00, (byte) tl0, 0x10, 1};
    }

    /** The payload with what stands in place of its beginning. */
    private byte[] mapped(byte[] payload) {
        byte[] result = payload.clone();
        int length = numbers.map(payload, 0, payload.length);
        for (int i = 0; i < length; i++) {
            result[i] = (byte) (numbers.prefix() >>> (56 - 8 * i));
        }
        return result;
    }

    @Test
    void theFirstSourceKeepsItsNumbers() {
        numbers.begin(VP8);
        assertThat(numbers.map(vp8(500, 7), 0, 8)).isZero();
        assertThat(mapped(vp8(501, 8))).isEqualTo(vp8(501, 8));
    }

    @Test
    void theNumbersOfTheNextFollowAcrossTheirEnds() {
        numbers.begin(VP8);
        mapped(vp8(0x7fff, 0xff));
        numbers.begin(VP8);
        assertThat(mapped(vp8(20, 30))).isEqualTo(vp8(0, 0));
        assertThat(mapped(vp8(20, 30))).as("another packet of the picture").isEqualTo(vp8(0, 0));
        assertThat(mapped(vp8(21, 31))).isEqualTo(vp8(1, 1));
        assertThat(mapped(vp8(19, 29))).as("a late one").isEqualTo(vp8(0x7fff, 0xff));
        numbers.begin(VP8);
        assertThat(mapped(vp8(9_000, 3))).isEqualTo(vp8(2, 2));
    }

    @Test
    void vp9HasItsNumbersElsewhere() {
        numbers.begin(VP9);
        mapped(vp9(10, 1));
        numbers.begin(VP9);
        assertThat(mapped(vp9(900, 100))).isEqualTo(vp9(11, 2));
    }

    @Test
    void whatHasNoNumbersStaysAsItIs() {
        numbers.begin(CodecDescription.video("H264", ""));
        assertThat(numbers.map(new byte[] {0x65, 1, 2}, 0, 3)).isZero();
        numbers.begin(VP8);
        for (int length = 0; length < 7; length++) {
            assertThat(numbers.map(vp8(5, 5), 0, length))
                    .as("cut at %s", length)
                    .isZero();
        }
        assertThat(numbers.map(new byte[] {0x10, 0x10, 1}, 0, 3)).isZero();
    }
}
