package org.webrtc4j.dtls.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsFailure.Reason;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.contract.DtlsPeer;
import org.webrtc4j.dtls.contract.RealTimeLoop;
import org.webrtc4j.dtls.guard.RecordWalker;
import org.webrtc4j.dtls.record.ProtectedRecords;
import org.webrtc4j.dtls.record.RecordSuite;

/** What a peer that has the keys may send, and what becomes of it. */
class ProtectedMessagesTest {

    private static final int DATA = RecordWalker.APPLICATION_DATA;
    private static final int ALERT = RecordWalker.ALERT;
    private static final int HANDSHAKE = RecordWalker.HANDSHAKE;
    private static final byte[] CLOSE_NOTIFY = {1, 0};
    private static final byte[] NO_RENEGOTIATION = {1, 100};

    private static final LocalCertificate OURS = certificate();
    private static final LocalCertificate THEIRS = certificate();

    private final RealTimeLoop loop = new RealTimeLoop();
    private final BouncyCastleDtls factory = new BouncyCastleDtls(new SecureRandom());
    private final HybridCrypto keys = new HybridCrypto(new SecureRandom());
    private final RawPeer foreign = new RawPeer(loop, THEIRS, keys);
    private final DtlsPeer ours = new DtlsPeer(factory, DtlsConfig.of("test", OURS), loop);
    private final List<byte[]> fromOurs = new ArrayList<>();
    private final List<byte[]> fromForeign = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        foreign.stop();
        ours.close();
        factory.close();
    }

    @ParameterizedTest
    @EnumSource
    void closeNotifyEndsTheDatagramItStandsIn(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        ours.receive(datagram(
                seal(theirs, DATA, new byte[] {1}), seal(theirs, ALERT, CLOSE_NOTIFY), seal(theirs, DATA, new byte[] {2
                })));
        assertThat(ours.data()).containsExactly(new byte[] {1});
        assertThat(ours.events()).hasSize(2).last().isInstanceOf(DtlsEvent.Closed.class);
        assertThat(ours.drops("after-end")).isEqualTo(1);
        assertThat(openLast(theirs, ALERT)).as("the answer").isEqualTo(CLOSE_NOTIFY);
        assertThat(ours.send(new byte[] {3})).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aBadRecordBetweenTwoGoodOnesTakesNeitherWithIt(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        byte[] forged = seal(theirs, DATA, new byte[] {9});
        forged[forged.length - 1]++;
        byte[] plain = {21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 9, 9, 0, 2, 2, 40};
        ours.receive(datagram(seal(theirs, DATA, new byte[] {1}), forged, plain, seal(theirs, DATA, new byte[] {2})));
        assertThat(ours.data()).containsExactly(new byte[] {1}, new byte[] {2});
        assertThat(ours.drops("not-authentic")).isEqualTo(1);
        assertThat(ours.drops("plaintext-record")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFatalAlertEndsTheAssociationWithItsCause(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        int sent = fromOurs.size();
        ours.receive(seal(theirs, ALERT, new byte[] {2, 80}));
        assertThat(ours.failure().orElseThrow().reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(ours.failure().orElseThrow().receivedAlert()).hasValue(80);
        assertThat(fromOurs).as("a fatal alert is not answered").hasSize(sent);
    }

    @ParameterizedTest
    @EnumSource
    void warningsAndBrokenAlertsChangeNothing(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        ours.receive(seal(theirs, ALERT, new byte[] {1, 90}));
        ours.receive(seal(theirs, ALERT, new byte[] {1}));
        ours.receive(seal(theirs, ALERT, new byte[] {2, 40, 0}));
        ours.receive(seal(theirs, ALERT, new byte[0]));
        assertThat(ours.drops("malformed-record")).isEqualTo(2);
        assertThat(ours.drops("empty-record")).isEqualTo(1);
        assertWorks(theirs);
    }

    @ParameterizedTest
    @EnumSource
    void aRecordOfNoDataIsNotDelivered(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        ours.receive(seal(theirs, DATA, new byte[0]));
        assertThat(ours.data()).isEmpty();
        assertThat(ours.drops("empty-record")).isEqualTo(1);
        assertWorks(theirs);
    }

    /** HelloRequest, ClientHello, ServerHello, and a ChangeCipherSpec out of place. */
    @ParameterizedTest
    @EnumSource
    void renegotiationIsRefused(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        for (int message = 0; message <= 2; message++) {
            ours.receive(seal(theirs, HANDSHAKE, new byte[] {(byte) message, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0}));
            assertThat(openLast(theirs, ALERT)).isEqualTo(NO_RENEGOTIATION);
        }
        ours.receive(seal(theirs, RecordWalker.CHANGE_CIPHER_SPEC, new byte[] {1}));
        assertThat(openLast(theirs, ALERT)).isEqualTo(NO_RENEGOTIATION);
        assertThat(ours.drops("renegotiation")).isEqualTo(4);
        assertWorks(theirs);
    }

    @ParameterizedTest
    @EnumSource
    void aFinishedThatCameBeforeIsAReplay(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        int sent = fromOurs.size();
        fromForeign.forEach(ours::receive);
        assertThat(ours.drops("replayed")).isEqualTo(1);
        assertThat(fromOurs).hasSize(sent);
        assertWorks(theirs);
    }

    @ParameterizedTest
    @EnumSource
    void aFinishedRepeatedAfterDataIsNotAnswered(DtlsRole role) {
        ProtectedRecords theirs = connect(role);
        assertWorks(theirs);
        int sent = fromOurs.size();
        ours.receive(seal(theirs, HANDSHAKE, finished()));
        assertThat(ours.drops("late-handshake")).isEqualTo(1);
        assertThat(fromOurs).hasSize(sent);
        assertWorks(theirs);
    }

    /** Certificate, ClientKeyExchange and CertificateVerify come again in plain, Finished protected and under a new number. */
    @Test
    void aServerRepeatsItsLastFlightUnderNumbersOfItsOwn() {
        ProtectedRecords theirs = connect(DtlsRole.SERVER);
        assertThat(ours.send(new byte[100])).isTrue();
        List<byte[]> flight = List.copyOf(fromForeign);
        int before = fromOurs.size();
        long number = 5_000;
        for (byte[] datagram : flight.subList(1, flight.size() - 1)) {
            byte[] again = datagram.clone();
            again[9] = (byte) (number >> 8);
            again[10] = (byte) number++;
            ours.receive(again);
        }
        assertThat(fromOurs).hasSize(before);
        ours.receive(seal(theirs, HANDSHAKE, finished()));
        assertThat(fromOurs).as("ChangeCipherSpec and Finished in one datagram").hasSize(before + 1);
        assertThat(fromOurs.get(before)[0]).isEqualTo((byte) RecordWalker.CHANGE_CIPHER_SPEC);
        assertThat(ours.send(new byte[100])).isTrue();
        assertThat(protectedNumbers(fromOurs))
                .doesNotHaveDuplicates()
                .isSorted()
                .hasSizeGreaterThanOrEqualTo(4);
        assertWorks(theirs);
    }

    /** The library alone would take it for the peer's mistake and give up; anybody may send it. */
    @Test
    void aProtectedRecordTooShortToBeOneDoesNotEndAHandshake() {
        ours.output(datagram -> {
            byte[] tooShort = {22, (byte) 0xFE, (byte) 0xFD, 0, 1, 0, 0, 0, 0, 0, 7, 0, 3, 1, 2, 3};
            ours.receive(tooShort);
            foreign.give(datagram);
        });
        foreign.output(ours::receive);
        ours.expect(THEIRS.fingerprints());
        foreign.startServer();
        ours.start(DtlsRole.CLIENT);
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
    }

    @Test
    void whenItsNumbersAreUsedUpAnAssociationEndsInsteadOfTakingOneTwice() {
        byte[] keyBlock = new byte[RecordSuite.AES_128_GCM.keyBlockBytes()];
        ProtectedRecords records = new ProtectedRecords(
                RecordSuite.AES_128_GCM, DtlsRole.CLIENT, keyBlock, ProtectedRecords.MAX_NUMBER - 1);
        List<byte[]> sent = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        LoopAssociation association = new LoopAssociation(
                records,
                null,
                packet -> sent.add(copy(packet)),
                new Negotiation(DtlsConfig.of("test", OURS), new RemoteFingerprints()),
                new LoopAssociation.Listener() {
                    @Override
                    public void onData(ByteBuffer plaintext) {
                        throw new AssertionError("nothing was received");
                    }

                    @Override
                    public void onClosedByPeer() {
                        throw new AssertionError("nothing was received");
                    }

                    @Override
                    public void onDied(DtlsFailure failure) {
                        ends.add(failure.message());
                    }
                });
        assertThat(association.send(ByteBuffer.wrap(new byte[10]))).isTrue();
        assertThat(association.send(ByteBuffer.wrap(new byte[10]))).isFalse();
        assertThat(ends).containsExactly("All record numbers are used up");
        assertThat(sent).as("data, then close_notify").hasSize(2);
        assertThat(sent.get(1)[0]).isEqualTo((byte) ALERT);
        association.close();
        assertThat(sent).hasSize(2);
    }

    /** A client's, whose fifth message it is. Who resends it is beyond checking what it says. */
    private static byte[] finished() {
        return new byte[] {20, 0, 0, 12, 0, 4, 0, 0, 0, 0, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    }

    /** Connects, and hands over the keys of the other side, which itself will send nothing more. */
    private ProtectedRecords connect(DtlsRole role) {
        ours.output(datagram -> {
            fromOurs.add(datagram);
            foreign.give(datagram);
        });
        foreign.output(datagram -> {
            fromForeign.add(datagram);
            ours.receive(datagram);
        });
        foreign.resendMillis = 60_000;
        ours.expect(THEIRS.fingerprints());
        if (role == DtlsRole.CLIENT) {
            foreign.startServer();
            ours.start(DtlsRole.CLIENT);
        } else {
            ours.start(DtlsRole.SERVER);
            foreign.startClient();
        }
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
        return keys.cipher().takeOver();
    }

    private void assertWorks(ProtectedRecords theirs) {
        ours.data().clear();
        ours.receive(seal(theirs, DATA, new byte[] {7, 7}));
        assertThat(ours.data()).containsExactly(new byte[] {7, 7});
        assertThat(ours.send(new byte[] {8})).isTrue();
        assertThat(openLast(theirs, DATA)).isEqualTo(new byte[] {8});
        assertThat(ours.hasEnded()).isFalse();
    }

    private byte[] openLast(ProtectedRecords theirs, int type) {
        byte[] last = fromOurs.get(fromOurs.size() - 1);
        RecordWalker walker = new RecordWalker();
        walker.begin(last, 0, last.length);
        assertThat(walker.next()).isTrue();
        assertThat(walker.type()).isEqualTo(type);
        assertThat(theirs.open(walker)).isNull();
        return copy(theirs.content());
    }

    private static List<Long> protectedNumbers(List<byte[]> datagrams) {
        List<Long> numbers = new ArrayList<>();
        RecordWalker walker = new RecordWalker();
        for (byte[] datagram : datagrams) {
            walker.begin(datagram, 0, datagram.length);
            while (walker.next()) {
                if (walker.epoch() == ProtectedRecords.EPOCH) {
                    numbers.add(walker.number());
                }
            }
        }
        return numbers;
    }

    private static byte[] seal(ProtectedRecords side, int type, byte[] content) {
        return copy(Objects.requireNonNull(side.seal(type, content, 0, content.length)));
    }

    private static byte[] copy(ByteBuffer lent) {
        byte[] bytes = new byte[lent.remaining()];
        lent.get(lent.position(), bytes);
        return bytes;
    }

    private static byte[] datagram(byte[]... records) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] record : records) {
            joined.writeBytes(record);
        }
        return joined.toByteArray();
    }

    private static LocalCertificate certificate() {
        return Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());
    }
}
