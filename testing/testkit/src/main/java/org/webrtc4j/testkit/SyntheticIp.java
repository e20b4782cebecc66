package org.webrtc4j.testkit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Puts IP (RFC 791, RFC 8200) and UDP (RFC 768) headers before a payload, so that a capture shows addresses and ports. */
final class SyntheticIp {

    private static final int UDP = 17;
    private static final int UDP_HEADER_BYTES = 8;

    private SyntheticIp() {}

    static ByteBuffer wrap(InetSocketAddress from, InetSocketAddress to, ByteBuffer payload) {
        byte[] source = from.getAddress().getAddress();
        byte[] target = to.getAddress().getAddress();
        int udpBytes = UDP_HEADER_BYTES + payload.remaining();
        ByteBuffer packet = source.length == 4 ? ipv4(source, target, udpBytes) : ipv6(source, target, udpBytes);
        // Without a checksum: none was computed by the sender (RFC 768); a capture tool shows it as missing.
        packet.putShort((short) from.getPort());
        packet.putShort((short) to.getPort());
        packet.putShort((short) udpBytes);
        packet.putShort((short) 0);
        return packet.put(payload.duplicate()).flip();
    }

    private static ByteBuffer ipv4(byte[] source, byte[] target, int udpBytes) {
        ByteBuffer packet = ByteBuffer.allocate(20 + udpBytes);
        packet.putShort((short) 0x4500).putShort((short) (20 + udpBytes));
        packet.putInt(0x0000_4000);
        packet.put((byte) 64).put((byte) UDP).putShort((short) 0);
        packet.put(source).put(target);
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += packet.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        packet.putShort(10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return packet;
    }

    private static ByteBuffer ipv6(byte[] source, byte[] target, int udpBytes) {
        ByteBuffer packet = ByteBuffer.allocate(40 + udpBytes);
        packet.putInt(0x6000_0000).putShort((short) udpBytes).put((byte) UDP).put((byte) 64);
        return packet.put(source).put(target);
    }
}
