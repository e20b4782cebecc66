package org.webrtc4j.benchmarks.datagram;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.ice4j.socket.IceSocketWrapper;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;
import org.ice4j.socket.StunDatagramPacketFilter;

/**
 * The socket that a pair of ice4j has, with the filter by which an agent takes STUN out of it, on a thread of its own. An
 * agent's thread, which waits at the filter, and the merging socket of a component, which ice4j offers too, come on top in
 * life.
 */
final class Ice4jSocket implements BurstSender, BurstReceiver {

    private static final int READ_BYTES = 2_048;
    private static final int LIMIT_MILLIS = 20_000;

    private final OwnThread thread = new OwnThread();
    private final ThreadMeter meter = new ThreadMeter();
    private final byte[] packet = Burst.bytes();
    private final byte[] buffer = new byte[READ_BYTES];
    private final MultiplexingDatagramSocket socket;
    private final IceSocketWrapper wrapper;

    Ice4jSocket() throws IOException {
        socket = new MultiplexingDatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(Burst.SOCKET_BUFFER_BYTES);
        socket.setSendBufferSize(Burst.SOCKET_BUFFER_BYTES);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.getSocket(new StunDatagramPacketFilter());
        wrapper = new IceUdpSocketWrapper(socket);
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) wrapper.getLocalSocketAddress();
    }

    @Override
    public Cost send(List<InetSocketAddress> to) throws Exception {
        return thread.send(() -> {
            DatagramPacket datagram = new DatagramPacket(packet, packet.length);
            meter.start();
            for (int i = 0; i < Burst.PACKETS; i++) {
                datagram.setSocketAddress(to.get(i % to.size()));
                wrapper.send(datagram);
            }
            return meter.stop();
        });
    }

    @Override
    public Cost receive(Source source) throws Exception {
        return thread.receive(source, gate -> {
            DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
            for (int i = 0; i < Burst.PACKETS; i++) {
                datagram.setLength(buffer.length);
                wrapper.receive(datagram);
                gate.onPacket();
            }
        });
    }

    @Override
    public void close() {
        thread.close();
        wrapper.close();
    }
}
