package org.webrtc4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelfTestCommandTest {

    @Test
    void aMessageAToneAndPicturesComeBack() throws Exception {
        assertThat(new SelfTestCommand().run(new String[0])).isZero();
    }
}
