package org.webrtc4j.dtls.bouncycastle;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.certificate.PemCertificates;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.contract.DtlsPair;
import org.webrtc4j.dtls.contract.RealTimeLoop;
import org.webrtc4j.dtls.guard.DropReason;
import org.webrtc4j.dtls.guard.HandshakeGuard;
import org.webrtc4j.dtls.guard.RecordWalker;
import org.webrtc4j.dtls.record.ProtectedRecords;
import org.webrtc4j.dtls.record.RecordSuite;

/** Whatever a stranger sends: no exception leaves, nothing grows beyond its bound, nothing of it is delivered. */
class DtlsFuzzTest {

    private static final LocalCertificate CERTIFICATE =
            Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());
    private static final DtlsConfig CONFIG = DtlsConfig.of("fuzz", CERTIFICATE);

    private static final HybridCrypto CRYPTO = new HybridCrypto(new SecureRandom());
    private static final LocalIdentity IDENTITY = LocalIdentity.of(CERTIFICATE, CRYPTO);

    private static @Nullable Captured captured;

    @FuzzTest
    void recordWalker(byte[] datagram) {
        RecordWalker walker = new RecordWalker();
        walker.begin(ByteBuffer.wrap(datagram));
        int records = 0;
        int bytes = 0;
        while (walker.next()) {
            records++;
            bytes += walker.length();
            check(walker.fragmentLength() >= 0 && walker.length() == walker.fragmentLength() + 13);
            check(walker.offset() + walker.length() <= datagram.length);
        }
        check(records <= datagram.length / 13 && bytes <= datagram.length);
        check(walker.failure() != null || bytes == datagram.length);
    }

    @FuzzTest
    void handshakeGuard(FuzzedDataProvider data) {
        DropCounters<DropReason> drops = new DropCounters<>(DropReason.class);
        HandshakeGuard guard = new HandshakeGuard(data.consumeBoolean() ? DtlsRole.CLIENT : DtlsRole.SERVER, drops);
        long taken = 0;
        long passed = 0;
        while (data.remainingBytes() > 0) {
            byte[] datagram = data.consumeBytes(data.consumeInt(0, 1_500));
            taken += datagram.length;
            passed += lengthOf(guard.accept(ByteBuffer.wrap(datagram)));
            if (data.consumeInt(0, 7) == 0) {
                passed += lengthOf(guard.ownChangeCipherSpecSent());
            }
            check(passed <= taken);
        }
        check(guard.takeEarlyRecords().size() <= HandshakeGuard.MAX_EARLY_RECORDS);
    }

    @FuzzTest
    void fingerprintText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Optional<CertificateFingerprint> parsed = CertificateFingerprint.parse(text);
        if (parsed.isPresent()) {
            check(CertificateFingerprint.parse(parsed.get().toString()).equals(parsed));
            check(parsed.get().toString().equalsIgnoreCase(text));
            check(!parsed.get().matches(CERTIFICATE.certificate())
                    || CERTIFICATE.fingerprints().contains(parsed.get())
                    || !parsed.get().algorithm().equals("sha-256"));
        }
    }

    @FuzzTest
    void pemText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            check(PemCertificates.parse(text, text).fingerprints().size() == 1);
        } catch (CertificateException e) {
            check(e.getMessage() != null);
        }
    }

    /** Flights of a real handshake, mutated, through the guard into a handshake of each role. */
    @FuzzTest
    void mutatedFlights(FuzzedDataProvider data) {
        Captured real = capture();
        DtlsRole role = data.consumeBoolean() ? DtlsRole.CLIENT : DtlsRole.SERVER;
        HandshakeGuard guard = new HandshakeGuard(role, new DropCounters<>(DropReason.class));
        List<byte[]> flights = role == DtlsRole.CLIENT ? real.fromServer : real.fromClient;
        Feed feed = new Feed();
        for (int i = 0; i < 32 && data.remainingBytes() > 0; i++) {
            feed.add(guard.accept(ByteBuffer.wrap(mutate(data, flights))));
            if (data.consumeInt(0, 7) == 0) {
                feed.add(guard.ownChangeCipherSpecSent());
            }
        }
        RemoteFingerprints fingerprints = new RemoteFingerprints();
        fingerprints.set(CERTIFICATE.fingerprints());
        Negotiation negotiation = new Negotiation(CONFIG, fingerprints);
        boolean refused = false;
        try {
            if (role == DtlsRole.CLIENT) {
                new DTLSClientProtocol().connect(new ClientPeer(CRYPTO, negotiation, IDENTITY), feed);
            } else {
                new DTLSServerProtocol().accept(new ServerPeer(CRYPTO, negotiation, IDENTITY), feed);
            }
        } catch (IOException e) {
            refused = true;
            check(negotiation.failure(e).message().length() > 0);
        }
        check(refused);
    }

    /** Gives the records it was given, then the end. */
    private static final class Feed implements DatagramTransport {
        private final Deque<byte[]> records = new ArrayDeque<>();

        void add(byte @Nullable [] passed) {
            RecordWalker walker = new RecordWalker();
            if (passed != null) {
                walker.begin(passed, 0, passed.length);
                while (walker.next()) {
                    records.add(Arrays.copyOfRange(passed, walker.offset(), walker.offset() + walker.length()));
                }
                check(walker.failure() == null);
            }
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws InterruptedIOException {
            byte[] record = records.poll();
            if (record == null) {
                throw new InterruptedIOException("the end");
            }
            check(record.length <= length);
            System.arraycopy(record, 0, buffer, offset, record.length);
            return record.length;
        }

        @Override
        public int getReceiveLimit() {
            return HandshakeGuard.MAX_RECORD_BYTES;
        }

        @Override
        public int getSendLimit() {
            return DtlsConfig.DEFAULT_MTU;
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            check(length <= DtlsConfig.DEFAULT_MTU);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Records of a real connection, mutated, into one that is set up. */
    @FuzzTest
    void mutatedRecords(FuzzedDataProvider data) {
        Captured real = capture();
        DtlsEndpoint server = real.pair.server().endpoint();
        int delivered = real.pair.server().data().size();
        int events = real.pair.server().events().size();
        for (int i = 0; i < 64 && data.remainingBytes() > 0; i++) {
            byte[] mutated = mutate(data, real.fromClient);
            server.handlePacket(ByteBuffer.wrap(mutated), 0);
            if (real.pair.server().data().size() != delivered) {
                throw new AssertionError("delivered of " + HexFormat.of().formatHex(mutated));
            }
        }
        if (real.pair.server().events().size() != events) {
            throw new AssertionError("event " + real.pair.server().events());
        }
        check(real.pair.client().send(new byte[] {1}));
        real.loop.runUntil("data", () -> real.pair.server().data().size() > delivered);
        real.pair.server().data().clear();
    }

    /** Records of a peer that has the keys and says what it likes; replayed and mutated ones among them. */
    @FuzzTest
    void protectedRecords(FuzzedDataProvider data) {
        RecordSuite suite = data.pickValue(RecordSuite.values());
        byte[] keyBlock = new byte[suite.keyBlockBytes()];
        long first = data.consumeBoolean() ? 0 : ProtectedRecords.MAX_NUMBER - data.consumeInt(0, 40);
        ProtectedRecords peer = new ProtectedRecords(suite, DtlsRole.SERVER, keyBlock, first);
        Opened opened = new Opened(new ProtectedRecords(suite, DtlsRole.CLIENT, keyBlock));
        List<byte[]> sent = new ArrayList<>();
        while (!opened.ended && data.remainingBytes() > 0) {
            if (!sent.isEmpty() && data.consumeInt(0, 2) == 0) {
                byte[] mutated = mutate(data, sent);
                boolean replayed = sent.stream().anyMatch(record -> Arrays.equals(record, mutated));
                check(opened.take(mutated, replayed ? DropReason.REPLAYED : null, new byte[0]) == 0);
                continue;
            }
            int type = data.consumeInt(RecordWalker.CHANGE_CIPHER_SPEC, RecordWalker.APPLICATION_DATA);
            byte[] content = data.consumeBytes(data.consumeInt(0, 200));
            ByteBuffer record = peer.seal(type, content, 0, content.length);
            if (record == null) {
                check(peer.nextNumber() == ProtectedRecords.MAX_NUMBER + 1);
                return;
            }
            byte[] copy = new byte[record.remaining()];
            record.get(copy);
            sent.add(copy);
            boolean delivers = type == RecordWalker.APPLICATION_DATA && content.length > 0;
            check(opened.take(copy, null, content) == (delivers ? 1 : 0));
        }
    }

    /** A side without a library, and what it lets through. */
    private static final class Opened implements LoopAssociation.Listener {
        final LoopAssociation association;
        final RecordWalker walker = new RecordWalker();
        boolean ended;
        private int answers;
        private int delivered;
        private byte[] expected = new byte[0];

        Opened(ProtectedRecords records) {
            Negotiation negotiation = new Negotiation(CONFIG, new RemoteFingerprints());
            association = new LoopAssociation(records, null, answer -> answers++, negotiation, this);
        }

        /** Returns how many messages of a datagram are delivered, each of which must be the given one. */
        int take(byte[] datagram, @Nullable DropReason reason, byte[] message) {
            expected = message;
            delivered = 0;
            int records = 0;
            int answersBefore = answers;
            walker.begin(datagram, 0, datagram.length);
            while (!ended && walker.next()) {
                records++;
                DropReason dropped = association.take(walker);
                check(reason == null || dropped == reason);
            }
            check(answers - answersBefore <= records);
            return delivered;
        }

        @Override
        public void onData(ByteBuffer plaintext) {
            delivered++;
            check(plaintext.equals(ByteBuffer.wrap(expected)));
        }

        @Override
        public void onClosedByPeer() {
            ended = true;
        }

        @Override
        public void onDied(DtlsFailure failure) {
            check(failure.receivedAlert().isPresent());
            ended = true;
        }
    }

    private static byte[] mutate(FuzzedDataProvider data, List<byte[]> flights) {
        byte[] datagram = flights.get(data.consumeInt(0, flights.size() - 1)).clone();
        if (data.consumeInt(0, 3) == 0) {
            datagram = Arrays.copyOf(datagram, data.consumeInt(0, datagram.length + 20));
        }
        int changes = data.consumeInt(0, 8);
        for (int i = 0; i < changes && datagram.length > 0; i++) {
            int at = data.consumeInt(0, datagram.length - 1);
            datagram[at] = data.consumeByte();
        }
        return datagram;
    }

    private static Captured capture() {
        Captured existing = captured;
        if (existing == null) {
            existing = new Captured();
            captured = existing;
        }
        return existing;
    }

    /** One handshake and one message, kept for all runs. */
    private static final class Captured {
        final RealTimeLoop loop = new RealTimeLoop();
        final BouncyCastleDtls factory = new BouncyCastleDtls(new SecureRandom());
        final DtlsPair pair = new DtlsPair(factory, loop, CONFIG, CONFIG);
        final List<byte[]> fromClient;
        final List<byte[]> fromServer;

        Captured() {
            pair.connect();
            pair.client().send(new byte[200]);
            pair.server().send(new byte[200]);
            loop.runUntil(
                    "data",
                    () -> !pair.client().data().isEmpty()
                            && !pair.server().data().isEmpty());
            fromClient = List.copyOf(pair.fromClient());
            fromServer = List.copyOf(pair.fromServer());
        }
    }

    private static int lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
