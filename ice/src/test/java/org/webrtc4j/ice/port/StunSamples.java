package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** STUN messages as far as a shared socket looks at them. */
final class StunSamples {

    private static final int REQUEST = 0x0001;
    private static final int INDICATION = 0x0011;
    private static final int SUCCESS = 0x0101;

    private StunSamples() {}

    static ByteBuffer request(long transaction, String username) {
        return message(REQUEST, transaction, username);
    }

    static ByteBuffer response(long transaction) {
        return message(SUCCESS, transaction, null);
    }

    static ByteBuffer indication(long transaction) {
        return message(INDICATION, transaction, null);
    }

    private static ByteBuffer message(int type, long transaction, @Nullable String username) {
        byte[] name = username == null ? new byte[0] : username.getBytes(StandardCharsets.US_ASCII);
        int padded = (name.length + 3) & ~3;
        // An attribute before USERNAME, of a length that needs padding.
        int length = 8 + (username == null ? 0 : 4 + padded);
        ByteBuffer message = ByteBuffer.allocate(20 + length);
        message.putShort((short) type).putShort((short) length).putInt(0x2112A442);
        message.putLong(transaction).putInt(7);
        message.putShort((short) 0x8022).putShort((short) 2).putInt(0x61620000);
        if (username != null) {
            message.putShort((short) 0x0006).putShort((short) name.length).put(name);
        }
        return message.clear();
    }
}
