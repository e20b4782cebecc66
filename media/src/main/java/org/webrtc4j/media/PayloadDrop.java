package org.webrtc4j.media;

/** Why a payload, or the frame it belongs to, was dropped. */
public enum PayloadDrop {
    /** There is nothing in the payload, or nothing after its descriptor. */
    EMPTY,
    /** The payload ends within its descriptor. */
    TRUNCATED,
    /** A length in the payload is zero where it must not be, or reaches past the end. */
    BAD_LENGTH,
    /** A number in the payload is not one that the specification allows. */
    BAD_VALUE,
    /** A kind of payload that was not negotiated and that no browser sends (interleaving, nested aggregation). */
    UNSUPPORTED,
    /** A fragment continues something that has not begun. */
    UNEXPECTED_CONTINUATION,
    /** Something began and was never ended. */
    MISSING_CONTINUATION,
    /** A frame begins within a frame, or does not begin with its first payload. */
    BAD_ORDER,
    /** The frame has become larger than {@link Depacketizer#MAX_FRAME_BYTES}. */
    TOO_LARGE,
    /** The sound in one packet is longer than the codec allows. */
    TOO_LONG
}
