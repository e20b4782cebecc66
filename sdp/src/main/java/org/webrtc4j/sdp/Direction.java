package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/** Who sends in a media section (RFC 8866 section 6.7), seen from the author of the description. */
public enum Direction implements Attribute {
    /** Sends and receives; also what a section without any direction means. */
    SENDRECV("sendrecv"),
    /** Sends only. */
    SENDONLY("sendonly"),
    /** Receives only. */
    RECVONLY("recvonly"),
    /** Neither sends nor receives. */
    INACTIVE("inactive");

    private static final Direction[] ALL = values();

    private final String attributeName;

    Direction(String attributeName) {
        this.attributeName = attributeName;
    }

    @Override
    public String attributeName() {
        return attributeName;
    }

    @Override
    public boolean hasValue() {
        return false;
    }

    @Override
    public void appendValue(StringBuilder out) {}

    /**
     * Tells whether the author sends.
     *
     * @return true for sendrecv and sendonly
     */
    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    /**
     * Tells whether the author receives.
     *
     * @return true for sendrecv and recvonly
     */
    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    /**
     * The same direction as the other side sees it (RFC 3264 section 6.1).
     *
     * @return sendonly for recvonly and the reverse
     */
    public Direction reversed() {
        return of(receives(), sends());
    }

    /**
     * What two wishes have in common.
     *
     * @param other the other wish, seen from the same side
     * @return sends and receives only what both do
     */
    public Direction intersect(Direction other) {
        return of(sends() && other.sends(), receives() && other.receives());
    }

    /**
     * The direction by its two halves.
     *
     * @param sends whether the author sends
     * @param receives whether the author receives
     * @return the direction
     */
    public static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    static @Nullable Direction of(String name) {
        for (Direction direction : ALL) {
            if (direction.attributeName.equals(name)) {
                return direction;
            }
        }
        return null;
    }
}
