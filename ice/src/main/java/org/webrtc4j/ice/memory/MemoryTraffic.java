package org.webrtc4j.ice.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.SelectedPair;

/** What an agent in memory has sent, received and dropped. */
final class MemoryTraffic {

    private final Map<String, Long> drops = new LinkedHashMap<>();
    private long packetsSent;
    private long packetsReceived;
    private long bytesSent;
    private long bytesReceived;

    void sent(int bytes) {
        packetsSent++;
        bytesSent += bytes;
    }

    void received(int bytes) {
        packetsReceived++;
        bytesReceived += bytes;
    }

    void drop(String reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    /** The counters as those of an agent whose one pair carried everything. */
    IceStats stats(
            @Nullable SelectedPair selected,
            int selectedPairChanges,
            List<IceCandidate> localCandidates,
            List<IceCandidate> remoteCandidates) {
        return new IceStats(
                packetsSent,
                packetsReceived,
                bytesSent,
                bytesReceived,
                selectedPairChanges,
                drops,
                localCandidates,
                remoteCandidates,
                selected == null ? List.of() : List.of(pair(selected)));
    }

    private IceStats.Pair pair(SelectedPair selected) {
        return new IceStats.Pair(
                selected.local(),
                selected.remote(),
                IceStats.PairState.SUCCEEDED,
                true,
                packetsSent,
                packetsReceived,
                bytesSent,
                bytesReceived,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                -1,
                -1);
    }
}
