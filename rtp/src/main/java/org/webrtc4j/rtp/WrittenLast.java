package org.webrtc4j.rtp;

import java.util.Arrays;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.extension.VideoTiming;

/**
 * What a sender, or a server on the way, writes into a header after repair packets were made: held zero in what they protect,
 * as browsers do. One byte of it left would come back in another packet, as one of its payload.
 */
final class WrittenLast {

    private static final HeaderExtensionType[] WHOLE = {
        HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER,
        HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER_02,
        HeaderExtensionType.ABSOLUTE_SEND_TIME,
        HeaderExtensionType.TRANSMISSION_OFFSET
    };

    /** The moments of timing from leaving the pacer on. */
    private static final int TIMING_FROM = 1 + 2 * VideoTiming.Moment.PACER_EXIT.ordinal();

    private WrittenLast() {}

    /**
     * Clears it in a copy.
     *
     * @param packet of which the copy is
     * @param map what its extensions mean
     * @param copy begins with the header of the packet
     */
    static void clear(RtpPacket packet, HeaderExtensionMap map, byte[] copy) {
        for (HeaderExtensionType type : WHOLE) {
            clear(packet, map.id(type), 0, copy);
        }
        clear(packet, map.id(HeaderExtensionType.VIDEO_TIMING), TIMING_FROM, copy);
    }

    private static void clear(RtpPacket packet, int id, int from, byte[] copy) {
        int at = packet.extensionOffset(id);
        int length = packet.extensionLength(id);
        if (at >= 0 && length > from) {
            int start = at - packet.offset();
            Arrays.fill(copy, start + from, start + length, (byte) 0);
        }
    }
}
