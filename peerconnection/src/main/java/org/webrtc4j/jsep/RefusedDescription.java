package org.webrtc4j.jsep;

/** A description that is well-formed and cannot be applied; nothing of it was. */
public final class RefusedDescription extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a refusal.
     *
     * @param message one sentence that says what is wrong
     */
    public RefusedDescription(String message) {
        super(message);
    }
}
