package org.webrtc4j.ice4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidatePairState;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.IceStats.PairState;

/** What is known of the pairs of a generation, on the loop. ice4j measures no round trips and counts no checks. */
final class PairLedger {

    private final int maxPairs;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private @Nullable SelectedPath lastPath;
    private @Nullable Row lastRow;

    /** How a pair was found by a thread of ice4j. */
    record Seen(IceCandidate local, IceCandidate remote, PairState state) {

        static Seen of(CandidatePair pair, CandidatePairState state, String localUfrag, @Nullable String remoteUfrag) {
            PairState ours =
                    switch (state) {
                        case FROZEN, WAITING -> PairState.WAITING;
                        case IN_PROGRESS -> PairState.IN_PROGRESS;
                        case SUCCEEDED -> PairState.SUCCEEDED;
                        case FAILED -> PairState.FAILED;
                    };
            return new Seen(
                    Candidates.ours(pair.getLocalCandidate(), localUfrag, null),
                    Candidates.ours(pair.getRemoteCandidate(), remoteUfrag, null),
                    ours);
        }

        private String key() {
            return key(local, remote);
        }

        private static String key(IceCandidate local, IceCandidate remote) {
            return local.address() + " " + local.port() + " " + remote.address() + " " + remote.port();
        }
    }

    private static final class Row {

        private Seen seen;
        private boolean nominated;
        private long packetsSent;
        private long packetsReceived;
        private long bytesSent;
        private long bytesReceived;
        private long lastSentNanos = -1;
        private long lastReceivedNanos = -1;

        private Row(Seen seen) {
            this.seen = seen;
        }

        private IceStats.Pair pair() {
            return new IceStats.Pair(
                    seen.local(),
                    seen.remote(),
                    seen.state(),
                    nominated,
                    packetsSent,
                    packetsReceived,
                    bytesSent,
                    bytesReceived,
                    0,
                    -1,
                    0,
                    0,
                    0,
                    0,
                    0,
                    lastSentNanos,
                    lastReceivedNanos);
        }
    }

    PairLedger(int maxPairs) {
        this.maxPairs = maxPairs;
    }

    /** Takes note of a pair; one more than the limit is not listed. */
    void note(Seen seen) {
        Row row = rows.get(seen.key());
        if (row != null) {
            row.seen = seen;
        } else if (rows.size() < maxPairs) {
            rows.put(seen.key(), new Row(seen));
        }
    }

    void nominated(SelectedPath path) {
        Row row = row(path);
        if (row != null) {
            row.nominated = true;
        }
    }

    void sent(SelectedPath path, int bytes, long nowNanos) {
        Row row = row(path);
        if (row != null) {
            row.packetsSent++;
            row.bytesSent += bytes;
            row.lastSentNanos = nowNanos;
        }
    }

    /** Counts a packet for the selected pair: where others still come from is not told apart. */
    void received(SelectedPath path, int bytes, long nowNanos) {
        Row row = row(path);
        if (row != null) {
            row.packetsReceived++;
            row.bytesReceived += bytes;
            row.lastReceivedNanos = nowNanos;
        }
    }

    private @Nullable Row row(SelectedPath path) {
        if (path != lastPath) {
            lastPath = path;
            lastRow = rows.get(Seen.key(path.selected().local(), path.selected().remote()));
        }
        return lastRow;
    }

    int count(PairState state) {
        return (int)
                rows.values().stream().filter(row -> row.seen.state() == state).count();
    }

    int size() {
        return rows.size();
    }

    List<IceStats.Pair> pairs() {
        return rows.values().stream().map(Row::pair).toList();
    }
}
