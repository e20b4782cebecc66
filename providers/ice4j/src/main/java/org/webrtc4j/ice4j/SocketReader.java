package org.webrtc4j.ice4j;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Set;

/** A thread that reads what of a socket is not STUN, as ice4j wants it: one for each local address, while it is open. */
final class SocketReader implements Runnable {

    private final DatagramSocket socket;
    private final Set<SocketAddress> verified;
    private final Inbox inbox;
    private final SharedDrops drops;

    private SocketReader(DatagramSocket socket, Set<SocketAddress> verified, Inbox inbox, SharedDrops drops) {
        this.socket = socket;
        this.verified = verified;
        this.inbox = inbox;
        this.drops = drops;
    }

    /** Reads until the socket is closed; {@code verified} are the addresses that have proved themselves. */
    static void start(DatagramSocket socket, Set<SocketAddress> verified, Inbox inbox, SharedDrops drops) {
        Thread thread = new Thread(
                new SocketReader(socket, verified, inbox, drops), "webrtc4j-ice4j-reader-" + socket.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        Inbox.Received packet = inbox.take();
        while (!socket.isClosed()) {
            DatagramPacket datagram = packet.cleared();
            try {
                socket.receive(datagram);
            } catch (SocketTimeoutException again) {
                continue;
            } catch (IOException closed) {
                return;
            }
            if (datagram.getLength() == 0) {
                continue;
            }
            if (!verified.contains(datagram.getSocketAddress())) {
                drops.count(Drop.UNVERIFIED_DATA);
            } else if (inbox.put(packet)) {
                packet = inbox.take();
            } else {
                drops.count(Drop.INBOX_FULL);
            }
        }
    }
}
