package org.webrtc4j.ice;

/** The state of an ICE transport, as RTCIceTransportState names it. */
public enum IceState {
    /** Nothing to check yet. */
    NEW("new"),

    /** Checks run and no pair is usable yet. */
    CHECKING("checking"),

    /** A pair is usable; checks or gathering go on. */
    CONNECTED("connected"),

    /** Gathering and checks are over and a pair is usable. */
    COMPLETED("completed"),

    /** Consent answers are missing; may recover by itself. */
    DISCONNECTED("disconnected"),

    /** No pair is usable; only a restart helps. */
    FAILED("failed"),

    /** Ended by its owner. */
    CLOSED("closed");

    private final String text;

    IceState(String text) {
        this.text = text;
    }

    /**
     * Returns the text used on the wire and by the W3C API.
     *
     * @return the text
     */
    public String text() {
        return text;
    }
}
