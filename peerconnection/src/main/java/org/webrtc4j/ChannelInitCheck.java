package org.webrtc4j;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.datachannel.DataChannelParameters;

/** Checks what createDataChannel is given (webrtc-pc section 6.1), and translates it to what the association knows. */
final class ChannelInitCheck {

    private static final int MAX_TEXT_BYTES = 65_535;
    private static final int MAX_SHORT = 65_535;

    private ChannelInitCheck() {}

    static void check(String label, RTCDataChannelInit init) {
        if (utf8Length(label) > MAX_TEXT_BYTES || utf8Length(init.protocol()) > MAX_TEXT_BYTES) {
            throw DOMException.typeError("Label and protocol are at most 65535 bytes of UTF-8");
        }
        Integer lifetime = init.maxPacketLifeTime();
        Integer retransmits = init.maxRetransmits();
        if (lifetime != null && retransmits != null) {
            throw DOMException.typeError("A channel has maxPacketLifeTime or maxRetransmits, not both");
        }
        checkShort(lifetime, "maxPacketLifeTime");
        checkShort(retransmits, "maxRetransmits");
        Integer id = init.id();
        checkShort(id, "id");
        if (init.negotiated() && id == null) {
            throw DOMException.typeError("A negotiated channel needs an id");
        }
        if (id != null && id > ChannelIds.MAX_ID) {
            throw DOMException.typeError("65535 is no id");
        }
    }

    static DataChannelParameters translate(String label, RTCDataChannelInit init) {
        Integer retransmits = init.maxRetransmits();
        Integer lifetime = init.maxPacketLifeTime();
        return new DataChannelParameters(
                label,
                init.protocol(),
                init.ordered(),
                retransmits == null ? DataChannelParameters.UNLIMITED : retransmits,
                lifetime == null ? DataChannelParameters.UNLIMITED : lifetime,
                DataChannelParameters.NORMAL_PRIORITY);
    }

    static RTCDataChannelInit translate(DataChannelParameters parameters) {
        return new RTCDataChannelInit(
                parameters.ordered(),
                limit(parameters.maxPacketLifeTimeMillis()),
                limit(parameters.maxRetransmits()),
                parameters.protocol(),
                false,
                null);
    }

    /** The wire has 32 bits for a limit, the API 16. */
    private static @Nullable Integer limit(int value) {
        return value == DataChannelParameters.UNLIMITED ? null : Integer.valueOf(Math.min(value, MAX_SHORT));
    }

    private static void checkShort(@Nullable Integer value, String name) {
        if (value != null && (value < 0 || value > MAX_SHORT)) {
            throw DOMException.typeError(name + " is 0 to 65535");
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
