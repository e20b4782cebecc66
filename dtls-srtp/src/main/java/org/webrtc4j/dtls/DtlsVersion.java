package org.webrtc4j.dtls;

/** Protocol versions. */
public enum DtlsVersion {
    /** DTLS 1.2 (RFC 6347). */
    DTLS_1_2("FEFD");

    private final String wireHex;

    DtlsVersion(String wireHex) {
        this.wireHex = wireHex;
    }

    /**
     * Returns the version as RTCTransportStats.tlsVersion has it.
     *
     * @return four upper-case hexadecimal digits
     */
    public String wireHex() {
        return wireHex;
    }
}
