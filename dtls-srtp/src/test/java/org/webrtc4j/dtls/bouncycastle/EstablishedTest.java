package org.webrtc4j.dtls.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.dtls.contract.DtlsPair;
import org.webrtc4j.dtls.contract.Link;
import org.webrtc4j.dtls.contract.RealTimeLoop;

/** What a stranger can and cannot do to a connection that is set up. */
class EstablishedTest {

    private static final LocalCertificate CERTIFICATE =
            Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());

    private final RealTimeLoop loop = new RealTimeLoop();
    private final BouncyCastleDtls factory = new BouncyCastleDtls(new SecureRandom());
    private final DtlsPair pair = newPair();

    @BeforeEach
    void connect() {
        pair.connect();
    }

    @AfterEach
    void works() {
        pair.client().send(new byte[] {1, 2, 3});
        loop.runUntil("data still arrives", () -> pair.server().data().stream()
                .anyMatch(data -> Arrays.equals(data, new byte[] {1, 2, 3})));
        assertThat(pair.server().events()).hasSize(1);
        pair.close();
        factory.close();
    }

    @Test
    void aForgedRecordIsDropped() {
        pair.server().receive(record(23, 1, 1_000, new byte[200]));
        assertThat(pair.server().drops("not-authentic")).isEqualTo(1);
        assertThat(pair.server().data()).isEmpty();
    }

    /** At {254, 254}, the DTLS 1.1 that never was, the library would die. */
    @Test
    void aRecordOfAnotherVersionIsDropped() {
        for (int minor = 0; minor < 256; minor++) {
            byte[] record = record(23, 1, 1_000 + minor, new byte[200]);
            record[2] = (byte) minor;
            pair.server().receive(record);
        }
        assertThat(pair.server().drops("malformed-record")).isEqualTo(255);
        assertThat(pair.server().drops("not-authentic")).isEqualTo(1);
        assertThat(pair.server().data()).isEmpty();
    }

    @Test
    void aRecordTooShortToBeAuthenticIsDropped() {
        for (int size = 0; size < 24; size++) {
            for (int type = 20; type <= 23; type++) {
                pair.server().receive(record(type, 1, 1_000 + size, new byte[size]));
            }
        }
        assertThat(pair.server().drops("not-authentic")).isEqualTo(24 * 4);
    }

    @Test
    void aReplayedRecordIsDropped() {
        pair.client().send(new byte[] {9});
        loop.runUntil("data", () -> !pair.server().data().isEmpty());
        byte[] recorded = pair.fromClient().get(pair.fromClient().size() - 1);
        pair.server().receive(recorded);
        assertThat(pair.server().data()).hasSize(1);
        assertThat(pair.server().drops("replayed")).isEqualTo(1);
    }

    @Test
    void aTamperedRecordIsDroppedAndTheGenuineOneStillCounts() {
        pair.link((fromClient, index, datagram) -> List.of());
        pair.client().send(new byte[] {9});
        byte[] genuine = pair.fromClient().get(pair.fromClient().size() - 1);
        for (int i = 11; i < genuine.length; i++) {
            byte[] tampered = genuine.clone();
            tampered[i] ^= 0x10;
            pair.server().receive(tampered);
        }
        assertThat(pair.server().data()).isEmpty();
        pair.server().receive(genuine);
        assertThat(pair.server().data()).hasSize(1);
        pair.link(Link.perfect());
    }

    @Test
    void alertsAndDataWithoutProtectionAreDropped() {
        pair.server().receive(record(21, 0, 9_000, new byte[] {2, 40}));
        pair.server().receive(record(21, 0, 9_001, new byte[] {1, 0}));
        pair.server().receive(record(23, 0, 9_002, new byte[10]));
        pair.server().receive(record(20, 0, 9_003, new byte[] {1}));
        assertThat(pair.server().drops("plaintext-record")).isEqualTo(4);
    }

    @Test
    void aNewHelloIsNotAnswered() {
        long sent = pair.server().endpoint().stats().datagramsSent();
        pair.server().receive(pair.fromClient().get(0));
        byte[] later = pair.fromClient().get(0).clone();
        later[5 + 4] = 1; // another record number
        pair.server().receive(later);
        assertThat(pair.server().endpoint().stats().datagramsSent()).isEqualTo(sent);
    }

    @Test
    void foreignEpochsAreDropped() {
        pair.server().receive(record(23, 2, 0, new byte[100]));
        pair.server().receive(record(22, 0xFFFF, 0, new byte[100]));
        assertThat(pair.server().drops("wrong-epoch")).isEqualTo(2);
    }

    @Test
    void badHandshakeFragmentsAfterTheHandshakeChangeNothing() {
        for (int size : new int[] {1, 11, 12, 40, 1_100}) {
            byte[] fragment = new byte[size];
            Arrays.fill(fragment, (byte) 0xFF);
            pair.server().receive(record(22, 0, 9_000 + size, fragment));
            pair.client().receive(record(22, 0, 9_000 + size, fragment));
        }
        assertThat(pair.client().drops("plaintext-record")).isEqualTo(5);
        assertThat(pair.client().hasEnded()).isFalse();
    }

    @Test
    void ourOwnRecordsReflectedAreDropped() {
        pair.server().send(new byte[] {5});
        byte[] own = pair.fromServer().get(pair.fromServer().size() - 1);
        pair.server().receive(own);
        assertThat(pair.server().data()).isEmpty();
        assertThat(pair.server().drops("not-authentic")).isEqualTo(1);
    }

    @Test
    void severalRecordsInOneDatagramAreAllRead() {
        pair.link((fromClient, index, datagram) -> List.of());
        pair.client().send(new byte[] {5});
        pair.client().send(new byte[] {6});
        int count = pair.fromClient().size();
        byte[] one = pair.fromClient().get(count - 2);
        byte[] two = pair.fromClient().get(count - 1);
        byte[] both =
                ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();
        pair.server().receive(both);
        assertThat(pair.server().data()).hasSize(2);
        pair.link(Link.perfect());
    }

    @Test
    void theLargestRecordGoesThrough() {
        pair.client().send(new byte[16_384]);
        loop.runUntil("data", () -> !pair.server().data().isEmpty());
        assertThat(pair.server().data().get(0)).hasSize(16_384);
    }

    @Test
    void nothingIsAwaited() {
        assertThat(pair.client().endpoint().nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
        assertThat(pair.server().endpoint().nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    /** A figure only when run alone: in the whole module's run, fuzzing has instrumented the library before. */
    @Test
    void aRecordOfDataCostsThisMuch() {
        Direct from = new Direct();
        Direct to = new Direct();
        DtlsConfig config = DtlsConfig.of("direct", CERTIFICATE);
        from.endpoint = factory.create(config, loop, from);
        to.endpoint = factory.create(config, loop, to);
        from.peer = to;
        to.peer = from;
        from.endpoint.setRemoteFingerprints(CERTIFICATE.fingerprints());
        to.endpoint.setRemoteFingerprints(CERTIFICATE.fingerprints());
        to.endpoint.start(DtlsRole.SERVER, loop.clock().nanoTime());
        from.endpoint.start(DtlsRole.CLIENT, loop.clock().nanoTime());
        loop.runUntil("connected", () -> from.connected && to.connected);
        from.direct = true;
        ByteBuffer message = ByteBuffer.wrap(new byte[1_000]);
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            from.endpoint.sendApplicationData(message, 0);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            from.endpoint.sendApplicationData(message, 0);
        }
        nanos = System.nanoTime() - nanos;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        System.out.printf(
                "DTLS record of 1,000 B, sent and received: %.2f us, %d bytes allocated%n",
                nanos / 1_000.0 / rounds, bytes / rounds);
        assertThat(to.received).isEqualTo(2L * rounds * 1_000);
        assertThat(bytes / rounds).as("garbage per record, the JDK's").isLessThan(4 * 1_024);
    }

    /** Hands datagrams on at once when told to: two engines on one stack, nothing between them to be measured. */
    private final class Direct implements DtlsSink {
        @SuppressWarnings("NullAway.Init") // set right after construction
        DtlsEndpoint endpoint;

        @SuppressWarnings("NullAway.Init") // set right after construction
        Direct peer;

        boolean direct;
        boolean connected;
        long received;

        @Override
        public void transmit(ByteBuffer packet) {
            if (direct) {
                peer.endpoint.handlePacket(packet, 0);
                return;
            }
            byte[] copy = new byte[packet.remaining()];
            packet.get(packet.position(), copy);
            loop.execute(() -> peer.endpoint.handlePacket(ByteBuffer.wrap(copy), 0));
        }

        @Override
        public void onApplicationData(ByteBuffer data) {
            received += data.remaining();
        }

        @Override
        public void onEvent(DtlsEvent event) {
            connected = event instanceof DtlsEvent.Connected;
        }
    }

    private DtlsPair newPair() {
        DtlsConfig config = DtlsConfig.of("established", CERTIFICATE);
        return new DtlsPair(factory, loop, config, config);
    }

    private static byte[] record(int type, int epoch, int sequence, byte[] fragment) {
        ByteBuffer record = ByteBuffer.allocate(13 + fragment.length);
        record.put((byte) type).put((byte) 0xFE).put((byte) 0xFD).putShort((short) epoch);
        record.putShort((short) 0)
                .putInt(sequence)
                .putShort((short) fragment.length)
                .put(fragment);
        return record.array();
    }
}
