package org.webrtc4j.sctp.association;

/** Results of a re-configuration request (RFC 6525 section 4.4). */
final class ReconfigResult {

    static final int NOTHING_TO_DO = 0;
    static final int PERFORMED = 1;
    static final int DENIED = 2;
    static final int WRONG_STREAM = 3;
    static final int BAD_SEQUENCE_NUMBER = 5;
    static final int IN_PROGRESS = 6;

    private ReconfigResult() {}
}
