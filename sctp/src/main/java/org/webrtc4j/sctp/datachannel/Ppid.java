package org.webrtc4j.sctp.datachannel;

/** Payload protocol identifiers of WebRTC (RFC 8831 section 8, RFC 8832 section 8.1). */
final class Ppid {

    static final int CONTROL = 50;
    static final int STRING = 51;
    static final int BINARY = 53;
    static final int EMPTY_STRING = 56;
    static final int EMPTY_BINARY = 57;

    private Ppid() {}
}
