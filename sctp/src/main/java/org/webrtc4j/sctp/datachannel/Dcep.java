package org.webrtc4j.sctp.datachannel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ByteReader;
import org.webrtc4j.common.ByteWriter;

/**
 * The messages of the Data Channel Establishment Protocol.
 *
 * <p>DATA_CHANNEL_OPEN (RFC 8832 section 5.1):
 *
 * <pre>
 * |  Message Type |  Channel Type |            Priority           |
 * |                    Reliability Parameter                      |
 * |         Label Length          |       Protocol Length         |
 * |                             Label                             |
 * |                            Protocol                           |
 * </pre>
 */
final class Dcep {

    static final int ACK = 2;
    static final int OPEN = 3;

    private static final int OPEN_FIXED = 12;
    private static final int UNORDERED = 0x80;
    private static final int RETRANSMITS = 1;
    private static final int LIFETIME = 2;

    private Dcep() {}

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static byte[] ack() {
        return new byte[] {ACK};
    }

    static byte[] open(DataChannelParameters parameters) {
        byte[] label = parameters.label().getBytes(StandardCharsets.UTF_8);
        byte[] protocol = parameters.protocol().getBytes(StandardCharsets.UTF_8);
        int type = parameters.ordered() ? 0 : UNORDERED;
        int reliability = 0;
        if (parameters.maxRetransmits() != DataChannelParameters.UNLIMITED) {
            type |= RETRANSMITS;
            reliability = parameters.maxRetransmits();
        } else if (parameters.maxPacketLifeTimeMillis() != DataChannelParameters.UNLIMITED) {
            type |= LIFETIME;
            reliability = parameters.maxPacketLifeTimeMillis();
        }
        return new ByteWriter(OPEN_FIXED + label.length + protocol.length)
                .u8(OPEN)
                .u8(type)
                .u16(parameters.priority())
                .i32(reliability)
                .u16(label.length)
                .u16(protocol.length)
                .bytes(label)
                .bytes(protocol)
                .array();
    }

    /** Parses an OPEN; null when it is too short, of an unknown type, or its text is not UTF-8. */
    static @Nullable DataChannelParameters parseOpen(byte[] message) {
        ByteReader reader = new ByteReader().reset(message, 0, message.length);
        reader.u8();
        int type = reader.u8();
        int priority = reader.u16();
        long reliability = reader.u32();
        int labelLength = reader.u16();
        int protocolLength = reader.u16();
        byte[] label = reader.bytes(labelLength);
        byte[] protocol = reader.bytes(protocolLength);
        int kind = type & ~UNORDERED;
        if (reader.failed() || kind > LIFETIME) {
            return null;
        }
        String labelText = text(label);
        String protocolText = text(protocol);
        if (labelText == null || protocolText == null) {
            return null;
        }
        int limit = (int) Math.min(reliability, Integer.MAX_VALUE);
        return new DataChannelParameters(
                labelText,
                protocolText,
                (type & UNORDERED) == 0,
                kind == RETRANSMITS ? limit : DataChannelParameters.UNLIMITED,
                kind == LIFETIME ? limit : DataChannelParameters.UNLIMITED,
                priority);
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
