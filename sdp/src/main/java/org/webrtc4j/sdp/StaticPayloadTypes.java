package org.webrtc4j.sdp;

import java.util.List;
import java.util.Optional;

/** The payload types whose meaning is fixed without a=rtpmap (RFC 3551 section 6, tables 4 and 5). */
public final class StaticPayloadTypes {

    private static final List<Rtpmap> TABLE = List.of(
            new Rtpmap(0, "PCMU", 8_000),
            new Rtpmap(3, "GSM", 8_000),
            new Rtpmap(4, "G723", 8_000),
            new Rtpmap(5, "DVI4", 8_000),
            new Rtpmap(6, "DVI4", 16_000),
            new Rtpmap(7, "LPC", 8_000),
            new Rtpmap(8, "PCMA", 8_000),
            new Rtpmap(9, "G722", 8_000),
            new Rtpmap(10, "L16", 44_100, 2),
            new Rtpmap(11, "L16", 44_100),
            new Rtpmap(12, "QCELP", 8_000),
            new Rtpmap(13, "CN", 8_000),
            new Rtpmap(14, "MPA", 90_000),
            new Rtpmap(15, "G728", 8_000),
            new Rtpmap(16, "DVI4", 11_025),
            new Rtpmap(17, "DVI4", 22_050),
            new Rtpmap(18, "G729", 8_000),
            new Rtpmap(25, "CelB", 90_000),
            new Rtpmap(26, "JPEG", 90_000),
            new Rtpmap(28, "nv", 90_000),
            new Rtpmap(31, "H261", 90_000),
            new Rtpmap(32, "MPV", 90_000),
            new Rtpmap(33, "MP2T", 90_000),
            new Rtpmap(34, "H263", 90_000));

    private StaticPayloadTypes() {}

    /**
     * What a payload type means where no a=rtpmap says otherwise.
     *
     * @param payloadType the payload type
     * @return its mapping, empty when the number has no fixed meaning
     */
    public static Optional<Rtpmap> rtpmap(int payloadType) {
        for (Rtpmap rtpmap : TABLE) {
            if (rtpmap.payloadType() == payloadType) {
                return Optional.of(rtpmap);
            }
        }
        return Optional.empty();
    }
}
