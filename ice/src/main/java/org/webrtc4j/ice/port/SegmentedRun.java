package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/** The only mention of Netty's segmented packet: its library is optional, and a class that names it cannot be linked without. */
final class SegmentedRun {

    private SegmentedRun() {}

    static DatagramPacket of(ByteBuf content, int segmentSize, InetSocketAddress remote) {
        return new SegmentedDatagramPacket(content, segmentSize, remote);
    }
}
