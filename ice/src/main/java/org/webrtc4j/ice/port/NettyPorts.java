package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;

/**
 * UDP and TCP ports on Netty's sockets.
 *
 * <p>Sockets are bound to single addresses, never to the wildcard: a machine with several addresses would answer from the
 * wrong one. Each asks for socket buffers of 4 MiB; {@link #stats()} says what was granted.
 */
public final class NettyPorts implements PortProvider {

    private final NettyEventLoops loops;
    private final PortSource source;
    private final TcpPorts tcp;
    private final ServerPorts servers;
    private final PortLog log;
    private final LocalAddresses addresses;
    private final AddressWatch watch;

    private NettyPorts(
            NettyEventLoops loops,
            PortSource source,
            TcpPorts tcp,
            ServerPorts servers,
            PortLog log,
            LocalAddresses addresses) {
        this.loops = loops;
        this.source = source;
        this.tcp = tcp;
        this.servers = servers;
        this.log = log;
        this.addresses = addresses;
        watch = new AddressWatch(addresses);
    }

    /**
     * Begins with one socket per connection and address, on any free port.
     *
     * @param loops the loops on which agents live
     * @return a builder
     */
    public static Builder builder(NettyEventLoops loops) {
        return new Builder(loops);
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
        NettyEventLoop checked = checked(loop);
        source.open(checked, owner, includeLoopback, present, udp -> {
            List<OpenedPort> ports = new ArrayList<>(udp);
            ports.addAll(tcp.open(checked, owner, includeLoopback, present));
            opened.accept(ports);
        });
    }

    /** Of addresses and channels given by the user this is taken for granted. */
    @Override
    public boolean isPresent(InetAddress local) {
        return addresses.has(local);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The interfaces are looked at every two seconds, on a thread that lives while somebody watches. Addresses given by
     * {@link Builder#bind} do not change; shared sockets are bound once, and go on where an address that was gone returns.
     */
    @Override
    public Runnable watch(EventLoop loop, Runnable changed) {
        return watch.watch(loop, changed);
    }

    private NettyEventLoop checked(EventLoop loop) {
        if (!(loop instanceof NettyEventLoop nettyLoop) || nettyLoop.group() != loops) {
            throw new IllegalArgumentException("the agent's loop is none of those that the ports were built with");
        }
        return nettyLoop;
    }

    @Override
    public List<InetAddress> localAddresses(boolean includeLoopback) {
        return servers.localAddresses(includeLoopback);
    }

    @Override
    public void connect(
            EventLoop loop,
            PortOwner owner,
            InetAddress local,
            RelayServer server,
            Consumer<@Nullable PacketPort> opened) {
        servers.connect(checked(loop), owner, local, server, opened);
    }

    /**
     * Returns the counters of all loops.
     *
     * @return a snapshot; counters of different kinds may be from slightly different moments
     */
    public PortStats stats() {
        Map<String, Long> drops = new TreeMap<>();
        for (PortCounter counter : PortCounter.values()) {
            if (counter.isDrop() && sum(counter) > 0) {
                drops.put(counter.text(), sum(counter));
            }
        }
        return new PortStats(
                sum(PortCounter.SOCKETS_OPENED),
                sum(PortCounter.PACKETS_RECEIVED),
                sum(PortCounter.BYTES_RECEIVED),
                sum(PortCounter.PACKETS_SENT),
                sum(PortCounter.BYTES_SENT),
                sum(PortCounter.SEGMENTED_SENDS),
                sum(PortCounter.HANDED_OFF),
                log.receiveBufferBytes(),
                log.sendBufferBytes(),
                drops,
                Optional.ofNullable(log.problem()));
    }

    private long sum(PortCounter counter) {
        long sum = 0;
        for (NettyEventLoop loop : loops.nettyLoops()) {
            sum += loop.counters().get(counter);
        }
        return sum;
    }

    @Override
    public void close() {
        watch.close();
        source.close();
        tcp.close();
        servers.close();
    }

    /**
     * Returns where TCP connections are accepted.
     *
     * @return one address per local address; none without {@link Builder#tcp}
     */
    public List<InetSocketAddress> tcpAddresses() {
        return tcp.listening();
    }

    /** The sockets of shared ports, for tests. */
    List<MuxSocket> sharedSockets() {
        return source instanceof SharedPorts shared ? shared.sockets() : List.of();
    }

    /** What ports there shall be. Not thread-safe. */
    public static final class Builder {

        private final NettyEventLoops loops;
        private final List<InetAddress> bind = new ArrayList<>();
        private final List<Advertisement> advertisements = new ArrayList<>();
        private Predicate<NetworkInterface> interfaceFilter = nic -> true;
        private Predicate<InetAddress> addressFilter = address -> true;
        private boolean includeLoopback;
        private boolean includeLinkLocal;
        private boolean hideLocal;
        private Mode mode = Mode.DEDICATED;
        private @Nullable PortRange range;
        private List<LentChannel> lent = List.of();
        private @Nullable SSLContext tls;
        private @Nullable UnknownUfragHook hook;
        private int tcpPort = -1;
        private boolean activeTcp;
        private int maxUnclaimed = UnclaimedConnections.MAX_CONNECTIONS;
        private long unclaimedNanos = UnclaimedConnections.TIMEOUT_NANOS;

        private enum Mode {
            DEDICATED,
            SHARED,
            SHARED_PER_LOOP
        }

        private Builder(NettyEventLoops loops) {
            this.loops = Objects.requireNonNull(loops, "loops");
        }

        /**
         * One socket per connection and address, on any free port: the default.
         *
         * @return this
         */
        public Builder dedicated() {
            return mode(Mode.DEDICATED, null);
        }

        /**
         * One socket per connection and address, on a port of a range that a firewall lets through. When all are in use
         * a connection gets no port, and {@link PortStats#problem} says so.
         *
         * @param first the first port, at least 1
         * @param last the last port, at most 65535
         * @return this
         */
        public Builder dedicatedRange(int first, int last) {
            return mode(Mode.DEDICATED, new PortRange(first, last));
        }

        /**
         * One port for all connections of all loops. With several loops there is one socket per loop where the system
         * can share a port among sockets (epoll), else one socket in all; either way a packet that arrives on another
         * loop than its connection's is copied into a bounded queue of that loop, which costs a hop and is counted in
         * {@link PortStats#handedOff}. {@link #sharedPerLoop} avoids it.
         *
         * <p>The sockets are bound by {@link #build()}. Loopback addresses are among them only with {@link
         * #includeLoopback} or {@link #bind}, whatever a connection asks for.
         *
         * @param port the port, or 0 for any free one
         * @return this
         */
        public Builder shared(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            return mode(Mode.SHARED, port == 0 ? null : new PortRange(port, port));
        }

        /**
         * One port for all connections of all loops, on sockets that the caller owns and shares with another protocol.
         * They stand for themselves: {@link #bind}, the filters and the options of addresses have no effect on them. Each is
         * read by one loop, and packets of connections on other loops cost a hop as with {@link #shared(int)}.
         *
         * @param channels one for each local address, the preferred first
         * @return this
         */
        public Builder shared(LentChannel... channels) {
            if (channels.length == 0) {
                throw new IllegalArgumentException("no channel");
            }
            int port = channels[0].local().getPort();
            mode(Mode.SHARED, new PortRange(port, port));
            lent = List.of(channels);
            return this;
        }

        /**
         * One port per loop for all connections of that loop: no packet changes loops. The first loop has the first
         * port. Sockets are bound by {@link #build()}, and loopback is treated as by {@link #shared(int)}.
         *
         * @param first the first port, at least 1
         * @param last the last port; there must be as many ports as loops
         * @return this
         */
        public Builder sharedPerLoop(int first, int last) {
            return mode(Mode.SHARED_PER_LOOP, new PortRange(first, last));
        }

        /**
         * Accepts TCP connections of all agents on one port (RFC 6544 passive candidates), for peers whose network lets no
         * datagrams through. Addresses, {@link #advertise} and {@link #hideLocal} are those of the UDP ports; an outer port
         * that is advertised is taken to lead to this port by TCP, too.
         *
         * <p>A connection that does not begin with a check for an agent here is closed; so is one that has not begun after
         * ten seconds, or the oldest of those when there are more than 512.
         * {@link #onUnknownUfrag} is not asked about them.
         *
         * @param port the port, or 0 for any free one
         * @return this
         */
        public Builder tcp(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            tcpPort = port;
            return this;
        }

        /**
         * Connects to what a peer listens on by TCP (RFC 6544 active candidates), as browsers do. A peer chooses these
         * addresses; the agent's filter holds for them.
         *
         * @param connect true to connect; default false
         * @return this
         */
        public Builder activeTcp(boolean connect) {
            activeTcp = connect;
            return this;
        }

        /** How many connections may be nobody's, and for how long, for tests. */
        Builder unclaimed(int limit, long timeoutNanos) {
            maxUnclaimed = limit;
            unclaimedNanos = timeoutNanos;
            return this;
        }

        private Builder mode(Mode newMode, @Nullable PortRange newRange) {
            lent = List.of();
            mode = newMode;
            range = newRange;
            return this;
        }

        /**
         * Uses these addresses instead of those of the machine's interfaces. The filters and the options for loopback
         * and link-local addresses have no effect on them.
         *
         * @param addresses addresses of this machine, the preferred first; not the wildcard
         * @return this
         */
        public Builder bind(InetAddress... addresses) {
            for (InetAddress address : addresses) {
                if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
                    throw new IllegalArgumentException(
                            "a port is bound to one address of this machine, never to " + address.getHostAddress());
                }
                bind.add(LocalAddresses.withoutScope(address));
            }
            return this;
        }

        /**
         * Signals an address under which a port can be reached from outside: behind 1:1 NAT, or when a container's port
         * is forwarded. An IP literal goes with the most preferred port of its family, a name with the most preferred
         * IPv4 port, or IPv6 when there is none. An outer port needs inner ports that are known beforehand: with a range,
         * the first inner port is reached at the outer port given, the next at the next.
         *
         * @param hosts IP literals or names, with {@code :port} or without; IPv6 with a port in brackets
         * @return this
         */
        public Builder advertise(String... hosts) {
            for (String host : hosts) {
                advertisements.add(Advertisement.parse(null, host));
            }
            return this;
        }

        /**
         * Signals an outer address for the port on one local address.
         *
         * @param local the address that the port is bound to
         * @param host as for {@link #advertise(String...)}
         * @return this
         */
        public Builder advertise(InetAddress local, String host) {
            advertisements.add(Advertisement.parse(LocalAddresses.withoutScope(local), host));
            return this;
        }

        /**
         * Keeps the bound addresses out of what is signalled; needs an advertised address.
         *
         * @param hide true to signal advertised addresses only
         * @return this
         */
        public Builder hideLocal(boolean hide) {
            hideLocal = hide;
            return this;
        }

        /**
         * Chooses the network interfaces whose addresses are used.
         *
         * @param filter true for an interface to use; called from any thread
         * @return this
         */
        public Builder interfaceFilter(Predicate<NetworkInterface> filter) {
            interfaceFilter = Objects.requireNonNull(filter, "filter");
            return this;
        }

        /**
         * Chooses the addresses that are used.
         *
         * @param filter true for an address to use; called from any thread
         * @return this
         */
        public Builder addressFilter(Predicate<InetAddress> filter) {
            addressFilter = Objects.requireNonNull(filter, "filter");
            return this;
        }

        /**
         * Uses loopback addresses too, for every connection.
         *
         * @param include true to use them; by default only connections that ask for them have them
         * @return this
         */
        public Builder includeLoopback(boolean include) {
            includeLoopback = include;
            return this;
        }

        /**
         * Uses link-local addresses (RFC 3927, RFC 4291) too.
         *
         * @param include true to use them
         * @return this
         */
        public Builder includeLinkLocal(boolean include) {
            includeLinkLocal = include;
            return this;
        }

        /**
         * Decides which certificates TURN servers reached over TLS may have.
         *
         * @param context trusts them; by default the one of the Java in use does
         * @return this
         */
        public Builder tls(SSLContext context) {
            tls = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Sets who is asked about checks with a ufrag that no agent of a shared port has. By default they are dropped,
         * counted, and leave nothing behind.
         *
         * @param asked the hook
         * @return this
         */
        public Builder onUnknownUfrag(UnknownUfragHook asked) {
            hook = Objects.requireNonNull(asked, "asked");
            return this;
        }

        /**
         * Makes the provider; binds the sockets of shared ports, and waits for it.
         *
         * @return a provider for agents on the loops given
         * @throws IllegalArgumentException when the settings contradict each other
         * @throws IllegalStateException when a shared port cannot be bound, or the caller is on a loop
         */
        public NettyPorts build() {
            if (hideLocal && advertisements.isEmpty()) {
                throw new IllegalArgumentException("hideLocal without advertise leaves nothing to signal");
            }
            if ((range == null || tcpPort == 0) && advertisements.stream().anyMatch(outer -> outer.port() != 0)) {
                throw new IllegalArgumentException(
                        "an outer port cannot be advertised for ports that are not known beforehand");
            }
            if (hook != null && mode == Mode.DEDICATED) {
                throw new IllegalArgumentException("onUnknownUfrag needs a shared port: others belong to one agent");
            }
            PortLog log = new PortLog();
            LocalAddresses addresses = new LocalAddresses(bind, interfaceFilter, addressFilter, includeLinkLocal);
            PortPresentation presentation =
                    new PortPresentation(List.copyOf(advertisements), hideLocal, range == null ? 0 : range.first());
            PortSource source = mode == Mode.DEDICATED
                    ? new DedicatedPorts(addresses, presentation, log, range, includeLoopback)
                    : SharedPorts.bind(plan(addresses), presentation, log, new SecureRandom());
            TcpPorts tcp;
            try {
                tcp = tcp(addresses);
            } catch (RuntimeException unbound) {
                source.close();
                throw unbound;
            }
            LocalAddresses followed = lent.isEmpty() ? addresses : LocalAddresses.of(lent);
            return new NettyPorts(loops, source, tcp, new ServerPorts(addresses, includeLoopback, tls), log, followed);
        }

        private TcpPorts tcp(LocalAddresses addresses) {
            PortPresentation presentation =
                    new PortPresentation(List.copyOf(advertisements), hideLocal, Math.max(tcpPort, 0));
            TcpPorts tcp = new TcpPorts(addresses, presentation, activeTcp, includeLoopback);
            if (tcpPort >= 0) {
                NettyEventLoop loop = loops.nettyLoops().get(0);
                tcp.listen(
                        loops, tcpPort, !bind.isEmpty(), new UnclaimedConnections(loop, maxUnclaimed, unclaimedNanos));
            }
            return tcp;
        }

        private SharedPorts.Plan plan(LocalAddresses addresses) {
            int loopCount = loops.nettyLoops().size();
            boolean perLoop = mode == Mode.SHARED_PER_LOOP;
            if (perLoop && range != null && range.size() < loopCount) {
                throw new IllegalArgumentException(
                        loopCount + " loops need a port each, and " + range + " are only " + range.size());
            }
            List<LocalAddress> locals = addresses.list(includeLoopback);
            if (locals.isEmpty() && lent.isEmpty()) {
                throw new IllegalStateException(addresses.explainEmpty(includeLoopback));
            }
            return new SharedPorts.Plan(
                    loops, locals, range == null ? 0 : range.first(), perLoop, !bind.isEmpty(), lent, hook);
        }
    }
}
