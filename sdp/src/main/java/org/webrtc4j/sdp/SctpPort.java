package org.webrtc4j.sdp;

/**
 * The SCTP port inside DTLS (RFC 8841 section 5).
 *
 * @param port 0 to 65535; 0 says that no association is wanted
 */
public record SctpPort(int port) implements Attribute {

    static final String NAME = "sctp-port";

    /** The port of WebRTC's association where none is negotiated. */
    public static final int DEFAULT = 5000;

    /**
     * Checks the range.
     *
     * @param port 0 to 65535; 0 says that no association is wanted
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public SctpPort {
        Grammar.range(port, 0, 65_535, "SCTP port");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(port);
    }
}
