package org.webrtc4j.sctp.shared;

import java.util.ArrayDeque;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpSink;

/**
 * Holds events until the entry point that made them is over and the association is consistent.
 *
 * <p>A handler may call the association again; what that makes is delivered after what was there, by the outermost
 * delivery. After {@link SctpEvent.Closed} nothing is delivered. The queue needs no bound of its own: messages in it are
 * bounded by the receive window, the rest by what one packet can cause.
 */
public final class EventQueue {

    private final SctpSink sink;
    private final ArrayDeque<SctpEvent> events = new ArrayDeque<>();
    private boolean delivering;
    private boolean closed;

    public EventQueue(SctpSink sink) {
        this.sink = sink;
    }

    public void add(SctpEvent event) {
        if (!closed) {
            events.add(event);
            closed = event instanceof SctpEvent.Closed;
        }
    }

    /** Delivers what is queued, unless a delivery further up the stack is doing that. */
    public void deliver() {
        if (delivering || events.isEmpty()) {
            return;
        }
        delivering = true;
        try {
            for (SctpEvent event = events.poll(); event != null; event = events.poll()) {
                sink.onEvent(event);
            }
        } finally {
            delivering = false;
        }
    }
}
