package org.webrtc4j.ice.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.PacketPort;
import org.webrtc4j.ice.port.PortOwner;
import org.webrtc4j.ice.port.PortProvider;
import org.webrtc4j.ice.port.RelayServer;
import org.webrtc4j.testkit.DatagramReceiver;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualSocket;

/** One socket per agent and address of a simulated host, handed over on the loop, as sockets are. */
public final class VirtualPorts implements PortProvider {

    private static final int MAX_PAYLOAD = 1_472;

    private final VirtualHost host;
    private final List<AdvertisedAddress> advertised = new ArrayList<>();
    private final List<VirtualPort> open = new ArrayList<>();
    private boolean hideLocal;
    private int fixedPort;

    public VirtualPorts(VirtualHost host) {
        this.host = host;
    }

    /** Presents the first port under an outer address too. */
    public VirtualPorts advertise(String outerHost, int outerPort, boolean hide) {
        advertised.add(new AdvertisedAddress(outerHost, outerPort));
        hideLocal = hide;
        return this;
    }

    /** Binds this port, so that a NAT can forward to it. */
    public VirtualPorts fixedPort(int port) {
        fixedPort = port;
        return this;
    }

    /** How many ports are open: none may be left when the agents are closed. */
    public int openPorts() {
        return open.size();
    }

    @Override
    public void open(EventLoop loop, PortOwner owner, boolean includeLoopback, Consumer<List<OpenedPort>> opened) {
        openMissing(loop, owner, includeLoopback, Set.of(), opened);
    }

    @Override
    public void openMissing(
            EventLoop loop,
            PortOwner owner,
            boolean includeLoopback,
            Set<InetAddress> present,
            Consumer<List<OpenedPort>> opened) {
        if (!present.isEmpty() && present.containsAll(localAddresses(includeLoopback))) {
            opened.accept(List.of());
            return;
        }
        loop.execute(() -> {
            List<OpenedPort> ports = new ArrayList<>();
            int preference = 65_535;
            for (InetAddress address : host.addresses()) {
                if ((!address.isLoopbackAddress() || includeLoopback) && !present.contains(address)) {
                    VirtualPort port = new VirtualPort(owner);
                    port.socket = host.bind(new InetSocketAddress(address, fixedPort), loop, port);
                    open.add(port);
                    ports.add(new OpenedPort(port, ports.isEmpty() ? advertised : List.of(), hideLocal, preference--));
                }
            }
            opened.accept(ports);
        });
    }

    @Override
    public boolean isPresent(InetAddress local) {
        return host.addresses().contains(local);
    }

    @Override
    public Runnable watch(EventLoop loop, Runnable changed) {
        return host.onAddressChange(() -> loop.execute(changed));
    }

    @Override
    public List<InetAddress> localAddresses(boolean includeLoopback) {
        return host.addresses().stream()
                .filter(address -> !address.isLoopbackAddress() || includeLoopback)
                .toList();
    }

    /** By UDP only: there are no streams in the simulated network. */
    @Override
    public void connect(
            EventLoop loop,
            PortOwner owner,
            InetAddress local,
            RelayServer server,
            Consumer<@Nullable PacketPort> opened) {
        loop.execute(() -> {
            if (server.protocol() != RelayServer.Protocol.UDP) {
                opened.accept(null);
                return;
            }
            VirtualPort port = new VirtualPort(owner);
            port.socket = host.bind(new InetSocketAddress(local, 0), loop, port);
            open.add(port);
            opened.accept(port);
        });
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(VirtualPort::close);
    }

    private final class VirtualPort implements PacketPort, DatagramReceiver {

        private final PortOwner owner;
        private final List<Runnable> run = new ArrayList<>();
        private VirtualSocket socket;
        private boolean closed;

        @SuppressWarnings("NullAway.Init") // the socket needs the port to deliver to, and is set right after
        VirtualPort(PortOwner owner) {
            this.owner = owner;
        }

        @Override
        public void onDatagram(InetSocketAddress from, ByteBuffer packet, long nowNanos) {
            if (!closed) {
                owner.onPacket(this, from, packet, nowNanos);
            }
        }

        @Override
        public void onBatchEnd(long nowNanos) {
            if (!closed) {
                owner.onBatchEnd(nowNanos);
            }
        }

        @Override
        public InetSocketAddress local() {
            return socket.local();
        }

        @Override
        public int maxPayload() {
            return MAX_PAYLOAD;
        }

        @Override
        public boolean append(InetSocketAddress to, ByteBuffer packet) {
            if (closed) {
                return false;
            }
            byte[] copy = new byte[packet.remaining()];
            packet.get(packet.position(), copy);
            run.add(() -> socket.send(to, ByteBuffer.wrap(copy)));
            return true;
        }

        @Override
        public void flush() {
            run.forEach(Runnable::run);
            run.clear();
        }

        @Override
        public boolean isWritable() {
            return !closed;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                run.clear();
                socket.close();
                open.remove(this);
            }
        }
    }
}
