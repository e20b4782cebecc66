package org.webrtc4j.simulation;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;

/**
 * The four flights of a handshake ({@link PlainMessages}) from one side: pieces of the peer's flights go in, the own flight
 * to send next comes out. It knows no time; its owner resends.
 */
final class PlainHandshake {

    /** What a piece of a flight did. */
    enum Step {
        /** Taken; its flight is not complete yet. */
        WAITING,
        /** Its flight was complete: {@link #ownFlight} is the answer, unless it was the last one. */
        ADVANCED,
        /** Here already, or of another flight than the one expected. */
        REPEATED,
        /** Its flight was complete, and wrong. The next piece begins it again. */
        MALFORMED
    }

    private final DtlsConfig config;
    private final RandomGenerator random;
    private final DtlsRole role;
    private PlainFlight expected;
    private List<ByteBuffer> ownFlight = List.of();
    private byte[] transcript = {};
    private long key;
    private boolean hasKey;
    private boolean over;
    private Optional<SrtpProfile> profile = Optional.empty();
    private @Nullable X509Certificate peerCertificate;

    PlainHandshake(DtlsConfig config, RandomGenerator random, DtlsRole role) {
        this.config = config;
        this.random = random;
        this.role = role;
        if (role == DtlsRole.CLIENT) {
            expected = new PlainFlight(PlainMessages.ANSWER);
            say(PlainMessages.HELLO, PlainMessages.hello(randomBytes(), config.srtpProfiles()));
        } else {
            expected = new PlainFlight(PlainMessages.HELLO);
        }
    }

    Step take(ByteBuffer payload) {
        if (over || !expected.take(payload)) {
            return Step.REPEATED;
        }
        byte[] flight = expected.whole();
        if (flight == null) {
            return Step.WAITING;
        }
        boolean wellFormed =
                switch (PlainFlight.number(payload)) {
                    case PlainMessages.HELLO -> takeHello(flight);
                    case PlainMessages.ANSWER -> takeAnswer(flight);
                    case PlainMessages.PROOF -> takeProof(flight);
                    default -> takeFinished(flight);
                };
        if (!wellFormed) {
            expected = new PlainFlight(PlainFlight.number(payload));
            return Step.MALFORMED;
        }
        return Step.ADVANCED;
    }

    /** The last flight has no timer: a repeated question is what tells that it was lost (RFC 6347 section 4.2.4). */
    boolean asksForLastFlight(ByteBuffer payload) {
        return endsWithOwnFlight() && PlainFlight.number(payload) == PlainMessages.PROOF;
    }

    List<ByteBuffer> ownFlight() {
        return ownFlight;
    }

    boolean endsWithOwnFlight() {
        return over && role == DtlsRole.SERVER;
    }

    boolean isOver() {
        return over;
    }

    boolean hasKey() {
        return hasKey;
    }

    long key() {
        return key;
    }

    @Nullable
    X509Certificate peerCertificate() {
        return peerCertificate;
    }

    Optional<KeyingMaterial> keyingMaterial() {
        return profile.map(
                chosen -> new KeyingMaterial(chosen, PlainChecksum.expand(key, KeyingMaterial.exporterBytes(chosen))));
    }

    private boolean takeHello(byte[] flight) {
        PlainMessages.Hello hello = PlainMessages.readHello(flight);
        if (hello == null) {
            return false;
        }
        profile = config.srtpProfiles().stream()
                .filter(hello.profiles()::contains)
                .findFirst();
        heard(flight);
        expected = new PlainFlight(PlainMessages.PROOF);
        say(
                PlainMessages.ANSWER,
                PlainMessages.answer(
                        randomBytes(), profile, config.certificate().certificate()));
        deriveKey();
        return true;
    }

    private boolean takeAnswer(byte[] flight) {
        PlainMessages.Answer answer = PlainMessages.readAnswer(flight);
        if (answer == null) {
            return false;
        }
        profile = answer.profile();
        peerCertificate = answer.certificate();
        heard(flight);
        deriveKey();
        expected = new PlainFlight(PlainMessages.FINISHED);
        say(PlainMessages.PROOF, PlainMessages.proof(config.certificate().certificate(), checksum()));
        return true;
    }

    private boolean takeProof(byte[] flight) {
        PlainMessages.Proof proof = PlainMessages.readProof(flight);
        if (proof == null || proof.checksum() != checksum()) {
            return false;
        }
        peerCertificate = proof.certificate();
        heard(flight);
        say(PlainMessages.FINISHED, PlainMessages.finished(checksum()));
        over = true;
        return true;
    }

    private boolean takeFinished(byte[] flight) {
        over = PlainMessages.isFinished(flight, checksum());
        return over;
    }

    private void say(int number, byte[] flight) {
        ownFlight = PlainFlight.cut(number, flight, config.mtu() - PlainRecord.OVERHEAD_BYTES);
        heard(flight);
    }

    private void heard(byte[] flight) {
        transcript = ByteBuffer.allocate(transcript.length + flight.length)
                .put(transcript)
                .put(flight)
                .array();
    }

    private void deriveKey() {
        key = PlainChecksum.of(1, transcript);
        hasKey = true;
    }

    private long checksum() {
        return PlainChecksum.of(key, transcript);
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[PlainMessages.RANDOM_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
