package org.webrtc4j.sctp.rx;

import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.EventQueue;
import org.webrtc4j.sctp.shared.StreamTable;

/** Puts complete messages into the order of their streams and delivers them (RFC 9260 section 6.6). */
final class InboundStreams {

    private final StreamTable<InboundStream> streams = new StreamTable<>();
    private final ReceiveWindow window;
    private final EventQueue events;
    private final Counters counters;
    private boolean wide;
    /** Streams read part by part; what the application asked for outlives a restart. */
    private final BitSet streaming = new BitSet();

    private long serials;

    InboundStreams(ReceiveWindow window, EventQueue events, Counters counters) {
        this.window = window;
        this.events = events;
        this.counters = counters;
    }

    private InboundStream stream(int id) {
        InboundStream stream = streams.get(id);
        if (stream == null) {
            stream = new InboundStream(wide);
            streams.put(id, stream);
        }
        return stream;
    }

    /** Forgets everything; messages are numbered with 16 bits or with 32. */
    void start(boolean wideNumbers) {
        reset(new int[0]);
        streams.clear();
        wide = wideNumbers;
    }

    /** How far ahead of the message expected next a number is; negative behind. */
    int distance(int streamId, int number) {
        InboundStream stream = streams.get(streamId);
        return stream == null ? number : stream.distance(number);
    }

    long unwrap(int streamId, int number) {
        InboundStream stream = streams.get(streamId);
        return stream == null ? number : stream.unwrap(number);
    }

    /** Whether a message is here already, waiting for those before it. */
    boolean isWaiting(int streamId, int number) {
        InboundStream stream = streams.get(streamId);
        return stream != null && stream.isWaiting(number);
    }

    boolean isStreaming(int streamId) {
        return streaming.get(streamId);
    }

    void setStreaming(int streamId, boolean on) {
        streaming.set(streamId, on);
    }

    /** A number by which the parts of one message are known. */
    long newSerial() {
        return ++serials;
    }

    /** Delivers a part of the message that is due on its stream, or of an unordered one. */
    void part(int streamId, int ppid, long serial, byte[] payload, boolean last, boolean unordered) {
        window.deliver(payload.length);
        counters.bytesReceived += payload.length;
        events.add(new SctpEvent.MessagePart(streamId, ppid, serial, payload, last, unordered));
    }

    /** The last part of a message was delivered: on to the next. */
    void finished(int streamId, boolean unordered) {
        counters.messagesReceived++;
        if (!unordered) {
            InboundStream stream = stream(streamId);
            stream.advance();
            deliverExpected(streamId, stream);
        }
    }

    /** The rest of a message of which parts were delivered will not come. */
    void aborted(int streamId, int ppid, long serial) {
        events.add(new SctpEvent.MessageAborted(streamId, ppid, serial));
    }

    /** Takes a complete message. */
    void complete(int streamId, int ssn, int ppid, boolean unordered, byte[] payload) {
        if (unordered) {
            deliver(streamId, ppid, true, payload);
            return;
        }
        InboundStream stream = stream(streamId);
        int distance = stream.distance(ssn);
        if (distance == 0) {
            stream.advance();
            deliver(streamId, ppid, false, payload);
            deliverExpected(streamId, stream);
        } else if (distance > 0 && stream.keep(ssn, ppid, payload)) {
            window.hold(ReceiveWindow.charge(payload.length));
        } else {
            counters.drop(SctpDrop.STALE_SSN);
        }
    }

    private void deliverExpected(int streamId, InboundStream stream) {
        for (InboundStream.Waiting next = stream.takeExpected(); next != null; next = stream.takeExpected()) {
            deliverKept(streamId, next);
        }
    }

    private void deliverKept(int streamId, InboundStream.Waiting message) {
        window.release(ReceiveWindow.charge(message.payload().length));
        deliver(streamId, message.ppid(), false, message.payload());
    }

    private void deliver(int streamId, int ppid, boolean unordered, byte[] payload) {
        window.deliver(payload.length);
        counters.messagesReceived++;
        counters.bytesReceived += payload.length;
        events.add(new SctpEvent.Message(streamId, ppid, payload, unordered));
    }

    /** Messages up to a sequence number will not come any more (RFC 3758 section 3.6); those that did are delivered. */
    void skip(int streamId, int ssn) {
        InboundStream stream = stream(streamId);
        if (stream.distance(ssn) < 0) {
            return;
        }
        long last = stream.unwrap(ssn);
        for (InboundStream.Waiting next = stream.takeThrough(last); next != null; next = stream.takeThrough(last)) {
            deliverKept(streamId, next);
        }
        stream.skipThrough(last);
        deliverExpected(streamId, stream);
    }

    /** Restarts the numbers of some streams, or of all when none are named (RFC 6525 section 5.2.2). */
    void reset(int[] streamIds) {
        if (streamIds.length == 0) {
            streams.forEach(this::reset);
            return;
        }
        for (int id : streamIds) {
            reset(streams.get(id));
        }
    }

    private void reset(@Nullable InboundStream stream) {
        Map<Long, InboundStream.Waiting> dropped = stream == null ? null : stream.reset();
        if (dropped != null) {
            for (InboundStream.Waiting message : dropped.values()) {
                window.release(ReceiveWindow.charge(message.payload().length));
                counters.drop(SctpDrop.STALE_SSN);
            }
        }
    }

    long waitingCharge() {
        long charge = 0;
        for (InboundStream stream : streams) {
            charge += stream.waitingCharge();
        }
        return charge;
    }
}
