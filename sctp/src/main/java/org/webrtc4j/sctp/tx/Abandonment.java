package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.EventQueue;

/** Gives messages up whose lifetime or number of retransmissions is over (RFC 3758 section 3.5). */
final class Abandonment {

    private final OutstandingData outstanding;
    private final SendQueue queue;
    private final ForwardTsn forwardTsn;
    private final Counters counters;
    private final EventQueue events;
    private boolean negotiated;

    Abandonment(
            OutstandingData outstanding, SendQueue queue, ForwardTsn forwardTsn, Counters counters, EventQueue events) {
        this.outstanding = outstanding;
        this.queue = queue;
        this.forwardTsn = forwardTsn;
        this.counters = counters;
        this.events = events;
    }

    void start(boolean negotiated) {
        this.negotiated = negotiated;
    }

    /** Whether a chunk sent so often is not to be sent again. */
    boolean isOver(OutboundMessage message, int sends, long nowNanos) {
        return negotiated && (sends > message.maxRetransmits || message.isExpired(nowNanos));
    }

    /** Gives up the message of an outstanding chunk. */
    void abandonAt(long tsn) {
        OutboundMessage message = outstanding.message(tsn);
        outstanding.abandon(tsn);
        abandon(message);
    }

    /** Gives up the message that is being sent. */
    void abandonUnfinished(OutboundMessage message) {
        if (message.lastTsn >= outstanding.base()) {
            outstanding.abandon(message.lastTsn);
        }
        abandon(message);
    }

    /** An unsent rest is dropped, with a TSN in its place for the peer to skip to. */
    private void abandon(OutboundMessage message) {
        if (message.abandoned) {
            return;
        }
        message.abandoned = true;
        if (message.remaining() > 0) {
            outstanding.addAbandonedEnd(message);
            queue.discardRest(message);
        }
        counters.messagesAbandoned++;
        events.add(new SctpEvent.Abandoned(message.stream.id, message.ppid));
        forwardTsn.onAbandoned();
    }
}
