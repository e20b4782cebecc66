package org.webrtc4j.turnserver;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PacketPort;
import org.webrtc4j.ice.port.PortOwner;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/** Opens relay sockets on ports of a range. Confined to the server's loop once it is built. */
final class RelaySockets {

    /** How many ports are tried for one that must be even. */
    private static final int EVEN_TRIES = 16;

    private final NettyEventLoops loops;
    private final EventLoop loop;
    private final Map<Boolean, RelayAddress> addresses = new HashMap<>();
    private final Map<Boolean, NettyPorts> ports = new HashMap<>();
    private final int first;
    private final int last;

    /** Takes a relay socket and its address as peers see it; null when no port is free. */
    interface Opened {
        void accept(@Nullable PacketPort port, @Nullable InetSocketAddress external);
    }

    RelaySockets(NettyEventLoops loops, EventLoop loop, List<RelayAddress> relays, int first, int last) {
        this.loops = loops;
        this.loop = loop;
        this.first = first;
        this.last = last;
        for (RelayAddress relay : relays) {
            boolean ipv6 = relay.local() instanceof Inet6Address;
            if (addresses.put(ipv6, relay) != null) {
                throw new IllegalArgumentException("one relayed address of each family, not more");
            }
            ports.put(ipv6, provider(relay, first, last));
        }
    }

    private NettyPorts provider(RelayAddress relay, int from, int to) {
        return NettyPorts.builder(loops)
                .bind(relay.local())
                .dedicatedRange(from, to)
                .build();
    }

    boolean hasIpv4() {
        return addresses.containsKey(false);
    }

    boolean hasIpv6() {
        return addresses.containsKey(true);
    }

    /** Opens one; answers on the loop, maybe before this returns. */
    void open(boolean ipv6, boolean evenPort, PortOwner owner, Opened opened) {
        NettyPorts provider = ports.get(ipv6);
        RelayAddress relay = addresses.get(ipv6);
        if (provider == null || relay == null) {
            opened.accept(null, null);
        } else if (evenPort) {
            openEven(relay, EVEN_TRIES, owner, opened);
        } else {
            provider.open(loop, owner, true, found -> answer(relay, found, opened));
        }
    }

    private void openEven(RelayAddress relay, int tries, PortOwner owner, Opened opened) {
        int lowest = first + (first & 1);
        int count = (last - lowest) / 2 + 1;
        if (tries == 0 || lowest > last) {
            opened.accept(null, null);
            return;
        }
        int port = lowest + 2 * ThreadLocalRandom.current().nextInt(count);
        // Closed with its only socket.
        provider(relay, port, port).open(loop, owner, true, found -> {
            if (found.isEmpty()) {
                openEven(relay, tries - 1, owner, opened);
            } else {
                answer(relay, found, opened);
            }
        });
    }

    private static void answer(RelayAddress relay, List<OpenedPort> found, Opened opened) {
        if (found.isEmpty()) {
            opened.accept(null, null);
        } else {
            PacketPort port = found.get(0).port();
            opened.accept(
                    port, new InetSocketAddress(relay.external(), port.local().getPort()));
        }
    }

    void close() {
        ports.values().forEach(NettyPorts::close);
    }
}
