package org.webrtc4j.driver;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.dtls.DtlsStats;

/**
 * The DTLS association of one connection: made when ICE or a packet of the other side asks for it, begun when path and role
 * are there, ended once.
 */
final class DtlsLink {

    private final DriverSettings settings;
    private final DtlsSink above;

    private @Nullable DtlsEndpoint endpoint;
    private @Nullable DtlsRole role;
    private DtlsEvent.@Nullable Connected connected;
    private List<CertificateFingerprint> fingerprints = List.of();
    private boolean started;
    private boolean ended;

    DtlsLink(DriverSettings settings, DtlsSink above) {
        this.settings = settings;
        this.above = above;
    }

    /** The other side was described; false when it has proved another certificate than those named now. */
    boolean describe(List<CertificateFingerprint> named, DtlsRole ours) {
        fingerprints = named;
        role = ours;
        DtlsEvent.Connected up = connected;
        if (up != null) {
            return ended
                    || CertificateFingerprint.anyMatches(
                            named, up.peerCertificates().get(0));
        }
        if (endpoint != null) {
            endpoint.setRemoteFingerprints(named);
        }
        return true;
    }

    /** A renegotiation that names another certificate than the one proved ends the transport (RFC 8842 section 5.1). */
    void refuse(long nowNanos) {
        ended = true;
        if (endpoint != null) {
            endpoint.close(nowNanos);
        }
        above.onEvent(new DtlsEvent.Failed(new DtlsFailure(
                DtlsFailure.Reason.FINGERPRINT_MISMATCH,
                "A new description names another certificate than the one the other side has proved.",
                OptionalInt.empty(),
                OptionalInt.empty())));
    }

    /** ICE has a path: makes the endpoint and begins, as far as the role is known; true when it has just begun. */
    boolean proceed(long nowNanos) {
        DtlsEndpoint made = endpoint();
        DtlsRole ours = role;
        // A server whose client is a step ahead waits too, with the ClientHello kept: its flight could not leave yet.
        if (ours == null || started || ended) {
            return false;
        }
        started = true;
        made.start(ours, nowNanos);
        return true;
    }

    private DtlsEndpoint endpoint() {
        DtlsEndpoint known = endpoint;
        if (known != null) {
            return known;
        }
        DtlsEndpoint made = settings.dtls()
                .create(DtlsConfig.of(settings.name(), settings.certificate()), settings.loop(), new Watched());
        endpoint = made;
        if (!fingerprints.isEmpty()) {
            made.setRemoteFingerprints(fingerprints);
        }
        return made;
    }

    boolean isUp() {
        return connected != null && !ended;
    }

    void handlePacket(ByteBuffer packet, long nowNanos) {
        endpoint().handlePacket(packet, nowNanos);
    }

    void handleBatchEnd(long nowNanos) {
        if (endpoint != null) {
            endpoint.handleBatchEnd(nowNanos);
        }
    }

    void handleTimeout(long nowNanos) {
        if (endpoint != null
                && endpoint.nextTimeout() != ProtocolEngine.NEVER
                && endpoint.nextTimeout() - nowNanos <= 0) {
            endpoint.handleTimeout(nowNanos);
        }
    }

    long nextTimeout() {
        return endpoint == null ? ProtocolEngine.NEVER : endpoint.nextTimeout();
    }

    boolean send(ByteBuffer plaintext, long nowNanos) {
        return endpoint != null && endpoint.sendApplicationData(plaintext, nowNanos);
    }

    void close(long nowNanos) {
        if (endpoint != null) {
            endpoint.close(nowNanos);
            endpoint.handleBatchEnd(nowNanos);
        }
    }

    Optional<DtlsStats> stats() {
        return Optional.ofNullable(endpoint).map(DtlsEndpoint::stats);
    }

    Optional<DtlsEvent.Connected> connected() {
        return Optional.ofNullable(connected);
    }

    Optional<DtlsRole> role() {
        return Optional.ofNullable(role);
    }

    /** Passes everything on, and remembers where the association stands. */
    private final class Watched implements DtlsSink {

        @Override
        public void transmit(ByteBuffer packet) {
            above.transmit(packet);
        }

        @Override
        public void onApplicationData(ByteBuffer data) {
            above.onApplicationData(data);
        }

        @Override
        public void onEvent(DtlsEvent event) {
            if (event instanceof DtlsEvent.Connected up) {
                connected = up;
            } else if (ended) {
                return;
            } else {
                ended = true;
            }
            above.onEvent(event);
        }
    }
}
