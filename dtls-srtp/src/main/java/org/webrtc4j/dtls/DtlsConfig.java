package org.webrtc4j.dtls;

import java.util.List;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.srtp.SrtpProfile;

/**
 * What one association is made of.
 *
 * @param name the connection's name, for logs and worker threads
 * @param certificate our certificate and key
 * @param srtpProfiles offered or accepted in use_srtp, in order of preference; empty leaves the extension out
 * @param mtu the largest datagram to send, in bytes of UDP payload
 * @param handshakeTimeoutNanos how long a handshake may take in all
 * @param firstResendNanos when a flight is resent first; doubles from there
 */
public record DtlsConfig(
        String name,
        LocalCertificate certificate,
        List<SrtpProfile> srtpProfiles,
        int mtu,
        long handshakeTimeoutNanos,
        long firstResendNanos) {

    /** Default of {@link #mtu}: the smallest IPv6 path less IPv6 and UDP headers and a TURN header. */
    public static final int DEFAULT_MTU = 1_200;

    /** Default of {@link #handshakeTimeoutNanos}: 25 s. */
    public static final long DEFAULT_HANDSHAKE_TIMEOUT_NANOS = 25_000_000_000L;

    /** Default of {@link #firstResendNanos}: 50 ms, which a lost datagram costs instead of the usual second. */
    public static final long DEFAULT_FIRST_RESEND_NANOS = 50_000_000L;

    /**
     * Copies the list.
     *
     * @param name the connection's name
     * @param certificate our certificate and key
     * @param srtpProfiles offered or accepted in use_srtp
     * @param mtu the largest datagram to send
     * @param handshakeTimeoutNanos how long a handshake may take in all
     * @param firstResendNanos when a flight is resent first
     */
    public DtlsConfig {
        srtpProfiles = List.copyOf(srtpProfiles);
    }

    /**
     * Returns the configuration of a connection with default times and sizes.
     *
     * @param name the connection's name
     * @param certificate our certificate and key
     * @return the defaults, all SRTP profiles offered
     */
    public static DtlsConfig of(String name, LocalCertificate certificate) {
        return new DtlsConfig(
                name,
                certificate,
                SrtpProfile.PREFERENCE,
                DEFAULT_MTU,
                DEFAULT_HANDSHAKE_TIMEOUT_NANOS,
                DEFAULT_FIRST_RESEND_NANOS);
    }
}
