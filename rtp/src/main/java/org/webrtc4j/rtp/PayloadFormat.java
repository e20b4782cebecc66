package org.webrtc4j.rtp;

/**
 * A payload type of a section, as far as RTP needs to know.
 *
 * @param payloadType 0 to 127, never 64 to 95
 * @param clockRate of the timestamp, in Hz
 * @param associatedPayloadType for RTX the payload type it repeats (RFC 4588 section 8.6), else {@link #NONE}
 * @param nack whether lost packets are asked for ({@code a=rtcp-fb nack})
 * @param pictureLoss whether key frames are asked for by PLI ({@code a=rtcp-fb nack pli})
 * @param fullIntraRequest whether key frames are asked for by FIR ({@code a=rtcp-fb ccm fir})
 */
public record PayloadFormat(
        int payloadType,
        int clockRate,
        int associatedPayloadType,
        boolean nack,
        boolean pictureLoss,
        boolean fullIntraRequest) {

    /** No associated payload type: the format is not RTX. */
    public static final int NONE = -1;

    /**
     * Checks the ranges.
     *
     * @param payloadType 0 to 127, never 64 to 95
     * @param clockRate of the timestamp, in Hz
     * @param associatedPayloadType for RTX the payload type it repeats, else {@link #NONE}
     * @param nack whether lost packets are asked for
     * @param pictureLoss whether key frames are asked for by PLI
     * @param fullIntraRequest whether key frames are asked for by FIR
     * @throws IllegalArgumentException when one is out of range
     */
    public PayloadFormat {
        if (payloadType < 0 || payloadType > 127 || (payloadType >= 64 && payloadType <= 95)) {
            throw new IllegalArgumentException("Payload type " + payloadType);
        }
        if (clockRate <= 0) {
            throw new IllegalArgumentException("Clock rate " + clockRate);
        }
        if (associatedPayloadType < NONE || associatedPayloadType > 127) {
            throw new IllegalArgumentException("Associated payload type " + associatedPayloadType);
        }
    }

    /**
     * Makes a format without feedback, as audio has it.
     *
     * @param payloadType 0 to 127
     * @param clockRate of the timestamp, in Hz
     * @return the format
     */
    public static PayloadFormat plain(int payloadType, int clockRate) {
        return new PayloadFormat(payloadType, clockRate, NONE, false, false, false);
    }

    /**
     * Makes a format with NACK, PLI and FIR, as video has it.
     *
     * @param payloadType 0 to 127
     * @param clockRate of the timestamp, in Hz
     * @return the format
     */
    public static PayloadFormat repaired(int payloadType, int clockRate) {
        return new PayloadFormat(payloadType, clockRate, NONE, true, true, true);
    }

    /**
     * Makes the RTX format of another.
     *
     * @param payloadType 0 to 127
     * @param clockRate of the timestamp, in Hz
     * @param repeats the payload type it repeats
     * @return the format
     */
    public static PayloadFormat rtx(int payloadType, int clockRate, int repeats) {
        return new PayloadFormat(payloadType, clockRate, repeats, false, false, false);
    }

    /**
     * Tells whether this is RTX.
     *
     * @return true when it repeats another
     */
    public boolean isRtx() {
        return associatedPayloadType != NONE;
    }
}
