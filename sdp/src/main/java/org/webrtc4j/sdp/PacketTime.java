package org.webrtc4j.sdp;

/**
 * How much media one packet holds: ptime and maxptime (RFC 8866 sections 6.4 and 6.5).
 *
 * @param maximum true for {@code maxptime}, false for {@code ptime}
 * @param millis milliseconds, a decimal number as it was written
 */
public record PacketTime(boolean maximum, String millis) implements Attribute {

    static final String PTIME = "ptime";
    static final String MAXPTIME = "maxptime";

    /**
     * Checks the number.
     *
     * @param maximum true for {@code maxptime}, false for {@code ptime}
     * @param millis milliseconds, a decimal number as it was written
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public PacketTime {
        Framerate.decimal(millis, "packet time");
    }

    static PacketTime parse(String name, Cursor cursor) {
        return new PacketTime(name.equals(MAXPTIME), cursor.word("the packet time"));
    }

    @Override
    public String attributeName() {
        return maximum ? MAXPTIME : PTIME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(millis);
    }
}
