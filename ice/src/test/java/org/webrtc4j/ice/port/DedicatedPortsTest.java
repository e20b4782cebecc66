package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.PortProvider.AdvertisedAddress;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;
import org.webrtc4j.ice.port.RecordingOwner.Received;

@Timeout(30)
class DedicatedPortsTest {

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void twoPortsExchangePacketsWithTheirBatchEnds(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop loopA = loops.next();
            EventLoop loopB = loops.next();
            RecordingOwner a = new RecordingOwner();
            RecordingOwner b = new RecordingOwner();
            PacketPort portA = Sockets.open(ports, loopA, a).get(0).port();
            PacketPort portB = Sockets.open(ports, loopB, b).get(0).port();

            Sockets.send(portA, loopA, portB.local(), Sockets.text("one"), Sockets.text("two"));
            List<Received> atB = b.await(2);
            Sockets.send(portB, loopB, atB.get(0).from(), Sockets.text("back"));
            List<Received> atA = a.await(1);

            assertThat(atB).extracting(Received::text).containsExactly("one", "two");
            assertThat(atB).allSatisfy(r -> {
                assertThat(r.from()).isEqualTo(portA.local());
                assertThat(r.port()).isSameAs(portB);
            });
            assertThat(atA.get(0).text()).isEqualTo("back");
            assertThat(b.batches()).doesNotContain(0);
            assertThat(ports.stats().drops()).isEmpty();
            assertThat(ports.stats().packetsReceived()).isEqualTo(3);
            assertThat(ports.stats().packetsSent()).isEqualTo(3);
            assertThat(ports.stats().receiveBufferBytes()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void runsOfEqualSizeArriveWholeAndInOrder(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop loop = loops.next();
            RecordingOwner owner = new RecordingOwner();
            PacketPort from =
                    Sockets.open(ports, loop, new RecordingOwner()).get(0).port();
            PacketPort to = Sockets.open(ports, loop, owner).get(0).port();
            List<ByteBuffer> sent = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                // Runs longer than the kernel's limit, a short end, a growth, and single packets.
                int size = i == 70 ? 300 : i > 100 && i < 110 ? 100 + i : 1200;
                byte[] bytes = new byte[size];
                bytes[0] = (byte) i;
                bytes[size - 1] = (byte) ~i;
                sent.add(ByteBuffer.wrap(bytes));
            }

            Sockets.send(from, loop, to.local(), sent.toArray(ByteBuffer[]::new));

            assertThat(owner.await(sent.size())).extracting(Received::bytes).containsExactlyElementsOf(sent);
            if (transport == Transport.EPOLL) {
                assertThat(ports.stats().segmentedSends()).isGreaterThanOrEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void packetsOfTwoSocketsOnOneLoopDoNotMix(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop loop = loops.next();
            RecordingOwner ownerA = new RecordingOwner();
            RecordingOwner ownerB = new RecordingOwner();
            PacketPort a = Sockets.open(ports, loop, ownerA).get(0).port();
            PacketPort b = Sockets.open(ports, loop, ownerB).get(0).port();

            Sockets.on(loop, () -> {
                for (int i = 0; i < 10; i++) {
                    a.append(b.local(), Sockets.text("a" + i));
                    b.append(a.local(), Sockets.text("b" + i));
                }
                a.flush();
                b.flush();
                return null;
            });

            for (int i = 0; i < 10; i++) {
                assertThat(ownerB.await(10).get(i).text()).isEqualTo("a" + i);
                assertThat(ownerA.await(10).get(i).text()).isEqualTo("b" + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anUnreachablePortLosesThePacketAndNotTheSocket(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop loop = loops.next();
            RecordingOwner owner = new RecordingOwner();
            PacketPort from =
                    Sockets.open(ports, loop, new RecordingOwner()).get(0).port();
            PacketPort to = Sockets.open(ports, loop, owner).get(0).port();
            InetSocketAddress nobody;
            try (DatagramSocket closedSoon = new DatagramSocket(0, Sockets.LOOPBACK)) {
                nobody = new InetSocketAddress(Sockets.LOOPBACK, closedSoon.getLocalPort());
            }
            for (int i = 0; i < 3; i++) {
                Sockets.send(from, loop, nobody, Sockets.text("lost"));
            }
            Sockets.send(from, loop, new InetSocketAddress(Sockets.ip("::1"), 9), Sockets.text("family"));
            Sockets.send(from, loop, to.local(), Sockets.text("arrives"));

            assertThat(owner.await(1).get(0).text()).isEqualTo("arrives");
            assertThat(ports.stats().drops()).containsEntry("wrongAddressFamily", 1L);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aDatagramThatDoesNotFitIsDroppedAndCounted(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build();
                DatagramSocket stranger = new DatagramSocket(0, Sockets.LOOPBACK)) {
            RecordingOwner owner = new RecordingOwner();
            PacketPort port = Sockets.open(ports, loops.next(), owner).get(0).port();
            for (int size : new int[] {UdpSocket.MAX_DATAGRAM, 9000, 0, UdpSocket.MAX_DATAGRAM - 1}) {
                stranger.send(new java.net.DatagramPacket(new byte[size], size, port.local()));
            }

            assertThat(owner.await(1).get(0).bytes().remaining()).isEqualTo(UdpSocket.MAX_DATAGRAM - 1);
            assertThat(ports.stats().drops()).containsEntry("truncated", 2L);
        }
    }

    @Test
    void anOwnerThatThrowsLosesItsPacketAndStaysOpen() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop loop = loops.next();
            RecordingOwner recorder = new RecordingOwner();
            PacketPort from = Sockets.open(ports, loop, recorder).get(0).port();
            PortOwner thrower = new PortOwner() {
                @Override
                public void onPacket(PacketPort port, InetSocketAddress sender, ByteBuffer packet, long arrivalNanos) {
                    if (packet.get(0) == '!') {
                        throw new IllegalStateException("planted");
                    }
                    port.append(sender, Sockets.text("echo"));
                    port.flush();
                }

                @Override
                public void onBatchEnd(long nowNanos) {
                    throw new IllegalStateException("planted");
                }

                @Override
                public void onWritabilityChanged(PacketPort port, boolean writable) {}
            };
            PacketPort to = Sockets.open(ports, loop, thrower).get(0).port();

            Sockets.send(from, loop, to.local(), Sockets.text("!"), Sockets.text("?"));

            assertThat(recorder.await(1).get(0).text()).isEqualTo("echo");
            assertThat(ports.stats().drops().get("ownerFailed")).isGreaterThanOrEqualTo(2L);
        }
    }

    @Test
    void aClosedPortDeliversNothingAndRefusesPackets() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop loop = loops.next();
            RecordingOwner owner = new RecordingOwner();
            PacketPort port = Sockets.open(ports, loop, owner).get(0).port();
            InetSocketAddress local = port.local();

            boolean taken = Sockets.on(loop, () -> {
                port.close();
                port.close();
                return port.append(local, Sockets.text("late")) || port.isWritable();
            });

            assertThat(taken).isFalse();
            Sockets.awaitFree(local);
            assertThat(owner.count()).isZero();
        }
    }

    @Test
    void theLastPacketsBeforeACloseLeave() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop loop = loops.next();
            RecordingOwner owner = new RecordingOwner();
            PacketPort from =
                    Sockets.open(ports, loop, new RecordingOwner()).get(0).port();
            PacketPort to = Sockets.open(ports, loop, owner).get(0).port();

            Sockets.on(loop, () -> {
                from.append(to.local(), Sockets.text("bye"));
                from.close();
                return null;
            });

            assertThat(owner.await(1).get(0).text()).isEqualTo("bye");
        }
    }

    @Test
    void aRangeIsLentAndGivenBackAndItsExhaustionIsSaid() throws Exception {
        int first = freeRange();
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports = NettyPorts.builder(loops)
                        .bind(Sockets.LOOPBACK)
                        .dedicatedRange(first, first + 1)
                        .build()) {
            EventLoop loop = loops.next();
            RecordingOwner owner = new RecordingOwner();
            PacketPort one = Sockets.open(ports, loop, owner).get(0).port();
            PacketPort two = Sockets.open(ports, loop, owner).get(0).port();
            assertThat(List.of(one.local().getPort(), two.local().getPort())).containsExactly(first, first + 1);

            assertThat(Sockets.open(ports, loop, owner)).isEmpty();
            assertThat(ports.stats().problem().orElse(""))
                    .contains("range " + first + " to " + (first + 1))
                    .contains("in use");

            Sockets.on(loop, () -> {
                one.close();
                return null;
            });
            List<OpenedPort> again = List.of();
            while (again.isEmpty()) {
                again = Sockets.open(ports, loop, owner);
            }
            assertThat(again.get(0).port().local().getPort()).isEqualTo(first);
        }
    }

    @Test
    void aPortOfTheRangeThatAStrangerHoldsIsPassedOver() throws Exception {
        int first = freeRange();
        try (DatagramSocket stranger = new DatagramSocket(first, Sockets.LOOPBACK);
                NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports = NettyPorts.builder(loops)
                        .bind(Sockets.LOOPBACK)
                        .dedicatedRange(first, first + 1)
                        .build()) {
            EventLoop loop = loops.next();

            assertThat(Sockets.open(ports, loop, new RecordingOwner())
                            .get(0)
                            .port()
                            .local()
                            .getPort())
                    .isEqualTo(first + 1);
            assertThat(Sockets.open(ports, loop, new RecordingOwner())).isEmpty();
            assertThat(ports.stats().problem().orElse("")).contains("refused by the system");
            assertThat(stranger.isBound()).isTrue();
        }
    }

    @Test
    void withoutAnAddressTheReasonIsSaid() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports =
                        NettyPorts.builder(loops).interfaceFilter(nic -> false).build()) {
            assertThat(Sockets.open(ports, loops.next(), new RecordingOwner())).isEmpty();
            assertThat(ports.stats().problem().orElse("")).contains("refused by the interface filter");
        }
    }

    @Test
    void outerAddressesGoWithTheirPortsAndTheBoundOneCanBeHidden() throws Exception {
        int first = freeRange();
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports = NettyPorts.builder(loops)
                        .bind(Sockets.LOOPBACK)
                        .dedicatedRange(first, first + 1)
                        .advertise("203.0.113.5:40000", "game.example.com", "[2001:db8::1]:5")
                        .hideLocal(true)
                        .build()) {
            EventLoop loop = loops.next();
            OpenedPort one = Sockets.open(ports, loop, new RecordingOwner()).get(0);
            OpenedPort two = Sockets.open(ports, loop, new RecordingOwner()).get(0);

            assertThat(one.hideLocal()).isTrue();
            assertThat(one.localPreference()).isEqualTo(65_535);
            assertThat(one.advertised())
                    .containsExactly(
                            new AdvertisedAddress("203.0.113.5", 40_000),
                            new AdvertisedAddress("game.example.com", first));
            assertThat(two.advertised())
                    .containsExactly(
                            new AdvertisedAddress("203.0.113.5", 40_001),
                            new AdvertisedAddress("game.example.com", first + 1));
        }
    }

    @Test
    void contradictionsAreRefusedWhenBuilding() {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO)) {
            assertThatThrownBy(() -> NettyPorts.builder(loops).hideLocal(true).build())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() ->
                            NettyPorts.builder(loops).advertise("203.0.113.5:1").build())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> NettyPorts.builder(loops).bind(Sockets.ip("0.0.0.0")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> NettyPorts.builder(loops).dedicatedRange(10, 9))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLoopOfAnotherGroupIsRefused() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyEventLoops others = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports = NettyPorts.builder(loops).build()) {
            assertThatThrownBy(() -> Sockets.open(ports, others.next(), new RecordingOwner()))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closingTheProviderClosesItsSockets() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO)) {
            EventLoop loop = loops.next();
            NettyPorts ports = NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build();
            PacketPort port =
                    Sockets.open(ports, loop, new RecordingOwner()).get(0).port();
            InetSocketAddress local = port.local();

            ports.close();

            assertThat(Sockets.on(loop, port::isWritable)).isFalse();
            assertThat(Sockets.open(ports, loop, new RecordingOwner())).isEmpty();
            Sockets.awaitFree(local);
        }
    }

    /** Two neighbouring free ports of loopback. */
    static int freeRange() throws Exception {
        for (int port = 42_000; port < 60_000; port += 2) {
            try (DatagramSocket one = new DatagramSocket(port, Sockets.LOOPBACK);
                    DatagramSocket two = new DatagramSocket(port + 1, Sockets.LOOPBACK)) {
                return Math.min(one.getLocalPort(), two.getLocalPort());
            } catch (java.net.BindException taken) {
                // the next two
            }
        }
        throw new AssertionError("no two free ports");
    }
}
