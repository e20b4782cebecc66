package org.webrtc4j.sctp.rx;

import org.webrtc4j.sctp.SctpOptions;

/** How large a message may be: one that is delivered whole has to fit the receive window, one handed out in parts has not. */
final class MessageSizes {

    /** About so much is handed out as one part at most. */
    static final int PART = 64 * 1024;

    private final long whole;
    private final long streamed;

    MessageSizes(SctpOptions options) {
        long announced = options.maxReceiveMessageSize() == 0 ? Long.MAX_VALUE : options.maxReceiveMessageSize();
        // A message larger than the window could never be completed.
        whole = Math.min(announced, options.receiveWindow());
        streamed = announced;
    }

    boolean isTooLarge(long bytes, boolean inParts) {
        return bytes > (inParts ? streamed : whole);
    }
}
