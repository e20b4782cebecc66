package org.webrtc4j.turnserver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnServerOptions;
import org.webrtc4j.turnserver.engine.TurnServerStats;

/**
 * A running STUN and TURN server. It lives on one event loop; several servers on several ports share the work of a machine.
 *
 * <p>Thread-safe.
 */
public final class TurnServer implements AutoCloseable {

    private static final int START_SECONDS = 10;

    private final EventLoop loop;
    private final TurnFront front;
    private final List<InetSocketAddress> udp;
    private final List<InetSocketAddress> tcp;
    private final List<InetSocketAddress> tls;

    private TurnServer(
            EventLoop loop,
            TurnFront front,
            List<InetSocketAddress> udp,
            List<InetSocketAddress> tcp,
            List<InetSocketAddress> tls) {
        this.loop = loop;
        this.front = front;
        this.udp = List.copyOf(udp);
        this.tcp = List.copyOf(tcp);
        this.tls = List.copyOf(tls);
    }

    /**
     * Begins with a server that listens nowhere.
     *
     * @param loops where it shall run; stays the caller's
     * @param realm named to clients
     * @param credentials who may use it
     * @return a builder
     */
    public static Builder builder(NettyEventLoops loops, String realm, TurnCredentials credentials) {
        return new Builder(loops, realm, credentials);
    }

    /**
     * Returns where it listens for datagrams.
     *
     * @return the bound addresses
     */
    public List<InetSocketAddress> udpAddresses() {
        return udp;
    }

    /**
     * Returns where it listens for TCP connections.
     *
     * @return the bound addresses
     */
    public List<InetSocketAddress> tcpAddresses() {
        return tcp;
    }

    /**
     * Returns where it listens for TLS connections.
     *
     * @return the bound addresses
     */
    public List<InetSocketAddress> tlsAddresses() {
        return tls;
    }

    /**
     * Returns what it has done so far.
     *
     * @return completed on the server's loop
     */
    public CompletableFuture<TurnServerStats> stats() {
        return CompletableFuture.supplyAsync(front::stats, loop);
    }

    /** Ends every allocation and closes every socket, soon. */
    @Override
    public void close() {
        loop.execute(front::close);
    }

    /** What the server shall be like. Not thread-safe. */
    public static final class Builder {

        private final NettyEventLoops loops;
        private final List<InetSocketAddress> udp = new ArrayList<>();
        private final List<InetSocketAddress> tcp = new ArrayList<>();
        private final List<InetSocketAddress> tls = new ArrayList<>();
        private final List<RelayAddress> relays = new ArrayList<>();
        private TurnServerOptions options;
        private @Nullable SSLContext tlsContext;
        private int firstRelayPort = 49_152;
        private int lastRelayPort = 65_535;
        private int connections = 10_000;
        private Duration idle = Duration.ofMinutes(1);

        private Builder(NettyEventLoops loops, String realm, TurnCredentials credentials) {
            this.loops = Objects.requireNonNull(loops, "loops");
            options = TurnServerOptions.of(realm, credentials);
        }

        /**
         * Listens for datagrams.
         *
         * @param address an address of this machine, not the wildcard; port 0 for a free one
         * @return this
         */
        public Builder udp(InetSocketAddress address) {
            udp.add(checked(address));
            return this;
        }

        /**
         * Listens for TCP connections.
         *
         * @param address an address of this machine, not the wildcard; port 0 for a free one
         * @return this
         */
        public Builder tcp(InetSocketAddress address) {
            tcp.add(checked(address));
            return this;
        }

        /**
         * Listens for TLS connections.
         *
         * @param address an address of this machine, not the wildcard; port 0 for a free one
         * @param context has the server's key and certificate; the same for all listeners
         * @return this
         */
        public Builder tls(InetSocketAddress address, SSLContext context) {
            tls.add(checked(address));
            tlsContext = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Relays from an address of this machine. One of each family can be given; without any it is the address of the
         * first listener.
         *
         * @param local the address that relay sockets are bound to
         * @return this
         */
        public Builder relay(InetAddress local) {
            return relay(local, local);
        }

        /**
         * Relays from an address of this machine that peers see as another one: behind 1:1 NAT, which keeps ports.
         *
         * @param local the address that relay sockets are bound to
         * @param external the address told to clients
         * @return this
         */
        public Builder relay(InetAddress local, InetAddress external) {
            if (local.isAnyLocalAddress() || local.getClass() != external.getClass()) {
                throw new IllegalArgumentException(
                        "a relayed address is one of this machine, as is the other's family");
            }
            relays.add(new RelayAddress(local, external));
            return this;
        }

        /**
         * Limits the ports of relayed addresses: 49152 to 65535 by default.
         *
         * @param first the first port, at least 1
         * @param last the last port, at most 65535
         * @return this
         */
        public Builder relayPorts(int first, int last) {
            if (first < 1 || last > 65_535 || first > last) {
                throw new IllegalArgumentException("not a range of ports: " + first + " to " + last);
            }
            firstRelayPort = first;
            lastRelayPort = last;
            return this;
        }

        /**
         * Limits how many TCP and TLS connections there are: 10,000 by default. Further ones are closed at once.
         *
         * @param limit at least 1
         * @return this
         */
        public Builder connections(int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("limits must be positive");
            }
            connections = limit;
            return this;
        }

        /**
         * Limits how long a TCP or TLS connection may be silent that has no allocation: a minute by default. It is closed
         * then, at the latest after half as long again.
         *
         * @param limit a positive duration
         * @return this
         */
        public Builder idle(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("limits must be positive");
            }
            idle = limit;
            return this;
        }

        /**
         * Changes what else the server is like: peers, limits, lifetimes. Which families it has follows from the relayed
         * addresses.
         *
         * @param change makes the options from the defaults
         * @return this
         */
        public Builder options(UnaryOperator<TurnServerOptions> change) {
            options = change.apply(options);
            return this;
        }

        private static InetSocketAddress checked(InetSocketAddress address) {
            if (address.isUnresolved() || address.getAddress().isAnyLocalAddress()) {
                throw new IllegalArgumentException(
                        "a server listens at one address of this machine, else it would answer from a wrong one");
            }
            return address;
        }

        /**
         * Binds the sockets and begins to serve; waits for it.
         *
         * @return the server
         * @throws IllegalArgumentException when it would listen nowhere
         * @throws IllegalStateException when an address cannot be bound, or the caller is on a loop
         */
        public TurnServer start() {
            List<InetSocketAddress> all = new ArrayList<>(udp);
            all.addAll(tcp);
            all.addAll(tls);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("a server that listens nowhere serves nobody");
            }
            if (loops.loops().stream().anyMatch(EventLoop::inLoop)) {
                throw new IllegalStateException("waiting for a loop on a loop would never end");
            }
            if (relays.isEmpty()) {
                relay(all.get(0).getAddress());
            }
            EventLoop loop = loops.next();
            RelaySockets sockets = new RelaySockets(loops, loop, relays, firstRelayPort, lastRelayPort);
            TurnFront front = new TurnFront(
                    loops,
                    loop,
                    options.withFamilies(sockets.hasIpv4(), sockets.hasIpv6()),
                    new SecureRandom(),
                    sockets,
                    connections,
                    idle.toNanos());
            try {
                return new TurnServer(
                        loop,
                        front,
                        bind(udp, front::listenUdp),
                        bind(tcp, address -> front.listenTcp(address, null)),
                        bind(tls, address -> front.listenTcp(address, tlsContext)));
            } catch (IllegalStateException failed) {
                loop.execute(front::close);
                throw failed;
            }
        }

        private static List<InetSocketAddress> bind(
                List<InetSocketAddress> wanted,
                Function<InetSocketAddress, CompletableFuture<InetSocketAddress>> listen) {
            List<InetSocketAddress> bound = new ArrayList<>();
            for (InetSocketAddress address : wanted) {
                try {
                    bound.add(listen.apply(address).get(START_SECONDS, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while binding " + address, e);
                } catch (ExecutionException | TimeoutException e) {
                    throw new IllegalStateException("cannot listen at " + address, e);
                }
            }
            return bound;
        }
    }
}
