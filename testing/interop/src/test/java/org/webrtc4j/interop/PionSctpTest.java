package org.webrtc4j.interop;

/** Our association and that of pion's sctp package, SCTP alone over UDP. Restarts of the other side it does not know. */
class PionSctpTest extends SctpPeerContract {

    PionSctpTest() {
        super("pion-sctp-peer", 2); // one queue for all, and limits are those of a stream
    }
}
