package org.webrtc4j.sctp.shared;

import java.util.EnumMap;
import java.util.Map;
import org.webrtc4j.sctp.SctpDrop;

/** What an association counts; read through SctpStats. Public fields: they are incremented on the packet path. */
public final class Counters {

    public long packetsSent;
    public long packetsReceived;
    public long chunksSent;
    public long chunksReceived;
    public long chunksRetransmitted;
    public long fastRecoveries;
    public long timeouts;
    public long probes;
    public long messagesSent;
    public long messagesReceived;
    public long messagesAbandoned;
    public long bytesSent;
    public long bytesReceived;

    private final long[] drops = new long[SctpDrop.values().length];

    public void drop(SctpDrop reason) {
        drops[reason.ordinal()]++;
    }

    /** The reasons that have happened. */
    public Map<SctpDrop, Long> drops() {
        Map<SctpDrop, Long> map = new EnumMap<>(SctpDrop.class);
        for (SctpDrop reason : SctpDrop.values()) {
            if (drops[reason.ordinal()] > 0) {
                map.put(reason, drops[reason.ordinal()]);
            }
        }
        return Map.copyOf(map);
    }
}
