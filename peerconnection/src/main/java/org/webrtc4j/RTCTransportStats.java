package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A DTLS transport with its ICE transport.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param packetsSent packets sent, STUN left out
 * @param packetsReceived packets received, STUN left out
 * @param bytesSent payload bytes of those sent
 * @param bytesReceived payload bytes of those received
 * @param iceRole the ICE role
 * @param iceLocalUsernameFragment the local ufrag; null before gathering
 * @param dtlsState the DTLS state
 * @param iceState the ICE state
 * @param selectedCandidatePairId the id of the pair that carries data; null when there is none
 * @param localCertificateId the id of this side's certificate; null before DTLS
 * @param remoteCertificateId the id of the other side's certificate; null until it is known
 * @param tlsVersion four hexadecimal digits, such as FEFD; null until known
 * @param dtlsCipher the cipher suite's IANA name; null until known
 * @param dtlsRole the DTLS role
 * @param srtpCipher the SRTP profile's IANA name; null when none was negotiated
 * @param selectedCandidatePairChanges how often the selected pair changed
 * @param ccfbMessagesSent congestion control feedback sent (RFC 8888)
 * @param ccfbMessagesReceived congestion control feedback received
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#transportstats-dict*">the specification</a>
 */
public record RTCTransportStats(
        String id,
        double timestamp,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        RTCIceRole iceRole,
        @Nullable String iceLocalUsernameFragment,
        RTCDtlsTransportState dtlsState,
        RTCIceTransportState iceState,
        @Nullable String selectedCandidatePairId,
        @Nullable String localCertificateId,
        @Nullable String remoteCertificateId,
        @Nullable String tlsVersion,
        @Nullable String dtlsCipher,
        RTCDtlsRole dtlsRole,
        @Nullable String srtpCipher,
        int selectedCandidatePairChanges,
        long ccfbMessagesSent,
        long ccfbMessagesReceived)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.TRANSPORT;
    }
}
