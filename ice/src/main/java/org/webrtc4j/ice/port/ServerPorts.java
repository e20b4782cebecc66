package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways of agents to TURN servers: a UDP socket on any free port, or a connection, each from one local address. */
final class ServerPorts {

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final LocalAddresses addresses;
    private final boolean alwaysLoopback;
    private final @Nullable SSLContext tls;
    private final Set<DedicatedPort> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ServerPorts(LocalAddresses addresses, boolean alwaysLoopback, @Nullable SSLContext tls) {
        this.addresses = addresses;
        this.alwaysLoopback = alwaysLoopback;
        this.tls = tls;
    }

    List<InetAddress> localAddresses(boolean includeLoopback) {
        return addresses.list(includeLoopback || alwaysLoopback).stream()
                .map(LocalAddress::address)
                .toList();
    }

    void connect(
            NettyEventLoop loop,
            PortOwner owner,
            InetAddress local,
            RelayServer server,
            Consumer<@Nullable PacketPort> opened) {
        if (closed) {
            opened.accept(null);
            return;
        }
        switch (server.protocol()) {
            case UDP -> openSocket(loop, owner, local, opened);
            case TCP -> StreamPort.connect(loop, owner, local, server, null, opened);
            case TLS -> {
                SSLContext context = tls == null ? defaultTls() : tls;
                if (context == null) {
                    opened.accept(null);
                } else {
                    StreamPort.connect(loop, owner, local, server, context, opened);
                }
            }
        }
    }

    private void openSocket(
            NettyEventLoop loop, PortOwner owner, InetAddress local, Consumer<@Nullable PacketPort> opened) {
        DedicatedPort port = new DedicatedPort(owner, open::remove);
        new UdpSocket.Binding(loop, local, 0, 0, false, false)
                .open(
                        port,
                        socket -> {
                            port.attach(socket);
                            open.add(port);
                            opened.accept(port);
                        },
                        cause -> {
                            LOG.debug("No socket for a TURN server", cause);
                            opened.accept(null);
                        });
    }

    private static @Nullable SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            LOG.warn("This Java has no TLS for TURN servers: {}", e.getMessage());
            return null;
        }
    }

    /** Connections end with their agents. */
    void close() {
        closed = true;
        for (DedicatedPort port : open) {
            port.socket().loop().post(port::close);
        }
    }
}
