package org.webrtc4j.dtls.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.dtls.DtlsRole;

class HandshakeGuardTest {

    private static final int CLIENT_HELLO = 1;
    private static final int CERTIFICATE = 11;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int CLIENT_KEY_EXCHANGE = 16;

    private final DropCounters<DropReason> drops = new DropCounters<>(DropReason.class);
    private final HandshakeGuard server = new HandshakeGuard(DtlsRole.SERVER, drops);
    private final HandshakeGuard client = new HandshakeGuard(DtlsRole.CLIENT, drops);
    private final Records records = new Records();

    @Test
    void aWholeFlightPassesInItsOrder() {
        records.handshake(CLIENT_HELLO, 0, 100);
        assertThat(types(server.accept(records.datagram()))).containsExactly("22/0");
        records.handshake(CERTIFICATE, 1, 300)
                .handshake(CLIENT_KEY_EXCHANGE, 2, 33)
                .handshake(CERTIFICATE_VERIFY, 3, 74)
                .changeCipherSpec()
                .secret(RecordWalker.HANDSHAKE, 0);
        assertThat(types(server.accept(records.datagram()))).containsExactly("22/0", "22/0", "22/0", "20/0", "22/1");
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void changeCipherSpecWaitsForALostCertificateVerify() {
        server.accept(records.handshake(CLIENT_HELLO, 0, 100).datagram());
        server.accept(records.handshake(CERTIFICATE, 1, 300)
                .handshake(CLIENT_KEY_EXCHANGE, 2, 33)
                .datagram());
        records.changeCipherSpec().secret(RecordWalker.HANDSHAKE, 0);
        assertThat(server.accept(records.datagram())).isNull();

        byte[] passed =
                server.accept(records.handshake(CERTIFICATE_VERIFY, 3, 74).datagram());
        assertThat(types(passed)).containsExactly("22/0", "20/0", "22/1");
    }

    @Test
    void changeCipherSpecWaitsForEveryFragmentOfCertificateVerifyAndForAllBefore() {
        server.accept(records.handshake(CLIENT_HELLO, 0, 100).datagram());
        records.changeCipherSpec()
                .record(RecordWalker.HANDSHAKE, 0, Records.fragment(CERTIFICATE_VERIFY, 74, 3, 0, 40))
                .handshake(CERTIFICATE, 1, 300);
        assertThat(types(server.accept(records.datagram()))).containsExactly("22/0", "22/0");
        records.record(RecordWalker.HANDSHAKE, 0, Records.fragment(CERTIFICATE_VERIFY, 74, 3, 40, 34));
        assertThat(types(server.accept(records.datagram()))).containsExactly("22/0");
        records.handshake(CLIENT_KEY_EXCHANGE, 2, 33);
        assertThat(types(server.accept(records.datagram()))).containsExactly("22/0", "20/0");
    }

    @Test
    void aClientWaitsForItsOwnChangeCipherSpec() {
        records.changeCipherSpec().secret(RecordWalker.HANDSHAKE, 0);
        assertThat(client.accept(records.datagram())).isNull();
        assertThat(types(client.ownChangeCipherSpecSent())).containsExactly("20/0", "22/1");
        assertThat(client.ownChangeCipherSpecSent()).isNull();
    }

    @Test
    void finishedBeforeChangeCipherSpecIsHeld() {
        client.ownChangeCipherSpecSent();
        records.secret(RecordWalker.HANDSHAKE, 7);
        assertThat(client.accept(records.datagram())).isNull();
        assertThat(types(client.accept(records.changeCipherSpec().datagram()))).containsExactly("20/0", "22/1");
    }

    @Test
    void aRepeatedChangeCipherSpecPasses() {
        client.ownChangeCipherSpecSent();
        assertThat(types(client.accept(records.changeCipherSpec().datagram()))).containsExactly("20/0");
        assertThat(types(client.accept(records.changeCipherSpec().datagram()))).containsExactly("20/0");
    }

    @Test
    void heldRecordsAreBoundedAndTheOldestGivesWay() {
        for (int i = 0; i < HandshakeGuard.MAX_HELD_RECORDS + 3; i++) {
            client.accept(records.secret(RecordWalker.HANDSHAKE, i).datagram());
        }
        assertThat(drops.get(DropReason.TOO_EARLY)).isEqualTo(3);
        client.ownChangeCipherSpecSent();
        byte[] passed =
                Objects.requireNonNull(client.accept(records.changeCipherSpec().datagram()));
        assertThat(types(passed)).hasSize(1 + HandshakeGuard.MAX_HELD_RECORDS);
        assertThat(passed[13 + 1 + 13]).as("the oldest still held").isEqualTo((byte) 3);
    }

    @Test
    void dataOfTheNewEpochIsKeptForAfterTheHandshake() {
        records.secret(RecordWalker.APPLICATION_DATA, 1)
                .secret(RecordWalker.APPLICATION_DATA, 2)
                .secret(RecordWalker.ALERT, 3);
        assertThat(server.accept(records.datagram())).isNull();
        List<byte[]> early = server.takeEarlyRecords();
        assertThat(early).hasSize(3);
        assertThat(early.get(1)[13]).isEqualTo((byte) 2);
        assertThat(server.takeEarlyRecords()).isEmpty();
    }

    @Test
    void earlyDataIsBounded() {
        for (int i = 0; i < HandshakeGuard.MAX_EARLY_RECORDS + 5; i++) {
            server.accept(records.secret(RecordWalker.APPLICATION_DATA, i).datagram());
        }
        assertThat(server.takeEarlyRecords()).hasSize(HandshakeGuard.MAX_EARLY_RECORDS);
        assertThat(drops.get(DropReason.HELD_TOO_MUCH)).isEqualTo(5);
    }

    @Test
    void aMessageDeclaredTooLongIsDropped() {
        dropped(Records.fragment(CLIENT_HELLO, 0xFFFFFF, 0, 0, 10), DropReason.OVERSIZED_MESSAGE);
        dropped(Records.fragment(CLIENT_HELLO, 16 * 1024 + 1, 0, 0, 10), DropReason.OVERSIZED_MESSAGE);
    }

    @Test
    void aFragmentBeyondItsMessageIsDropped() {
        dropped(Records.fragment(CLIENT_HELLO, 100, 0, 95, 10), DropReason.MALFORMED_HANDSHAKE);
        dropped(Records.fragment(CLIENT_HELLO, 100, 0, 0xFFFFFF, 10), DropReason.MALFORMED_HANDSHAKE);
    }

    @Test
    void aMessageFarAheadIsDropped() {
        dropped(Records.fragment(CLIENT_HELLO, 10, 17, 0, 10), DropReason.MESSAGE_TOO_FAR_AHEAD);
        dropped(Records.fragment(CLIENT_HELLO, 10, 0xFFFF, 0, 10), DropReason.MESSAGE_TOO_FAR_AHEAD);
    }

    @Test
    void aFragmentLongerThanItsRecordIsDropped() {
        byte[] fragment = Records.fragment(CLIENT_HELLO, 100, 0, 0, 100);
        byte[] cut = java.util.Arrays.copyOf(fragment, 60);
        dropped(cut, DropReason.MALFORMED_HANDSHAKE);
        dropped(new byte[11], DropReason.MALFORMED_HANDSHAKE);
        dropped(new byte[0], DropReason.MALFORMED_HANDSHAKE);
    }

    @Test
    void aContradictingFragmentIsDropped() {
        server.accept(records.record(RecordWalker.HANDSHAKE, 0, Records.fragment(CLIENT_HELLO, 100, 0, 0, 50))
                .datagram());
        dropped(Records.fragment(CLIENT_HELLO, 101, 0, 50, 50), DropReason.CONTRADICTING_FRAGMENT);
        dropped(Records.fragment(CERTIFICATE, 100, 0, 50, 50), DropReason.CONTRADICTING_FRAGMENT);
    }

    @Test
    void overlappingFragmentsPass() {
        for (int offset : new int[] {0, 25, 10, 50}) {
            records.record(RecordWalker.HANDSHAKE, 0, Records.fragment(CLIENT_HELLO, 100, 0, offset, 50));
        }
        assertThat(types(server.accept(records.datagram()))).hasSize(4);
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void oneByteFragmentsAreBounded() {
        for (int i = 0; i < 100; i++) {
            server.accept(records.record(RecordWalker.HANDSHAKE, 0, Records.fragment(CLIENT_HELLO, 1_000, 0, i, 1))
                    .datagram());
        }
        assertThat(drops.get(DropReason.TOO_MANY_FRAGMENTS)).isEqualTo(100 - HandshakeGuard.MAX_FRAGMENTS);
    }

    @Test
    void datagramsOfAHandshakeAreBounded() {
        for (int i = 0; i < HandshakeGuard.MAX_DATAGRAMS + 9; i++) {
            server.accept(ByteBuffer.wrap(new byte[] {99}));
        }
        assertThat(drops.get(DropReason.HANDSHAKE_TOO_LONG)).isEqualTo(9);
        assertThat(drops.get(DropReason.UNKNOWN_CONTENT_TYPE)).isEqualTo(HandshakeGuard.MAX_DATAGRAMS);
    }

    @Test
    void oneBadFragmentCondemnsItsRecordAndIsNotNoted() {
        byte[] good = Records.fragment(CERTIFICATE_VERIFY, 10, 0, 0, 10);
        byte[] bad = Records.fragment(CLIENT_HELLO, 0xFFFFFF, 1, 0, 10);
        byte[] both =
                ByteBuffer.allocate(good.length + bad.length).put(good).put(bad).array();
        dropped(both, DropReason.OVERSIZED_MESSAGE);
        assertThat(server.accept(records.changeCipherSpec().datagram())).isNull();
    }

    @Test
    void plaintextAlertsAreRememberedNotPassed() {
        records.record(RecordWalker.ALERT, 0, new byte[] {1, 0}).record(RecordWalker.ALERT, 0, new byte[] {2, 42});
        assertThat(server.accept(records.datagram())).isNull();
        assertThat(server.plaintextAlert()).hasValue(42);
        assertThat(drops.get(DropReason.PLAINTEXT_ALERT)).isEqualTo(2);
    }

    @Test
    void plaintextDataAndForeignEpochsAreDropped() {
        records.record(RecordWalker.APPLICATION_DATA, 0, new byte[50])
                .record(RecordWalker.HANDSHAKE, 2, new byte[50])
                .record(RecordWalker.CHANGE_CIPHER_SPEC, 1, new byte[50]);
        assertThat(server.accept(records.datagram())).isNull();
        assertThat(drops.get(DropReason.PLAINTEXT_RECORD)).isEqualTo(1);
        assertThat(drops.get(DropReason.WRONG_EPOCH)).isEqualTo(1);
        assertThat(drops.get(DropReason.MALFORMED_RECORD)).isEqualTo(1);
    }

    @Test
    void aRecordTooLongForAHandshakeIsDropped() {
        records.record(RecordWalker.HANDSHAKE, 0, new byte[HandshakeGuard.MAX_RECORD_BYTES]);
        assertThat(server.accept(records.datagram())).isNull();
        assertThat(drops.get(DropReason.OVERSIZED_RECORD)).isEqualTo(1);
    }

    private void dropped(byte[] fragment, DropReason reason) {
        long before = drops.get(reason);
        assertThat(server.accept(
                        records.record(RecordWalker.HANDSHAKE, 0, fragment).datagram()))
                .isNull();
        assertThat(drops.get(reason)).isEqualTo(before + 1);
    }

    private static List<String> types(byte @Nullable [] passed) {
        List<String> types = new ArrayList<>();
        RecordWalker walker = new RecordWalker();
        if (passed != null) {
            walker.begin(passed, 0, passed.length);
        }
        while (passed != null && walker.next()) {
            types.add(walker.type() + "/" + walker.epoch());
        }
        return types;
    }
}
