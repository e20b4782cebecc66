package org.webrtc4j.ice;

/** The state of gathering, as RTCIceGatheringState names it. */
public enum IceGatheringState {
    /** Not begun. */
    NEW("new"),

    /** Candidates may follow. */
    GATHERING("gathering"),

    /** No candidate follows in this generation. */
    COMPLETE("complete");

    private final String text;

    IceGatheringState(String text) {
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
