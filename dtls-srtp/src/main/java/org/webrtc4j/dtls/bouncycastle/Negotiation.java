package org.webrtc4j.dtls.bouncycastle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsFailure.Reason;
import org.webrtc4j.dtls.DtlsVersion;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;

/**
 * What both roles have in common: the peer's certificate, use_srtp, the exported keys, the alerts. Written by the
 * handshake's worker, then handed to the loop with its result; from then on the loop's.
 */
final class Negotiation {

    private final DtlsConfig config;
    private final RemoteFingerprints fingerprints;

    private List<X509Certificate> peerCertificates = List.of();
    private @Nullable SrtpProfile profile;
    private @Nullable KeyingMaterial keys;
    private int suite;
    private OptionalInt sentAlert = OptionalInt.empty();
    private OptionalInt receivedAlert = OptionalInt.empty();
    private Reason refusal = Reason.PROTOCOL;
    private @Nullable String refusalMessage;

    Negotiation(DtlsConfig config, RemoteFingerprints fingerprints) {
        this.config = config;
        this.fingerprints = fingerprints;
    }

    DtlsConfig config() {
        return config;
    }

    /** Checked before CertificateVerify and before any key is derived; CertificateVerify is checked by the library. */
    void checkPeerCertificate(@Nullable Certificate chain) throws IOException {
        if (chain == null || chain.isEmpty()) {
            throw refuse(AlertDescription.handshake_failure, Reason.PROTOCOL, "The peer sent no certificate");
        }
        peerCertificates = parse(chain);
        if (fingerprints.areKnown() && !fingerprints.match(peerCertificates.get(0))) {
            throw mismatch();
        }
    }

    private TlsFatalAlert mismatch() {
        // RFC 8122 section 6.2: the alert is bad_certificate.
        return refuse(
                AlertDescription.bad_certificate,
                Reason.FINGERPRINT_MISMATCH,
                "The peer's certificate matches no fingerprint of its description");
    }

    /** The same check for a peer whose description came after its certificate. */
    boolean matchesFingerprints() {
        return fingerprints.match(peerCertificates.get(0));
    }

    /** The association fails because of the check above, and the peer is told. */
    DtlsFailure refuseLate() {
        TlsFatalAlert alert = mismatch();
        alertRaised(AlertLevel.fatal, alert.getAlertDescription());
        return failure(alert);
    }

    private List<X509Certificate> parse(Certificate chain) throws IOException {
        List<X509Certificate> parsed = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (int i = 0; i < chain.getLength(); i++) {
                byte[] der = chain.getCertificateAt(i).getEncoded();
                parsed.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (CertificateException e) {
            throw refuse(AlertDescription.bad_certificate, Reason.PROTOCOL, "The peer's certificate cannot be read");
        }
        return parsed;
    }

    /** Adds use_srtp to a ClientHello (RFC 5764 section 4.1.1). */
    void offerSrtp(Hashtable<?, ?> extensions) throws IOException {
        if (!config.srtpProfiles().isEmpty()) {
            int[] ids = config.srtpProfiles().stream().mapToInt(SrtpProfile::id).toArray();
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES));
        }
    }

    /** A server's choice: the first of ours that the client offers. Nothing in common means no extension. */
    void chooseSrtp(@Nullable Hashtable<?, ?> clientExtensions) throws IOException {
        UseSRTPData offered = clientExtensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(clientExtensions);
        if (offered == null) {
            return;
        }
        for (SrtpProfile ours : config.srtpProfiles()) {
            for (int id : offered.getProtectionProfiles()) {
                if (ours.id() == id) {
                    profile = ours;
                    return;
                }
            }
        }
    }

    /** Adds the choice to a ServerHello. The key identifier of the client is not taken up (RFC 5764 section 4.1.3). */
    void answerSrtp(Hashtable<?, ?> serverExtensions) throws IOException {
        SrtpProfile chosen = profile;
        if (chosen != null) {
            TlsSRTPUtils.addUseSRTPExtension(
                    serverExtensions, new UseSRTPData(new int[] {chosen.id()}, TlsUtils.EMPTY_BYTES));
        }
    }

    /** A client takes the server's choice: exactly one of those offered, and no key identifier. */
    void takeSrtp(@Nullable Hashtable<?, ?> serverExtensions) throws IOException {
        UseSRTPData answered = serverExtensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(serverExtensions);
        if (answered == null) {
            return;
        }
        int[] ids = answered.getProtectionProfiles();
        SrtpProfile chosen = ids.length == 1 ? SrtpProfile.byId(ids[0]).orElse(null) : null;
        if (chosen == null || !config.srtpProfiles().contains(chosen) || answered.getMki().length != 0) {
            throw refuse(
                    AlertDescription.illegal_parameter, Reason.PROTOCOL, "The peer chose an SRTP profile not offered");
        }
        profile = chosen;
    }

    /** Exports the keys. The library refuses without extended master secret, and so do both roles before. */
    void complete(TlsContext context) {
        suite = context.getSecurityParametersConnection().getCipherSuite();
        SrtpProfile negotiated = profile;
        if (negotiated != null) {
            byte[] exported = context.exportKeyingMaterial(
                    ExporterLabel.dtls_srtp, null, KeyingMaterial.exporterBytes(negotiated));
            keys = new KeyingMaterial(negotiated, exported);
            Arrays.fill(exported, (byte) 0);
        }
    }

    int suite() {
        return suite;
    }

    DtlsEvent.Connected connected() {
        return new DtlsEvent.Connected(
                Optional.ofNullable(keys), peerCertificates, Suites.name(suite), DtlsVersion.DTLS_1_2);
    }

    /** Nobody gets the keys of an association that is refused or closed before it was announced. */
    void discardKeys() {
        KeyingMaterial unused = keys;
        if (unused != null) {
            unused.destroy();
            keys = null;
        }
    }

    void alertRaised(short level, short description) {
        if (level == AlertLevel.fatal) {
            sentAlert = OptionalInt.of(description);
        }
    }

    void alertReceived(short level, short description) {
        if (level == AlertLevel.fatal) {
            receivedAlert = OptionalInt.of(description);
        }
    }

    private TlsFatalAlert refuse(short alert, Reason reason, String message) {
        refusal = reason;
        refusalMessage = message;
        return new TlsFatalAlert(alert, message);
    }

    /** Says why, from what the library threw and what was noted. */
    DtlsFailure failure(Throwable thrown) {
        String noted = refusalMessage;
        if (noted != null) {
            return new DtlsFailure(refusal, noted, sentAlert, receivedAlert);
        }
        if (receivedAlert.isPresent()) {
            return failureByPeer();
        }
        if (thrown instanceof TlsTimeoutException) {
            return new DtlsFailure(Reason.TIMEOUT, "The handshake did not end in time", sentAlert, receivedAlert);
        }
        if (thrown instanceof TlsFatalAlert alert && alert.getCause() == null) {
            String message = "The peer broke the protocol: alert " + text(alert.getAlertDescription()) + " sent";
            return new DtlsFailure(Reason.PROTOCOL, message, sentAlert, receivedAlert);
        }
        Throwable root = thrown.getCause() == null ? thrown : thrown.getCause();
        return new DtlsFailure(Reason.INTERNAL, "DTLS failed inside: " + root, sentAlert, receivedAlert);
    }

    /** The association was ended by the peer's fatal alert. */
    DtlsFailure failureByPeer() {
        String message = "The peer ended the association with alert " + text(receivedAlert.orElseThrow());
        return new DtlsFailure(Reason.PROTOCOL, message, sentAlert, receivedAlert);
    }

    /** The association is over because none of its numbers may be taken twice (RFC 6347 section 4.1). */
    DtlsFailure outOfNumbers() {
        return new DtlsFailure(Reason.INTERNAL, "All record numbers are used up", sentAlert, receivedAlert);
    }

    static String text(int alert) {
        return AlertDescription.getText((short) alert);
    }
}
