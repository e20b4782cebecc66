package org.webrtc4j.benchmarks.goodput;

import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sctp.SctpOptions;

/**
 * One cell of the table.
 *
 * @param path what the packets cross
 * @param messageBytes of each message
 * @param controller of the sender
 */
record Cell(NetworkPath path, int messageBytes, SctpCongestionControl controller) {

    /** Mathis et al. 1997: what a sender that halves its window on loss and adds a packet each round trip gets. */
    private static final double FORMULA = 1.22;

    private static final SctpOptions OPTIONS = SctpOptions.defaults();
    private static final int BITS = 8;
    /** SCTP's header and that of a DATA chunk. */
    private static final int HEADERS_BYTES = 12 + 16;

    /** Payload of a full packet. */
    int packetPayload() {
        return Math.min(messageBytes, (OPTIONS.maxPacketSize() & ~3) - HEADERS_BYTES);
    }

    /** What the link carries: payload, in bytes per second. */
    double linkLimit() {
        int payload = packetPayload();
        return path.bitsPerSecond() / (double) BITS * payload / (payload + HEADERS_BYTES);
    }

    /** What the peer's window allows, in bytes per second. */
    double windowLimit() {
        return OPTIONS.receiveWindow() / (path.rttMillis() / 1e3);
    }

    /** What the formula gives for standard control, in bytes per second. */
    double formula() {
        return path.loss() == 0
                ? Double.POSITIVE_INFINITY
                : FORMULA * packetPayload() / (path.rttMillis() / 1e3 * Math.sqrt(path.loss()));
    }

    /** What standard control can be expected to get here, in bytes per second. */
    double expected() {
        return Math.min(formula(), Math.min(linkLimit(), windowLimit()));
    }
}
