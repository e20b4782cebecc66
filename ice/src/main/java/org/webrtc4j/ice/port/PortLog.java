package org.webrtc4j.ice.port;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators need to know of the ports of one provider, each said loudly once. Thread-safe. */
final class PortLog {

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final AtomicBoolean granted = new AtomicBoolean();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final AtomicInteger receiveBufferBytes = new AtomicInteger();
    private final AtomicInteger sendBufferBytes = new AtomicInteger();
    private volatile @Nullable String problem;

    void opened(UdpSocket socket) {
        if (!granted.compareAndSet(false, true)) {
            return;
        }
        int receive = socket.receiveBufferBytes();
        int send = socket.sendBufferBytes();
        receiveBufferBytes.set(receive);
        sendBufferBytes.set(send);
        if (receive < UdpSocket.SOCKET_BUFFER_BYTES || send < UdpSocket.SOCKET_BUFFER_BYTES) {
            LOG.info(
                    "Socket buffers: asked for {} bytes, granted {} to receive and {} to send; on Linux raise"
                            + " net.core.rmem_max and net.core.wmem_max, or bursts are lost",
                    UdpSocket.SOCKET_BUFFER_BYTES,
                    receive,
                    send);
        } else {
            LOG.debug("Socket buffers: granted {} bytes to receive and {} to send", receive, send);
        }
    }

    /** No socket at all: connections will have no host candidate. */
    void noPort(String why) {
        missing(why, true);
    }

    void missing(String why, boolean all) {
        problem = why;
        if (all && warned.compareAndSet(false, true)) {
            LOG.warn("No UDP port for a connection: {} (said once)", why);
        } else {
            LOG.debug("A UDP port is missing: {}", why);
        }
    }

    void warn(String message) {
        LOG.warn(message);
    }

    int receiveBufferBytes() {
        return receiveBufferBytes.get();
    }

    int sendBufferBytes() {
        return sendBufferBytes.get();
    }

    @Nullable
    String problem() {
        return problem;
    }
}
