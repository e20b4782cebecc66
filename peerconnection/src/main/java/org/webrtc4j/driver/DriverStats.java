package org.webrtc4j.driver;

import java.util.Map;
import java.util.Optional;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsStats;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.sctp.SctpStats;

/**
 * The counters of all engines of a connection, a snapshot.
 *
 * @param ice of the agent
 * @param localIce the agent's credentials
 * @param selectedPair the pair that carries data
 * @param dtls of the endpoint
 * @param connected what the handshake agreed on
 * @param dtlsRole our DTLS role
 * @param sctp of the association
 * @param media of SRTP, RTP and frames; empty without media
 * @param drops what the driver itself dropped, by reason
 */
public record DriverStats(
        Optional<IceStats> ice,
        Optional<IceParameters> localIce,
        Optional<SelectedPair> selectedPair,
        Optional<DtlsStats> dtls,
        Optional<DtlsEvent.Connected> connected,
        Optional<DtlsRole> dtlsRole,
        Optional<SctpStats> sctp,
        Optional<MediaStats> media,
        Map<String, Long> drops) {

    /**
     * Copies the map.
     *
     * @param ice of the agent
     * @param localIce the agent's credentials
     * @param selectedPair the pair that carries data
     * @param dtls of the endpoint
     * @param connected what the handshake agreed on
     * @param dtlsRole our DTLS role
     * @param sctp of the association
     * @param media of SRTP, RTP and frames
     * @param drops what the driver itself dropped
     */
    public DriverStats {
        drops = Map.copyOf(drops);
    }
}
