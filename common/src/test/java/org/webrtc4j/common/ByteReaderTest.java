package org.webrtc4j.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ByteReaderTest {

    @Test
    void whatTheWriterWroteIsRead() {
        ByteWriter writer = new ByteWriter(64);
        writer.u8(0xfe)
                .u16(0xfedc)
                .i32(0x89abcdef)
                .i64(-2)
                .bytes(new byte[] {1, 2, 3})
                .zeros(1);
        ByteReader reader = new ByteReader().reset(writer.toByteBuffer());
        assertThat(reader.u8()).isEqualTo(0xfe);
        assertThat(reader.u16()).isEqualTo(0xfedc);
        assertThat(reader.u32()).isEqualTo(0x89abcdefL);
        assertThat(reader.i64()).isEqualTo(-2);
        assertThat(reader.u24()).isEqualTo(0x010203);
        assertThat(reader.bytes(1)).containsExactly(0);
        assertThat(reader.remaining()).isZero();
        assertThat(reader.failed()).isFalse();
    }

    @Test
    void readingPastTheEndFailsForGoodAndReturnsZero() {
        ByteReader reader = new ByteReader().reset(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(reader.i32()).isZero();
        assertThat(reader.failed()).isTrue();
        assertThat(reader.u8()).isZero();
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void aClaimedLengthAllocatesNothing() {
        ByteReader reader = new ByteReader().reset(new byte[4], 1, 2);
        assertThat(reader.bytes(Integer.MAX_VALUE)).isEmpty();
        assertThat(reader.failed()).isTrue();
        assertThat(reader.reset(new byte[4], 0, 4).bytes(-1)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsNotWrittenAndSaid() {
        ByteWriter writer = new ByteWriter(3);
        writer.u16(1).i32(7);
        assertThat(writer.overflowed()).isTrue();
        assertThat(writer.size()).isEqualTo(2);
        assertThat(writer.clear().u8(1).overflowed()).isFalse();
    }
}
