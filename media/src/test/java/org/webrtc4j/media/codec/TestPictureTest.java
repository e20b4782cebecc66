package org.webrtc4j.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPictureTest {

    @ParameterizedTest
    @CsvSource({"128,32", "320,240", "640,360", "641,361", "1280,720"})
    void theNumberIsReadBackThroughNoiseFromPicturesOfAnySize(int width, int height) {
        VideoFrame picture = new VideoFrame(width, height);
        Random random = new Random(3);
        for (int number : new int[] {0, 1, 4_711, 0xaaaaaa, 0xffffff}) {
            TestPicture.draw(picture, number);
            for (int i = 0; i < picture.y().length; i++) {
                picture.y()[i] = (byte) Math.max(0, Math.min(255, (picture.y()[i] & 0xff) + random.nextInt(80) - 40));
            }
            assertThat(TestPicture.read(picture)).isEqualTo(number);
        }
    }

    @Test
    void whatIsNoTestPictureHasNoNumber() {
        VideoFrame picture = new VideoFrame(320, 240);
        assertThat(TestPicture.read(picture)).isEqualTo(-1);
        Arrays.fill(picture.y(), (byte) 235);
        assertThat(TestPicture.read(picture)).isEqualTo(-1);
    }

    @Test
    void theColourBarsAreThoseOfTheStandard() {
        VideoFrame picture = new VideoFrame(700, 300);
        TestPicture.draw(picture, 5);
        int line = 290;
        assertThat(picture.y()[line * 700 + 50] & 0xff).isEqualTo(180);
        assertThat(picture.y()[line * 700 + 550] & 0xff).isEqualTo(65);
        assertThat(picture.v()[line / 2 * 350 + 275] & 0xff).isEqualTo(212);
    }

    @Test
    void picturesOfNoSizeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VideoFrame(1, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new VideoFrame(100, 8_193));
        assertThatIllegalArgumentException().isThrownBy(() -> TestPicture.draw(new VideoFrame(100, 100), 1));
    }
}
