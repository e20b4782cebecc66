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
 * @param role what its packets are for
 */
public record PayloadFormat(
        int payloadType,
        int clockRate,
        int associatedPayloadType,
        boolean nack,
        boolean pictureLoss,
        boolean fullIntraRequest,
        Role role) {

    /** What packets of a payload type are for. */
    public enum Role {
        /** They carry media. */
        MEDIA,
        /** They repeat packets of another payload type (RFC 4588). */
        RTX,
        /** They carry packets of other payload types behind one byte (RFC 2198), so that ULPFEC may be among them. */
        RED,
        /** Repair packets within {@link #RED} (RFC 5109). */
        ULPFEC,
        /** Repair packets in a stream of their own (draft-ietf-payload-flexible-fec-scheme-03). */
        FLEXFEC
    }

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
     * @param role what its packets are for
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
     * Makes a format of media or RTX.
     *
     * @param payloadType 0 to 127, never 64 to 95
     * @param clockRate of the timestamp, in Hz
     * @param associatedPayloadType for RTX the payload type it repeats, else {@link #NONE}
     * @param nack whether lost packets are asked for
     * @param pictureLoss whether key frames are asked for by PLI
     * @param fullIntraRequest whether key frames are asked for by FIR
     */
    public PayloadFormat(
            int payloadType,
            int clockRate,
            int associatedPayloadType,
            boolean nack,
            boolean pictureLoss,
            boolean fullIntraRequest) {
        this(
                payloadType,
                clockRate,
                associatedPayloadType,
                nack,
                pictureLoss,
                fullIntraRequest,
                associatedPayloadType == NONE ? Role.MEDIA : Role.RTX);
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
     * Makes a format of repair packets, or of RED.
     *
     * @param role what its packets are for
     * @param payloadType 0 to 127
     * @param clockRate of the timestamp, in Hz
     * @return the format
     */
    public static PayloadFormat of(Role role, int payloadType, int clockRate) {
        return new PayloadFormat(payloadType, clockRate, NONE, false, false, false, role);
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
