package org.webrtc4j.sdp;

/** Who opens the DTLS association (RFC 4145 section 4, RFC 8842 section 5). */
public enum Setup implements Attribute {
    /** The author connects: DTLS client. */
    ACTIVE("active"),
    /** The author waits: DTLS server. */
    PASSIVE("passive"),
    /** The answerer chooses; only in offers. */
    ACTPASS("actpass"),
    /** No connection for now; not allowed where DTLS is used (RFC 8842 section 5), and refused there. */
    HOLDCONN("holdconn");

    static final String NAME = "setup";

    private static final Setup[] ALL = values();

    private final String role;

    Setup(String role) {
        this.role = role;
    }

    static Setup parse(Cursor cursor) {
        cursor.skipBlanks();
        int start = cursor.position();
        String role = cursor.word("the role");
        for (Setup setup : ALL) {
            if (setup.role.equals(role)) {
                return setup;
            }
        }
        throw cursor.failureAt(start, "the role is none of active, passive, actpass and holdconn");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    /**
     * The role as it is written.
     *
     * @return e.g. {@code actpass}
     */
    public String role() {
        return role;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(role);
    }
}
