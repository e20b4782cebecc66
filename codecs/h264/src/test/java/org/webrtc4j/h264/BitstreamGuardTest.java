package org.webrtc4j.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that claim more than there can be, each the smallest of its kind. */
class BitstreamGuardTest {

    private final BitstreamGuard guard = new BitstreamGuard();

    /** A unit as its bits, written as text: blanks do not count, {@code uN} is ue(v). */
    private static ByteBuffer unit(int header, String fields) {
        StringBuilder bits = new StringBuilder();
        for (String field : (Iterable<String>) Pattern.compile(" +").splitAsStream(fields)::iterator) {
            bits.append(field.startsWith("u") ? exponential(Long.parseLong(field.substring(1))) : field);
        }
        bits.append('1');
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        ByteBuffer unit = ByteBuffer.allocate(1 + bits.length() / 8);
        unit.put((byte) header);
        for (int i = 0; i < bits.length(); i += 8) {
            unit.put((byte) Integer.parseInt(bits.substring(i, i + 8), 2));
        }
        return unit.flip();
    }

    private static String exponential(long value) {
        String digits = Long.toBinaryString(value + 1);
        return "0".repeat(digits.length() - 1) + digits;
    }

    private static ByteBuffer sequence(String id, String order, String rest) {
        return unit(0x67, "01000010 0000000011111111 " + id + " u0 " + order + " u1 0 u19 u14 1 1 0 " + rest);
    }

    private static ByteBuffer sequence() {
        return sequence("u0", "u2", "0");
    }

    private static ByteBuffer picture(String ids, String groups, String references) {
        return unit(0x68, ids + " 0 0 " + groups + " " + references + " 0 00 u0 u0 u0 00 0");
    }

    private static ByteBuffer picture() {
        return picture("u0 u0", "u0", "u0 u0");
    }

    /** An intra slice of a picture that others refer to. */
    private static ByteBuffer intra() {
        return unit(0x65, "u0 u7 u0 0000 u0 00 u0");
    }

    private static ByteBuffer inter(String fields) {
        return unit(0x61, "u0 u5 u0 0001 " + fields);
    }

    private boolean allows(ByteBuffer... units) {
        return guard.allows(List.of(units));
    }

    private void begin() {
        assertThat(allows(sequence(), picture(), intra())).isTrue();
    }

    @Test
    void aPictureOfTwentyByFifteenMacroblocksIsAllowed() {
        begin();
        assertThat(guard.macroblocks()).isEqualTo(300);
        assertThat(allows(inter("0 0 0 u0"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {32, 1_000, 0x1_0000_0000L - 2})
    void anIdentifierOfASequenceIsAtMost31(long id) {
        assertThat(allows(sequence("u" + id, "u2", "0"), picture(), intra())).isFalse();
        assertThat(allows(sequence(), picture("u0 u" + id, "u0", "u0 u0"), intra()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {256, 1 << 20})
    void anIdentifierOfAPictureParameterSetIsAtMost255(long id) {
        assertThat(allows(sequence(), picture("u" + id + " u0", "u0", "u0 u0"), intra()))
                .isFalse();
    }

    @Test
    void aCycleOfPictureOrderHasAtMost255Frames() {
        assertThat(allows(sequence("u0", "u1 1 u0 u0 u2000000000", "0"), picture(), intra()))
                .isFalse();
    }

    @Test
    void aBufferHasAtMost32Schedules() {
        assertThat(allows(sequence("u0", "u2", "1 0 0 0 0 0 1 u1000000 00000000"), picture(), intra()))
                .isFalse();
    }

    @Test
    void sliceGroupsAreRefused() {
        assertThat(allows(sequence(), picture("u0 u0", "u7", "u0 u0"), intra())).isFalse();
    }

    @Test
    void atMost32PicturesAreReferredTo() {
        assertThat(allows(sequence(), picture("u0 u0", "u0", "u32 u0"), intra()))
                .isFalse();
        begin();
        assertThat(allows(inter("1 u100000000 0 0 u0"))).isFalse();
    }

    @Test
    void aListThatDoesNotEndIsRefused() {
        begin();
        assertThat(allows(inter("0 1 " + "u0 u0 ".repeat(40)))).isFalse();
        assertThat(allows(inter("0 1 " + "u0 u0 ".repeat(200) + "u3 0 u0"))).isFalse();
        assertThat(allows(inter("0 0 1 " + "u5 ".repeat(200) + "u0 u0"))).isFalse();
    }

    @Test
    void aLongTermFrameHasANumberOfAtMost16() {
        begin();
        assertThat(allows(inter("0 0 1 u6 u1000000 u0 u0"))).isFalse();
    }

    @Test
    void aSliceWithoutParameterSetsIsRefused() {
        assertThat(allows(intra())).isFalse();
        assertThat(allows(sequence(), intra())).isFalse();
        assertThat(new BitstreamGuard().allows(List.of(picture(), intra()))).isFalse();
        assertThat(allows(sequence(), picture())).as("nothing to decode").isFalse();
    }

    @Test
    void whatIsCutOffAnywhereIsRefusedOrAllowedWithoutAnException() {
        for (ByteBuffer whole : List.of(sequence(), picture(), intra())) {
            for (int length = 0; length <= whole.limit(); length++) {
                ByteBuffer cut = whole.duplicate().limit(length);
                new BitstreamGuard().allows(List.of(sequence(), picture(), cut));
            }
        }
    }
}
