package org.webrtc4j.sdp;

/**
 * What a payload type stands for (RFC 8866 section 6.6).
 *
 * @param payloadType 0 to 127
 * @param encoding the encoding name as it was written, to be compared without regard to case
 * @param clockRate RTP ticks a second
 * @param channels audio channels; 1 when absent, and then not written
 */
public record Rtpmap(int payloadType, String encoding, int clockRate, int channels) implements Attribute {

    static final String NAME = "rtpmap";

    /**
     * Checks the ranges.
     *
     * @param payloadType 0 to 127
     * @param encoding the encoding name as it was written, to be compared without regard to case
     * @param clockRate RTP ticks a second
     * @param channels audio channels; 1 when absent, and then not written
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Rtpmap {
        Grammar.payloadType(payloadType);
        Grammar.word(encoding, "encoding name", '/');
        Grammar.range(clockRate, 1, Integer.MAX_VALUE, "clock rate");
        Grammar.range(channels, 1, 65_535, "number of channels");
    }

    /**
     * The mapping of a video format or of one channel.
     *
     * @param payloadType 0 to 127
     * @param encoding the encoding name
     * @param clockRate RTP ticks a second
     */
    public Rtpmap(int payloadType, String encoding, int clockRate) {
        this(payloadType, encoding, clockRate, 1);
    }

    static Rtpmap parse(Cursor cursor) {
        int payloadType = (int) cursor.numberWord("the payload type", 127);
        cursor.skipBlanks();
        String encoding = cursor.until('/', ' ', "the encoding name");
        cursor.expect('/', "the clock rate is missing");
        int clockRate = (int) cursor.number("the clock rate", Integer.MAX_VALUE);
        int channels = cursor.accept('/') ? (int) cursor.number("the number of channels", 65_535) : 1;
        return new Rtpmap(payloadType, encoding, clockRate, channels);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(payloadType).append(' ').append(encoding).append('/').append(clockRate);
        if (channels > 1) {
            out.append('/').append(channels);
        }
    }
}
