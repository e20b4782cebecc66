package org.webrtc4j.simulation;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ByteReader;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.srtp.SrtpProfile;

/**
 * What the four flights of a handshake say. It is the shape of DTLS 1.2 (RFC 6347 section 4.2.4) without its cryptography:
 *
 * <pre>
 * 1  client  hello:    random (32), SRTP profiles
 * 2  server  answer:   random (32), chosen profile, certificate
 * 3  client  proof:    certificate, checksum of flights 1 and 2 under the common key
 * 4  server  finished: checksum of flights 1, 2 and 3 under the common key
 * </pre>
 *
 * <p>Reading returns null for anything malformed.
 */
final class PlainMessages {

    static final int HELLO = 1;
    static final int ANSWER = 2;
    static final int PROOF = 3;
    static final int FINISHED = 4;

    static final int RANDOM_BYTES = 32;

    private static final int MAX_CERTIFICATE_BYTES = 16_384;

    record Hello(List<SrtpProfile> profiles) {}

    record Answer(Optional<SrtpProfile> profile, X509Certificate certificate) {}

    record Proof(X509Certificate certificate, long checksum) {}

    private PlainMessages() {}

    static byte[] hello(byte[] random, List<SrtpProfile> profiles) {
        ByteWriter writer = new ByteWriter(RANDOM_BYTES + 1 + 2 * profiles.size());
        writer.bytes(random).u8(profiles.size());
        profiles.forEach(profile -> writer.u16(profile.id()));
        return bytes(writer);
    }

    static byte[] answer(byte[] random, Optional<SrtpProfile> profile, X509Certificate certificate) {
        ByteWriter writer = new ByteWriter(RANDOM_BYTES + 4 + MAX_CERTIFICATE_BYTES);
        writer.bytes(random).u16(profile.map(SrtpProfile::id).orElse(0));
        return bytes(certificate(writer, certificate));
    }

    static byte[] proof(X509Certificate certificate, long checksum) {
        ByteWriter writer = new ByteWriter(2 + MAX_CERTIFICATE_BYTES + Long.BYTES);
        return bytes(certificate(writer, certificate).i64(checksum));
    }

    static byte[] finished(long checksum) {
        return bytes(new ByteWriter(Long.BYTES).i64(checksum));
    }

    static @Nullable Hello readHello(byte[] flight) {
        ByteReader reader = new ByteReader().reset(flight, 0, flight.length).skip(RANDOM_BYTES);
        List<SrtpProfile> profiles = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            SrtpProfile.byId(reader.u16()).ifPresent(profiles::add);
        }
        return complete(reader) ? new Hello(List.copyOf(profiles)) : null;
    }

    static @Nullable Answer readAnswer(byte[] flight) {
        ByteReader reader = new ByteReader().reset(flight, 0, flight.length).skip(RANDOM_BYTES);
        Optional<SrtpProfile> profile = SrtpProfile.byId(reader.u16());
        X509Certificate certificate = certificate(reader);
        return certificate != null && complete(reader) ? new Answer(profile, certificate) : null;
    }

    static @Nullable Proof readProof(byte[] flight) {
        ByteReader reader = new ByteReader().reset(flight, 0, flight.length);
        X509Certificate certificate = certificate(reader);
        long checksum = reader.i64();
        return certificate != null && complete(reader) ? new Proof(certificate, checksum) : null;
    }

    static boolean isFinished(byte[] flight, long checksum) {
        ByteReader reader = new ByteReader().reset(flight, 0, flight.length);
        return reader.i64() == checksum && complete(reader);
    }

    private static ByteWriter certificate(ByteWriter writer, X509Certificate certificate) {
        try {
            byte[] encoded = certificate.getEncoded();
            if (encoded.length > MAX_CERTIFICATE_BYTES) {
                throw new IllegalArgumentException("A certificate of " + encoded.length + " bytes");
            }
            return writer.u16(encoded.length).bytes(encoded);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("A certificate that has no encoding", e);
        }
    }

    private static @Nullable X509Certificate certificate(ByteReader reader) {
        byte[] encoded = reader.bytes(reader.u16());
        if (reader.failed()) {
            return null;
        }
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            return null;
        }
    }

    private static boolean complete(ByteReader reader) {
        return !reader.failed() && reader.remaining() == 0;
    }

    private static byte[] bytes(ByteWriter writer) {
        byte[] bytes = new byte[writer.size()];
        writer.toByteBuffer().get(bytes);
        return bytes;
    }
}
