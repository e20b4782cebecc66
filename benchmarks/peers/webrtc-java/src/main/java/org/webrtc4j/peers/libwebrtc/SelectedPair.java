package org.webrtc4j.peers.libwebrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Map;
import java.util.Optional;

/**
 * The two candidates of a connection, as candidate lines.
 *
 * @param local ours
 * @param remote the other side's
 */
record SelectedPair(String local, String remote) {

    /** Finds the pair that the transport has selected; only statistics tell it. */
    static Optional<SelectedPair> of(RTCStatsReport report) {
        Map<String, RTCStats> all = report.getStats();
        return all.values().stream()
                .filter(stats -> stats.getType() == RTCStatsType.TRANSPORT)
                .map(transport -> all.get(text(transport, "selectedCandidatePairId")))
                .filter(pair -> pair != null)
                .findFirst()
                .map(pair -> new SelectedPair(
                        candidate(all, text(pair, "localCandidateId")),
                        candidate(all, text(pair, "remoteCandidateId"))));
    }

    private static String candidate(Map<String, RTCStats> all, String id) {
        RTCStats stats = all.get(id);
        if (stats == null) {
            return "";
        }
        return String.format(
                "candidate:%s 1 %s %s %s %s typ %s",
                text(stats, "foundation"),
                text(stats, "protocol"),
                text(stats, "priority"),
                address(stats),
                text(stats, "port"),
                text(stats, "candidateType"));
    }

    /** libwebrtc hides the address of a peer-reflexive candidate of the other side. */
    private static String address(RTCStats stats) {
        return stats.getAttributes().get("address") == null ? "0.0.0.0" : text(stats, "address");
    }

    private static String text(RTCStats stats, String attribute) {
        return String.valueOf(stats.getAttributes().get(attribute));
    }
}
