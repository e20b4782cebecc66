package org.webrtc4j.ice;

/** Which candidates a connection may use, as RTCIceTransportPolicy says. */
public enum GatherPolicy {
    /** Any candidate. */
    ALL,
    /** Relayed candidates only. */
    RELAY
}
