package org.webrtc4j.sdp;

/**
 * The port of the association as drafts before RFC 8841 had it: {@code m=application 9 DTLS/SCTP 5000}, {@code a=sctpmap:5000 webrtc-datachannel 256}.
 *
 * @param port the SCTP port, which is also the format of the m= line
 * @param application {@code webrtc-datachannel}
 * @param streams how many streams, -1 when absent
 */
public record Sctpmap(int port, String application, int streams) implements Attribute {

    static final String NAME = "sctpmap";

    /**
     * Checks the ranges.
     *
     * @param port the SCTP port, which is also the format of the m= line
     * @param application {@code webrtc-datachannel}
     * @param streams how many streams, -1 when absent
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Sctpmap {
        Grammar.range(port, 0, 65_535, "SCTP port");
        Grammar.word(application, "application");
        Grammar.range(streams, -1, 65_535, "number of streams");
    }

    static Sctpmap parse(Cursor cursor) {
        int port = (int) cursor.numberWord("the port", 65_535);
        String application = cursor.word("the application");
        return new Sctpmap(port, application, cursor.moreWords() ? (int) cursor.numberWord("the streams", 65_535) : -1);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(port).append(' ').append(application);
        if (streams >= 0) {
            out.append(' ').append(streams);
        }
    }
}
