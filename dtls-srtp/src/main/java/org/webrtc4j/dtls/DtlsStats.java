package org.webrtc4j.dtls;

import java.util.Map;

/**
 * Counters of an endpoint, a snapshot.
 *
 * @param datagramsSent datagrams emitted
 * @param datagramsReceived datagrams taken in
 * @param drops records and datagrams dropped, by reason
 */
public record DtlsStats(long datagramsSent, long datagramsReceived, Map<String, Long> drops) {

    /**
     * Copies the map.
     *
     * @param datagramsSent datagrams emitted
     * @param datagramsReceived datagrams taken in
     * @param drops records and datagrams dropped, by reason
     */
    public DtlsStats {
        drops = Map.copyOf(drops);
    }
}
