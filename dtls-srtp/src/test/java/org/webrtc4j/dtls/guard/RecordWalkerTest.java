package org.webrtc4j.dtls.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordWalkerTest {

    private final RecordWalker walker = new RecordWalker();

    @Test
    void recordsOfADatagramFollowOneAnother() {
        ByteBuffer datagram = new Records()
                .record(RecordWalker.HANDSHAKE, 0, new byte[5])
                .record(RecordWalker.APPLICATION_DATA, 1, new byte[0])
                .datagram();
        ByteBuffer inside = ByteBuffer.allocate(100);
        inside.position(9).limit(9 + datagram.remaining());
        inside.slice().put(datagram);

        walker.begin(inside);
        assertThat(walker.next()).isTrue();
        assertThat(walker.type()).isEqualTo(22);
        assertThat(walker.epoch()).isZero();
        assertThat(walker.length()).isEqualTo(18);
        assertThat(walker.fragmentLength()).isEqualTo(5);
        assertThat(walker.offset()).isEqualTo(9);
        assertThat(walker.next()).isTrue();
        assertThat(walker.type()).isEqualTo(23);
        assertThat(walker.epoch()).isEqualTo(1);
        assertThat(walker.fragmentLength()).isZero();
        assertThat(walker.next()).isFalse();
        assertThat(walker.failure()).isNull();
        assertThat(inside.position()).isEqualTo(9);
    }

    @Test
    void theUnifiedHeaderOfDtls13IsUnknown() {
        refused(new byte[] {0x2F, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, DropReason.UNKNOWN_CONTENT_TYPE);
        refused(new byte[] {19}, DropReason.UNKNOWN_CONTENT_TYPE);
        refused(new byte[] {24}, DropReason.UNKNOWN_CONTENT_TYPE);
    }

    @Test
    void nothingIsNoRecord() {
        refused(new byte[0], DropReason.MALFORMED_RECORD);
    }

    @Test
    void aCutRecordIsMalformed() {
        byte[] whole = new Records()
                .record(RecordWalker.HANDSHAKE, 0, new byte[5])
                .datagram()
                .array();
        for (int length = 1; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length), DropReason.MALFORMED_RECORD);
        }
    }

    @Test
    void aVersionOfTlsIsMalformed() {
        byte[] record = new Records()
                .record(RecordWalker.HANDSHAKE, 0, new byte[5])
                .datagram()
                .array();
        record[1] = 3;
        refused(record, DropReason.MALFORMED_RECORD);
    }

    @Test
    void onlyTheVersionsThatExistAreWalked() {
        byte[] record = new Records()
                .record(RecordWalker.HANDSHAKE, 0, new byte[5])
                .datagram()
                .array();
        for (int minor = 0; minor < 256; minor++) {
            record[2] = (byte) minor;
            if (minor == 0xFF || minor == 0xFD) {
                walker.begin(record, 0, record.length);
                assertThat(walker.next()).isTrue();
            } else {
                refused(record, DropReason.MALFORMED_RECORD);
            }
        }
    }

    @Test
    void aLengthBeyondTheLimitIsRefused() {
        byte[] record = new Records()
                .record(RecordWalker.HANDSHAKE, 0, new byte[20_000])
                .datagram()
                .array();
        refused(record, DropReason.OVERSIZED_RECORD);
    }

    @Test
    void whatFollowsABadRecordIsNotWalked() {
        ByteBuffer datagram = new Records()
                .record(RecordWalker.HANDSHAKE, 0, new byte[5])
                .record(99, 0, new byte[5])
                .record(RecordWalker.HANDSHAKE, 0, new byte[5])
                .datagram();
        walker.begin(datagram);
        assertThat(walker.next()).isTrue();
        assertThat(walker.next()).isFalse();
        assertThat(walker.failure()).isEqualTo(DropReason.UNKNOWN_CONTENT_TYPE);
        assertThat(walker.next()).isFalse();
    }

    private void refused(byte[] datagram, DropReason reason) {
        walker.begin(ByteBuffer.wrap(datagram));
        assertThat(walker.next()).isFalse();
        assertThat(walker.failure()).isEqualTo(reason);
    }
}
