package org.webrtc4j.sctp.rx;

import java.util.Arrays;

/**
 * The one message that is unfinished at the cumulative TSN, in a buffer used again for every message. On a stream that is
 * read part by part what is here is handed out before the end is.
 */
final class Assembly {

    private static final int INITIAL_BUFFER = 2048;
    /** A larger buffer is let go after its message. */
    private static final int MAX_IDLE_BUFFER = 256 * 1024;

    private final MessageSizes sizes;
    private final ReceiveWindow window;
    private final InboundStreams streams;

    private byte[] buffer = new byte[0];
    private int length;
    private boolean active;
    private int streamId;
    private int number;
    private int ppid;
    private boolean unordered;
    private long charge;
    /** Bytes handed out as parts, and the number by which they are known; 0 while there were none. */
    private long handedOut;

    private long serial;

    Assembly(MessageSizes sizes, ReceiveWindow window, InboundStreams streams) {
        this.sizes = sizes;
        this.window = window;
        this.streams = streams;
    }

    boolean isActive() {
        return active;
    }

    long charge() {
        return charge;
    }

    void begin(int streamId, int number, int ppid, boolean unordered) {
        active = true;
        this.streamId = streamId;
        this.number = number;
        this.ppid = ppid;
        this.unordered = unordered;
    }

    boolean continues(int stream, int ssn, boolean withoutOrder) {
        return active && stream == streamId && withoutOrder == unordered && (unordered || ssn == number);
    }

    /** Whether a message of a stream up to a number is this one. */
    boolean isSkipped(int stream, int ssn) {
        return active && !unordered && stream == streamId && (short) (ssn - number) >= 0;
    }

    /** Whether it is on one of these streams; none named means all. */
    boolean isOn(int[] streamIds) {
        boolean found = streamIds.length == 0;
        for (int id : streamIds) {
            found |= id == streamId;
        }
        return active && found;
    }

    /** Adds a fragment; false when the message is larger than allowed. */
    boolean append(byte[] array, int offset, int bytes) {
        if (length + bytes > MessageSizes.PART) {
            handOut();
        }
        boolean streaming = handedOut > 0;
        if (sizes.isTooLarge(handedOut + length + bytes, streaming)) {
            return false;
        }
        if (length + bytes > buffer.length) {
            int capacity = Math.max(length + bytes, Math.max(INITIAL_BUFFER, buffer.length * 2));
            buffer = Arrays.copyOf(buffer, capacity);
        }
        System.arraycopy(array, offset, buffer, length, bytes);
        length += bytes;
        int held = ReceiveWindow.charge(bytes);
        charge += held;
        window.hold(held);
        return true;
    }

    /** Hands out what is here, if the stream is read part by part and this is the message that is due on it. */
    void handOut() {
        if (!active || length == 0) {
            return;
        }
        boolean due = unordered || streams.distance(streamId, number) == 0;
        if (handedOut == 0 && !(due && streams.isStreaming(streamId))) {
            return;
        }
        serial = handedOut == 0 ? streams.newSerial() : serial;
        handedOut += length;
        byte[] part = takeBuffer();
        streams.part(streamId, ppid, serial, part, false, unordered);
    }

    private byte[] takeBuffer() {
        byte[] bytes = Arrays.copyOf(buffer, length);
        window.release(charge);
        charge = 0;
        length = 0;
        return bytes;
    }

    /** The last fragment is here. */
    void complete() {
        byte[] payload = takeBuffer();
        boolean inParts = handedOut > 0;
        reset();
        if (inParts) {
            streams.part(streamId, ppid, serial, payload, true, unordered);
            streams.finished(streamId, unordered);
        } else {
            streams.complete(streamId, number, ppid, unordered, payload);
        }
    }

    /** The rest will not come. */
    void drop() {
        if (active && handedOut > 0) {
            streams.aborted(streamId, ppid, serial);
        }
        window.release(charge);
        charge = 0;
        length = 0;
        reset();
    }

    private void reset() {
        active = false;
        handedOut = 0;
        if (buffer.length > MAX_IDLE_BUFFER) {
            buffer = new byte[0];
        }
    }

    boolean consistent() {
        return active || length == 0;
    }
}
