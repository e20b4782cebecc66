package org.webrtc4j;

import java.util.concurrent.atomic.AtomicLong;
import org.webrtc4j.sctp.SctpAssociation;

/** What goes through the data channels of one connection: messages both ways, and how many bytes of them are held. */
final class ChannelTraffic {

    private final Connection connection;
    private final DataChannels channels;
    private final AtomicLong buffered = new AtomicLong();
    private final AtomicLong bufferedPeak = new AtomicLong();
    private final SctpAssociation.SentBytes released = this::release;

    ChannelTraffic(Connection connection, DataChannels channels) {
        this.connection = connection;
        this.channels = channels;
    }

    EventPlace place() {
        return connection.place();
    }

    <E extends Event> void fire(EventTarget target, EventType<E> type, E event) {
        connection.fire(target, type, event);
    }

    void onHandlerThrew(Throwable thrown) {
        connection.onHandlerThrew(thrown);
    }

    // --- in, in the event place

    void onMessage(int id, boolean text, byte[] payload) {
        RTCDataChannel channel = channels.find(id);
        if (channel == null) {
            connection.driver().execute(() -> connection.driver().data().consumed(id, payload.length));
        } else {
            channel.inbound.arrived(text, payload);
        }
    }

    void onMessagePart(int id, boolean text, long message, byte[] payload, boolean last) {
        RTCDataChannel channel = channels.find(id);
        if (channel == null) {
            connection.driver().execute(() -> connection.driver().data().consumed(id, payload.length));
        } else {
            channel.inbound.partArrived(text, message, payload, last);
        }
    }

    void onMessageAborted(int id, long message) {
        RTCDataChannel channel = channels.find(id);
        if (channel != null) {
            channel.inbound.aborted(message);
        }
    }

    /** The association hands out parts, or whole messages again; for a channel without a stream once it has one. */
    void streamingChanged(RTCDataChannel channel) {
        connection.driver().execute(() -> {
            Integer id = channel.id();
            if (id != null && channels.find(id) == channel) {
                connection.driver().data().setStreaming(id, channel.inbound.isStreaming());
            }
        });
    }

    // --- out

    void onBufferedAmountLow(RTCDataChannel channel) {
        place().execute(() -> {
            if (channel.readyState() == RTCDataChannelState.OPEN
                    || channel.readyState() == RTCDataChannelState.CLOSING) {
                connection.fire(channel, EventType.BUFFEREDAMOUNTLOW);
            }
        });
    }

    void checkMessageSize(int bytes) {
        RTCSctpTransport association = connection.transports().sctp();
        if (association != null && bytes > association.maxMessageSize()) {
            throw DOMException.typeError("The other side takes messages of at most "
                    + (long) association.maxMessageSize() + " bytes, not " + bytes);
        }
    }

    /** Counts bytes against the limits of connection and runtime; false when there is no room. */
    boolean reserve(int bytes) {
        long held = buffered.addAndGet(bytes);
        if (held > connection.limits().maxBufferedBytes()
                || !connection.runtime().reserve(bytes)) {
            buffered.addAndGet(-bytes);
            return false;
        }
        if (held > bufferedPeak.get()) {
            bufferedPeak.accumulateAndGet(held, Math::max);
        }
        return true;
    }

    void release(long bytes) {
        buffered.addAndGet(-bytes);
        connection.runtime().release(bytes);
    }

    long bufferedPeak() {
        return bufferedPeak.get();
    }

    long buffered() {
        return buffered.get();
    }

    void send(RTCDataChannel channel, boolean text, byte[] payload) {
        connection.driver().execute(() -> {
            Integer id = channel.id();
            if (id == null || !connection.driver().data().send(id, text, payload)) {
                channel.buffer.release(payload.length);
            }
        });
    }

    /** Lets bufferedAmount follow what left the association, on the loop at the end of each step of a turn. */
    void settle() {
        connection.driver().data().drainSent(released);
    }

    private void release(int id, long bytes) {
        RTCDataChannel channel = channels.find(id);
        if (channel != null) {
            channel.buffer.release(bytes);
        }
    }

    /** The handlers of a message have returned: the window may open again. */
    void consumed(RTCDataChannel channel, int bytes) {
        Integer id = channel.id();
        if (id == null) {
            return;
        }
        if (connection.driver().isInTurn()) {
            connection.driver().data().consumed(id, bytes);
        } else {
            connection.driver().execute(() -> connection.driver().data().consumed(id, bytes));
        }
    }
}
