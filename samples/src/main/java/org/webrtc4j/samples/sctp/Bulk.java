package org.webrtc4j.samples.sctp;

import com.google.gson.JsonObject;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;

/** Sends many messages of one size, as fast as the association takes them, without a line for each. */
final class Bulk {

    private static final long HIGH_WATER = 4 << 20;
    private static final long LOW_WATER = 1 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    final int stream;
    private final int ppid;
    private final SendOptions options;
    private final byte[] message;
    private final long total;
    private final long beganNanos;
    private long sent;

    Bulk(int stream, int ppid, SendOptions options, byte[] message, long total, long nowNanos) {
        this.stream = stream;
        this.ppid = ppid;
        this.options = options;
        this.message = message;
        this.total = total;
        beganNanos = nowNanos;
    }

    /** Goes on as far as there is room; true when the last message has been handed over. */
    boolean proceed(SctpAssociation association, Traffic traffic, long nowNanos) {
        association.setBufferedAmountLowThreshold(stream, LOW_WATER);
        while (sent < total && association.bufferedAmount(stream) < HIGH_WATER) {
            SendStatus status = association.send(stream, ppid, message.clone(), options, nowNanos);
            if (status != SendStatus.QUEUED) {
                // Full: it goes on when the buffer is low. Closed: the association has said so.
                return status != SendStatus.BUFFER_FULL;
            }
            sent += message.length;
            traffic.sent(message.length);
        }
        if (sent < total) {
            return false;
        }
        association.setBufferedAmountLowThreshold(stream, 0);
        return true;
    }

    JsonObject done(long nowNanos) {
        JsonObject event = Events.event("bulkdone");
        event.addProperty("stream", stream);
        event.addProperty("bytes", sent);
        event.addProperty("ms", (nowNanos - beganNanos) / NANOS_PER_MILLI);
        return event;
    }
}
