package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/** A socket of its own for each connection and address, on any free port or one of a range. */
final class DedicatedPorts implements PortSource {

    /** How many ports that strangers hold are tried before a range counts as exhausted. */
    private static final int MAX_FOREIGN_PORTS = 64;

    /** How long a closed port rests before it is lent again. */
    private static final int REST_MILLIS = 20;

    private final LocalAddresses addresses;
    private final PortPresentation presentation;
    private final PortLog log;
    private final @Nullable PortRange range;
    private final boolean alwaysLoopback;
    private final Set<DedicatedPort> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    DedicatedPorts(
            LocalAddresses addresses,
            PortPresentation presentation,
            PortLog log,
            @Nullable PortRange range,
            boolean alwaysLoopback) {
        this.addresses = addresses;
        this.presentation = presentation;
        this.log = log;
        this.range = range;
        this.alwaysLoopback = alwaysLoopback;
    }

    @Override
    public void open(
            NettyEventLoop loop,
            PortOwner owner,
            boolean includeLoopback,
            Set<InetAddress> present,
            Consumer<List<OpenedPort>> opened) {
        boolean loopback = includeLoopback || alwaysLoopback;
        List<LocalAddress> locals = addresses.list(loopback).stream()
                .filter(local -> !present.contains(local.address()))
                .toList();
        if (locals.isEmpty()) {
            if (present.isEmpty()) {
                log.noPort(addresses.explainEmpty(loopback));
            }
            opened.accept(List.of());
            return;
        }
        Opening opening = new Opening(loop, owner, locals.size(), present, opened);
        for (int i = 0; i < locals.size(); i++) {
            opening.bind(i, locals.get(i), new ArrayList<>());
        }
    }

    @Override
    public void close() {
        closed = true;
        for (DedicatedPort port : open) {
            port.socket().loop().post(port::close);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // of a task that cannot fail
    private void forget(DedicatedPort port) {
        open.remove(port);
        PortRange lender = range;
        if (lender != null) {
            InetSocketAddress local = port.local();
            Runnable giveBack = () -> lender.giveBack(local.getAddress(), local.getPort());
            try {
                // A closed NIO socket is bound until the loop's next select.
                port.socket().loop().netty().schedule(giveBack, REST_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                giveBack.run();
            }
        }
    }

    /** The sockets of one connection while they are bound, on its loop. */
    private final class Opening {

        private final NettyEventLoop loop;
        private final PortOwner owner;
        private final Set<InetAddress> present;
        private final Consumer<List<OpenedPort>> opened;
        private final @Nullable DedicatedPort[] bound;
        private @Nullable String problem;
        private int missing;

        Opening(
                NettyEventLoop loop,
                PortOwner owner,
                int count,
                Set<InetAddress> present,
                Consumer<List<OpenedPort>> opened) {
            this.loop = loop;
            this.owner = owner;
            this.present = present;
            this.opened = opened;
            bound = new DedicatedPort[count];
            missing = count;
        }

        /** Tries one port; refused ones stay lent until the end, so that each is tried once. */
        void bind(int index, LocalAddress local, List<Integer> refused) {
            int port = 0;
            if (range != null) {
                port = refused.size() < MAX_FOREIGN_PORTS ? range.take(local.address()) : -1;
                if (port < 0) {
                    giveBack(local, refused);
                    failed("every port of the range " + range + " is in use"
                            + (refused.isEmpty() ? " by connections" : " or refused by the system"));
                    return;
                }
            }
            int wanted = port;
            DedicatedPort packetPort = new DedicatedPort(owner, DedicatedPorts.this::forget);
            new UdpSocket.Binding(loop, local.address(), wanted, local.mtu(), false, false)
                    .open(
                            packetPort,
                            socket -> {
                                giveBack(local, refused);
                                packetPort.attach(socket);
                                bound[index] = packetPort;
                                open.add(packetPort);
                                log.opened(socket);
                                countDown();
                            },
                            cause -> {
                                if (range != null) {
                                    refused.add(wanted);
                                    bind(index, local, refused);
                                } else {
                                    failed("a socket cannot be bound: " + cause.getMessage());
                                }
                            });
        }

        private void giveBack(LocalAddress local, List<Integer> ports) {
            PortRange lender = range;
            if (lender != null) {
                ports.forEach(port -> lender.giveBack(local.address(), port));
            }
        }

        private void failed(String why) {
            problem = why;
            countDown();
        }

        private void countDown() {
            if (--missing > 0) {
                return;
            }
            List<DedicatedPort> ports = new ArrayList<>();
            for (DedicatedPort port : bound) {
                if (port != null) {
                    ports.add(port);
                }
            }
            if (closed) {
                ports.forEach(DedicatedPort::close);
                ports.clear();
                problem = "the ports have been closed";
            }
            if (problem != null) {
                log.missing(problem, ports.isEmpty());
            }
            opened.accept(presentation.present(ports, present));
        }
    }
}
