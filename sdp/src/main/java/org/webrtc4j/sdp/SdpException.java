package org.webrtc4j.sdp;

import java.io.Serial;

/**
 * Text that is not a session description, with the place where reading stopped. Nothing else leaves a parser of this package.
 *
 * <p>The mistake lies in the text and not in the program, and a stranger can cause it as often as it pleases: the exception
 * carries no stack trace, so that it costs what it says.
 */
public final class SdpException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** The line, counted from 1. */
    private final int line;

    /** The character within the line, counted from 1. */
    private final int column;

    /**
     * Creates the failure of a place.
     *
     * @param line the line, counted from 1
     * @param column the character within the line, counted from 1 in UTF-16 units; 1 is the type letter
     * @param reason what is wrong there, one sentence
     */
    public SdpException(int line, int column, String reason) {
        super("line " + line + ", column " + column + ": " + reason, null, false, false);
        this.line = line;
        this.column = column;
    }

    /**
     * The line, counted from 1; what {@code RTCError.sdpLineNumber} shows.
     *
     * @return the line
     */
    public int line() {
        return line;
    }

    /**
     * The character within the line, counted from 1 in UTF-16 units.
     *
     * @return the column
     */
    public int column() {
        return column;
    }
}
