package org.webrtc4j;

/**
 * What the API throws, or fails a future with: one exception whose {@link #name()} is the DOM's name of the error.
 *
 * <p>{@code TypeError} and {@code RangeError}, types of their own in a page, are names here.
 *
 * @see <a href="https://webidl.spec.whatwg.org/#idl-DOMException">the specification</a>
 */
public class DOMException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The DOM's name. */
    private final String name;

    /**
     * Creates an exception.
     *
     * @param message one sentence for people
     * @param name the DOM's name, such as InvalidStateError
     */
    public DOMException(String message, String name) {
        super(message);
        this.name = name;
    }

    /**
     * Returns the DOM's name of the error.
     *
     * @return such as InvalidStateError, TypeError
     */
    public String name() {
        return name;
    }

    /** Returns name and message. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // getMessage is the bare message, as in the DOM
    public String toString() {
        return name + ": " + getMessage();
    }

    static DOMException typeError(String message) {
        return new DOMException(message, "TypeError");
    }

    static DOMException invalidState(String message) {
        return new DOMException(message, "InvalidStateError");
    }

    static DOMException invalidAccess(String message) {
        return new DOMException(message, "InvalidAccessError");
    }

    static DOMException invalidModification(String message) {
        return new DOMException(message, "InvalidModificationError");
    }

    static DOMException operation(String message) {
        return new DOMException(message, "OperationError");
    }

    static DOMException syntax(String message) {
        return new DOMException(message, "SyntaxError");
    }

    static DOMException notSupported(String message) {
        return new DOMException(message, "NotSupportedError");
    }
}
