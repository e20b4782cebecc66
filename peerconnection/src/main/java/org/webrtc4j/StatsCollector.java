package org.webrtc4j;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.driver.ConfinedFuture;
import org.webrtc4j.driver.DriverStats;
import org.webrtc4j.driver.MediaStats;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.sctp.SctpStats;
import org.webrtc4j.srtp.KeyingMaterial;

/** Makes the report of getStats: counters are read on the loop, the report completes in the event place. */
final class StatsCollector {

    private static final String TRANSPORT_ID = "T0";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_MILLI = 1e3;

    private final Connection connection;
    private final TimeSource clock;
    private final List<RTCStats> stats = new ArrayList<>();
    private final Map<IceCandidate, String> candidateIds = new LinkedHashMap<>();

    StatsCollector(Connection connection) {
        this.connection = connection;
        this.clock = connection.loop().clock();
    }

    CompletableFuture<RTCStatsReport> collect() {
        return report(false, each -> true);
    }

    /**
     * Reports on a part.
     *
     * @param roots chooses what is reported with everything it refers to
     */
    CompletableFuture<RTCStatsReport> collect(Predicate<RTCStats> roots) {
        return report(true, roots);
    }

    private CompletableFuture<RTCStatsReport> report(boolean selecting, Predicate<RTCStats> roots) {
        ConfinedFuture<RTCStatsReport> report = new ConfinedFuture<>(connection.place()::here);
        connection.driver().execute(() -> {
            DriverStats counters = connection.driver().stats();
            long now = clock.nanoTime();
            connection.place().execute(() -> {
                build(counters, now);
                report.complete(new RTCStatsReport(selecting ? StatsSelection.select(stats, roots) : stats));
            });
        });
        return report;
    }

    private void build(DriverStats counters, long now) {
        double timestamp = clock.epochMicros(now) / MICROS_PER_MILLI;
        DataChannels channels = connection.channels();
        stats.add(new RTCPeerConnectionStats("P", timestamp, channels.opened(), channels.closed()));
        counters.ice().ifPresent(ice -> transport(counters, ice, timestamp));
        counters.sctp().ifPresent(sctp -> association(sctp, timestamp));
        for (RTCDataChannel each : channels.snapshot()) {
            stats.add(new RTCDataChannelStats(
                    "D" + Integer.toHexString(System.identityHashCode(each)),
                    timestamp,
                    each.label(),
                    each.protocol(),
                    each.id(),
                    each.readyState(),
                    each.messagesSent.get(),
                    each.bytesSent.get(),
                    each.messagesReceived,
                    each.bytesReceived));
        }
        counters.media()
                .ifPresent(media -> new MediaStatsCollector(stats, connection.name(), clock, timestamp, TRANSPORT_ID)
                        .collect(media, connection.media().snapshot()));
    }

    private void transport(DriverStats counters, IceStats ice, double timestamp) {
        ice.localCandidates().forEach(each -> candidate(each, RTCStatsType.LOCAL_CANDIDATE, timestamp));
        ice.remoteCandidates().forEach(each -> candidate(each, RTCStatsType.REMOTE_CANDIDATE, timestamp));
        String selectedId = null;
        for (IceStats.Pair pair : ice.pairs()) {
            SelectedPair selected = counters.selectedPair().orElse(null);
            boolean used = selected != null
                    && pair.local().equals(selected.local())
                    && pair.remote().equals(selected.remote());
            long available = counters.media().map(MediaStats::availableBitrate).orElse(0L);
            String id = pair(pair, used && available > 0 ? Double.valueOf((double) available) : null, timestamp);
            if (used) {
                selectedId = id;
            }
        }
        String localCertificate = certificate(
                connection.certificate().certificate().certificate(),
                connection.certificate().certificate().fingerprints().get(0),
                null,
                timestamp);
        DtlsEvent.Connected connected = counters.connected().orElse(null);
        String remoteCertificate = connected == null ? null : chain(connected.peerCertificates(), timestamp);
        RTCIceTransport iceTransport = connection.transports().ice();
        RTCDtlsTransport dtlsTransport = connection.transports().dtls();
        stats.add(new RTCTransportStats(
                TRANSPORT_ID,
                timestamp,
                ice.packetsSent(),
                ice.packetsReceived(),
                ice.bytesSent(),
                ice.bytesReceived(),
                iceTransport == null ? RTCIceRole.UNKNOWN : iceTransport.role(),
                counters.localIce().map(IceParameters::ufrag).orElse(null),
                dtlsTransport == null ? RTCDtlsTransportState.NEW : dtlsTransport.state(),
                iceTransport == null ? RTCIceTransportState.NEW : iceTransport.state(),
                selectedId,
                localCertificate,
                remoteCertificate,
                connected == null ? null : connected.version().wireHex(),
                connected == null ? null : connected.cipher(),
                dtlsRole(counters),
                srtpCipher(connected),
                ice.selectedPairChanges(),
                0,
                0));
    }

    private static RTCDtlsRole dtlsRole(DriverStats counters) {
        return counters.dtlsRole()
                .map(role -> role == DtlsRole.CLIENT ? RTCDtlsRole.CLIENT : RTCDtlsRole.SERVER)
                .orElse(RTCDtlsRole.UNKNOWN);
    }

    /** The name in IANA's registry of DTLS-SRTP protection profiles. */
    private static @Nullable String srtpCipher(DtlsEvent.@Nullable Connected connected) {
        return connected == null
                ? null
                : connected
                        .keys()
                        .map(KeyingMaterial::profile)
                        .map(profile -> "SRTP_" + profile.name())
                        .orElse(null);
    }

    private String candidate(IceCandidate candidate, RTCStatsType type, double timestamp) {
        String known = candidateIds.get(candidate);
        if (known != null) {
            return known;
        }
        // Stable because it is made of what does not change about a candidate.
        String id = (type == RTCStatsType.LOCAL_CANDIDATE ? "L" : "R") + Integer.toHexString(candidate.hashCode()) + "-"
                + candidate.foundation() + "-" + candidate.port();
        candidateIds.put(candidate, id);
        String relay = candidate.relayProtocol();
        stats.add(new RTCIceCandidateStats(
                id,
                timestamp,
                type,
                TRANSPORT_ID,
                candidate.address(),
                candidate.port(),
                candidate.protocol().text(),
                RTCIceCandidateType.fromWireName(candidate.type().text()),
                candidate.priority(),
                candidate.url(),
                relay == null ? null : RTCIceServerTransportProtocol.fromWireName(relay),
                candidate.foundation(),
                candidate.relatedAddress(),
                candidate.relatedPort() < 0 ? null : Integer.valueOf(candidate.relatedPort()),
                candidate.ufrag(),
                candidate.tcpType() == null
                        ? null
                        : RTCIceTcpCandidateType.fromWireName(
                                candidate.tcpType().text())));
        return id;
    }

    private String pair(IceStats.Pair pair, @Nullable Double availableBitrate, double timestamp) {
        String local = candidate(pair.local(), RTCStatsType.LOCAL_CANDIDATE, timestamp);
        String remote = candidate(pair.remote(), RTCStatsType.REMOTE_CANDIDATE, timestamp);
        String id = "CP" + local + "_" + remote;
        stats.add(new RTCIceCandidatePairStats(
                id,
                timestamp,
                TRANSPORT_ID,
                local,
                remote,
                state(pair.state()),
                pair.nominated(),
                pair.packetsSent(),
                pair.packetsReceived(),
                pair.bytesSent(),
                pair.bytesReceived(),
                wall(pair.lastSentNanos()),
                wall(pair.lastReceivedNanos()),
                pair.totalRoundTripNanos() / NANOS_PER_SECOND,
                pair.currentRoundTripNanos() < 0
                        ? null
                        : Double.valueOf(pair.currentRoundTripNanos() / NANOS_PER_SECOND),
                availableBitrate,
                null,
                pair.requestsReceived(),
                pair.requestsSent(),
                pair.responsesReceived(),
                pair.responsesSent(),
                pair.consentRequestsSent(),
                null,
                null));
        return id;
    }

    private static RTCStatsIceCandidatePairState state(IceStats.PairState state) {
        return switch (state) {
            case WAITING -> RTCStatsIceCandidatePairState.WAITING;
            case IN_PROGRESS -> RTCStatsIceCandidatePairState.IN_PROGRESS;
            case SUCCEEDED -> RTCStatsIceCandidatePairState.SUCCEEDED;
            case FAILED -> RTCStatsIceCandidatePairState.FAILED;
        };
    }

    private @Nullable Double wall(long nanos) {
        return nanos == -1 ? null : Double.valueOf(clock.epochMicros(nanos) / MICROS_PER_MILLI);
    }

    /** Returns the id of the leaf; each certificate names its issuer, which follows it. */
    private @Nullable String chain(List<X509Certificate> chain, double timestamp) {
        String issuer = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            issuer = certificate(chain.get(i), CertificateFingerprint.of(chain.get(i)), issuer, timestamp);
        }
        return issuer;
    }

    private String certificate(
            X509Certificate certificate,
            CertificateFingerprint fingerprint,
            @Nullable String issuer,
            double timestamp) {
        String id = "CF" + fingerprint.value();
        try {
            stats.add(new RTCCertificateStats(
                    id,
                    timestamp,
                    fingerprint.value(),
                    fingerprint.algorithm(),
                    Base64.getEncoder().encodeToString(certificate.getEncoded()),
                    issuer));
        } catch (CertificateEncodingException unreadable) {
            throw new IllegalStateException("A certificate in use cannot be encoded", unreadable);
        }
        return id;
    }

    private void association(SctpStats sctp, double timestamp) {
        RTCSctpTransport association = connection.transports().sctp();
        stats.add(new RTCSctpTransportStats(
                "SCTP",
                timestamp,
                TRANSPORT_ID,
                association == null ? RTCSctpTransportState.CONNECTING : association.state(),
                sctp.smoothedRttNanos() == 0 ? null : Double.valueOf(sctp.smoothedRttNanos() / NANOS_PER_SECOND),
                sctp.congestionWindow(),
                sctp.peerWindow(),
                sctp.bytesInFlight(),
                sctp.packetSize(),
                sctp.packetsSent(),
                sctp.packetsReceived(),
                sctp.chunksRetransmitted(),
                sctp.interleaving(),
                sctp.zeroChecksum(),
                sctp.partialReliability()));
    }
}
