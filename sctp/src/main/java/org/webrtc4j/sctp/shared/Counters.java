package org.webrtc4j.sctp.shared;

import java.util.Map;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.sctp.SctpDrop;

/** What an association counts; read through SctpStats. Public fields: they are incremented on the packet path. */
public final class Counters {

    public long packetsSent;
    public long packetsReceived;
    public long chunksSent;
    public long chunksReceived;
    public long chunksRetransmitted;
    public long fastRecoveries;
    public long spuriousRecoveries;
    public long timeouts;
    public long probes;
    public long messagesSent;
    public long messagesReceived;
    public long messagesAbandoned;
    public long bytesSent;
    public long bytesReceived;

    private final DropCounters<SctpDrop> drops = new DropCounters<>(SctpDrop.class);

    public void drop(SctpDrop reason) {
        drops.count(reason);
    }

    /** The reasons that have happened. */
    public Map<SctpDrop, Long> drops() {
        return drops.snapshot();
    }
}
