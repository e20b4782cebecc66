package org.webrtc4j.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceUnwrapperTest {

    @Test
    void theFirstNumberIsTakenAsItIs() {
        assertThat(SequenceUnwrapper.of32Bits().unwrap(0xffff_fffeL)).isEqualTo(0xffff_fffeL);
        assertThat(SequenceUnwrapper.of16Bits().unwrap(0x1_ffff)).isEqualTo(0xffff);
    }

    @Test
    void numbersGoOnAcrossTheWrap() {
        SequenceUnwrapper unwrapper = SequenceUnwrapper.of32Bits();
        unwrapper.unwrap(0xffff_ffffL);
        assertThat(unwrapper.unwrap(0)).isEqualTo(1L << 32);
        assertThat(unwrapper.unwrap(5)).isEqualTo((1L << 32) + 5);
    }

    @Test
    void anOldNumberAfterTheWrapStaysOld() {
        SequenceUnwrapper unwrapper = SequenceUnwrapper.of16Bits();
        unwrapper.unwrap(65535);
        unwrapper.unwrap(2);
        assertThat(unwrapper.unwrap(65534)).isEqualTo(65534);
        assertThat(unwrapper.unwrap(3)).isEqualTo(65539);
    }

    @Test
    void peekDoesNotMoveTheReference() {
        SequenceUnwrapper unwrapper = SequenceUnwrapper.of16Bits();
        unwrapper.unwrap(100);
        assertThat(unwrapper.peek(30_000)).isEqualTo(30_000);
        assertThat(unwrapper.peek(60_000)).isEqualTo(60_000 - 65_536);
    }

    @Test
    void serialNumbersHalfTheCircleApartAreNotOrdered() {
        assertThat(SerialNumber.lessThan32(0, 1)).isTrue();
        assertThat(SerialNumber.lessThan32(-1, 0)).isTrue();
        assertThat(SerialNumber.lessThan32(0, Integer.MIN_VALUE)).isFalse();
        assertThat(SerialNumber.lessThan32(Integer.MIN_VALUE, 0)).isFalse();
        assertThat(SerialNumber.lessThan16(65535, 0)).isTrue();
        assertThat(SerialNumber.lessThan16(0, 32768)).isFalse();
    }
}
