package org.webrtc4j.ice.port;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/**
 * Sockets that many agents share: one per local address and loop on neighbouring ports, or one port for all loops. They are
 * bound once, when the provider is built.
 */
final class SharedPorts implements PortSource {

    private static final int BIND_TIMEOUT_SECONDS = 10;

    private final PortPresentation presentation;
    private final PortLog log;
    /** For each loop and local address, where the packets of an agent of that loop may arrive. */
    private final List<List<List<MuxSocket>>> routes;

    private volatile boolean closed;

    private SharedPorts(PortPresentation presentation, PortLog log, List<List<List<MuxSocket>>> routes) {
        this.presentation = presentation;
        this.log = log;
        this.routes = routes;
    }

    /**
     * What to bind.
     *
     * @param first the port of the first loop, or of all; 0 for any free one
     * @param perLoop true when each loop has the next port
     * @param strict true when every address must be bound, not just one
     * @param lent channels to use instead of sockets on these addresses
     * @param hook asked about unknown ufrags, or null
     */
    record Plan(
            NettyEventLoops loops,
            List<LocalAddress> addresses,
            int first,
            boolean perLoop,
            boolean strict,
            List<LentChannel> lent,
            @Nullable UnknownUfragHook hook) {}

    /** What the sockets of one provider have in common. */
    private record Common(HandOffs handOffs, Random random, PortLog log, AtomicInteger waitingForHook) {

        /**
         * Makes the demultiplexer of a socket.
         *
         * @param oneOfSeveral true when other loops have a socket on this address too
         * @param onlyOne true when agents of all loops share this socket: then a new agent may as well live on any
         */
        MuxSocket mux(Plan plan, NettyEventLoop loop, boolean oneOfSeveral, boolean onlyOne) {
            UfragDesk desk = plan.hook == null
                    ? null
                    : new UfragDesk(
                            loop, onlyOne ? plan.loops::next : () -> loop, plan.hook, loop.counters(), waitingForHook);
            return new MuxSocket(loop, handOffs, oneOfSeveral, random.nextInt(), desk);
        }
    }

    /**
     * Binds all sockets and waits for it; not to be called on a loop.
     *
     * @throws IllegalStateException when what was asked for cannot be bound
     */
    static SharedPorts bind(Plan plan, PortPresentation presentation, PortLog log, Random random) {
        List<NettyEventLoop> loops = plan.loops.nettyLoops();
        if (loops.stream().anyMatch(NettyEventLoop::inLoop)) {
            throw new IllegalStateException("shared ports are bound before loops are used, not on a loop");
        }
        Common common = new Common(new HandOffs(loops), random, log, new AtomicInteger());
        List<List<List<MuxSocket>>> routes = new ArrayList<>();
        loops.forEach(loop -> routes.add(new ArrayList<>()));
        SharedPorts ports = new SharedPorts(presentation, log, routes);
        if (!plan.lent.isEmpty()) {
            ports.use(plan, common);
            return ports;
        }
        List<String> problems = new ArrayList<>();
        for (LocalAddress address : plan.addresses) {
            List<MuxSocket> bound = new ArrayList<>();
            try {
                bindAddress(plan, address, common, bound);
                ports.route(plan, bound);
            } catch (IllegalStateException e) {
                close(bound);
                problems.add(e.getMessage());
                if (plan.strict) {
                    break;
                }
            }
        }
        if (!problems.isEmpty()) {
            String problem = "UDP ports cannot be bound: " + String.join("; ", problems);
            if (plan.strict || routes.get(0).isEmpty()) {
                ports.close();
                throw new IllegalStateException(problem);
            }
            log.missing(problem, false);
        }
        return ports;
    }

    private static void bindAddress(Plan plan, LocalAddress address, Common common, List<MuxSocket> bound) {
        List<NettyEventLoop> loops = plan.loops.nettyLoops();
        boolean reuse =
                !plan.perLoop && loops.size() > 1 && plan.loops.channels().canReusePort();
        if (reuse && plan.first != 0) {
            refuseIfTaken(new InetSocketAddress(address.address(), plan.first));
        }
        int port = plan.first;
        for (int i = 0; i < (plan.perLoop || reuse ? loops.size() : 1); i++) {
            NettyEventLoop loop = loops.get(i);
            MuxSocket mux = common.mux(plan, loop, reuse, !plan.perLoop && !reuse);
            CompletableFuture<UdpSocket> opened = new CompletableFuture<>();
            UdpSocket.Binding binding =
                    new UdpSocket.Binding(loop, address.address(), port, address.mtu(), true, reuse);
            loop.execute(() -> binding.open(
                    mux,
                    socket -> {
                        mux.attach(socket);
                        opened.complete(socket);
                    },
                    opened::completeExceptionally));
            UdpSocket socket = await(opened, new InetSocketAddress(address.address(), port));
            common.log.opened(socket);
            bound.add(mux);
            port = plan.perLoop ? port + 1 : socket.local().getPort();
        }
    }

    /** Channels of the caller: one on each address, shared by all loops. */
    private void use(Plan plan, Common common) {
        List<NettyEventLoop> readers =
                plan.lent.stream().map(each -> each.loop(plan.loops)).toList();
        try {
            for (int i = 0; i < readers.size(); i++) {
                NettyEventLoop loop = readers.get(i);
                LentChannel lent = plan.lent.get(i);
                MuxSocket mux = common.mux(plan, loop, false, true);
                CompletableFuture<UdpSocket> opened = new CompletableFuture<>();
                loop.execute(() -> lent.open(
                        loop,
                        mux,
                        socket -> {
                            mux.attach(socket);
                            opened.complete(socket);
                        },
                        opened::completeExceptionally));
                await(opened, lent.local());
                route(plan, List.of(mux));
            }
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** With SO_REUSEPORT a second server on the same port would silently take half of the packets. */
    private static void refuseIfTaken(InetSocketAddress address) {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.setReuseAddress(false);
            probe.bind(address);
        } catch (SocketException e) {
            throw cannotBind(address, e);
        }
    }

    private static UdpSocket await(CompletableFuture<UdpSocket> opened, InetSocketAddress address) {
        try {
            return opened.get(BIND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw cannotBind(address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw cannotBind(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotBind(address, e);
        }
    }

    private static IllegalStateException cannotBind(InetSocketAddress address, Throwable cause) {
        return new IllegalStateException(
                address.getAddress().getHostAddress() + " port " + address.getPort() + ": " + cause.getMessage(),
                cause);
    }

    /** With one port per loop an agent has its loop's socket; with one for all, every socket of the address. */
    private void route(Plan plan, List<MuxSocket> bound) {
        for (int i = 0; i < routes.size(); i++) {
            routes.get(i).add(plan.perLoop ? List.of(bound.get(i)) : List.copyOf(bound));
        }
    }

    @Override
    public void open(
            NettyEventLoop loop,
            PortOwner owner,
            boolean includeLoopback,
            Set<InetAddress> present,
            Consumer<List<OpenedPort>> opened) {
        if (closed) {
            log.missing("the ports have been closed", true);
            opened.accept(List.of());
            return;
        }
        List<MuxPort> ports = new ArrayList<>();
        for (List<MuxSocket> sockets : routes.get(loop.index())) {
            if (!present.contains(sockets.get(0).socket().local().getAddress())) {
                ports.add(new MuxPort(loop, owner, sockets));
            }
        }
        opened.accept(presentation.present(ports, present));
    }

    @Override
    public void close() {
        closed = true;
        for (List<List<MuxSocket>> addresses : routes) {
            addresses.forEach(SharedPorts::close);
        }
    }

    private static void close(List<MuxSocket> sockets) {
        for (MuxSocket socket : sockets) {
            socket.loop().post(socket::close);
        }
    }

    /** The sockets of one local address, for tests. */
    List<MuxSocket> sockets() {
        return routes.stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
