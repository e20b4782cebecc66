package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;

/** Responses of multicast DNS for tests. */
final class MdnsMessages {

    private final ByteBuffer buffer = ByteBuffer.allocate(8000).position(12);
    private int records;

    private MdnsMessages() {}

    static MdnsMessages response() {
        return new MdnsMessages();
    }

    MdnsMessages address(String name, String literal) {
        return record(name, literal, 120);
    }

    MdnsMessages goodbye(String name, String literal) {
        return record(name, literal, 0);
    }

    private MdnsMessages record(String name, String literal, int ttl) {
        byte[] address = Sockets.ip(literal).getAddress();
        MdnsName.write(name, buffer);
        buffer.putShort((short) (address.length == 4 ? 1 : 28)).putShort((short) 0x8001);
        buffer.putInt(ttl).putShort((short) address.length).put(address);
        records++;
        return this;
    }

    ByteBuffer build() {
        buffer.putShort(2, (short) 0x8400).putShort(6, (short) records);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
