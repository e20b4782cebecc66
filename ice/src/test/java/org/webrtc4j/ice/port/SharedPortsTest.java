package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.PortProvider.AdvertisedAddress;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;
import org.webrtc4j.ice.port.RecordingOwner.Received;

@Timeout(60)
class SharedPortsTest {

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    /** An agent of a test with its port. */
    private record Agent(EventLoop loop, RecordingOwner owner, PacketPort port) {

        static Agent on(EventLoop loop, NettyPorts ports, String ufrag) throws Exception {
            RecordingOwner owner = new RecordingOwner();
            PacketPort port = Sockets.open(ports, loop, owner).get(0).port();
            Agent agent = new Agent(loop, owner, port);
            agent.run(() -> port.bindUfrag(ufrag));
            return agent;
        }

        void run(Runnable task) throws Exception {
            Sockets.on(loop, () -> {
                task.run();
                return null;
            });
        }

        void send(InetSocketAddress to, ByteBuffer... packets) throws Exception {
            Sockets.send(port, loop, to, packets);
        }

        Received last(int count) throws Exception {
            return owner.await(count).get(count - 1);
        }
    }

    /** A remote peer with a plain socket. */
    private static final class Stranger implements AutoCloseable {

        private final DatagramSocket socket;

        Stranger() throws Exception {
            socket = new DatagramSocket(0, Sockets.LOOPBACK);
            socket.setSoTimeout(10_000);
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        void send(InetSocketAddress to, ByteBuffer packet) throws Exception {
            socket.send(new DatagramPacket(packet.array(), packet.arrayOffset(), packet.remaining(), to));
        }

        String receive() throws Exception {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static NettyPorts shared(NettyEventLoops loops) {
        return NettyPorts.builder(loops).bind(Sockets.LOOPBACK).shared(0).build();
    }

    /** Lets the sockets' loops run what was posted to them. */
    private static void settle(NettyEventLoops loops) throws Exception {
        for (int round = 0; round < 2; round++) {
            for (EventLoop loop : loops.loops()) {
                Sockets.on(loop, () -> "");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void requestsGoByUfragAndEverythingElseByVerifiedAddress(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports = shared(loops);
                Stranger peer = new Stranger()) {
            Agent a = Agent.on(loops.next(), ports, "aaaa");
            Agent b = Agent.on(loops.next(), ports, "bbbb");
            InetSocketAddress local = a.port().local();
            assertThat(b.port().local()).isEqualTo(local);

            peer.send(local, StunSamples.request(1, "bbbb:peer"));
            assertThat(b.last(1).from()).isEqualTo(peer.address());
            peer.send(local, Sockets.text("too early"));
            peer.send(local, StunSamples.request(2, "bbbb:peer"));
            b.last(2);
            b.run(() -> b.port().bindRemote(peer.address()));
            peer.send(local, Sockets.text("media"));
            assertThat(b.last(3).text()).isEqualTo("media");
            peer.send(local, StunSamples.indication(3));
            b.last(4);

            // The same address with another username: the username decides.
            peer.send(local, StunSamples.request(4, "aaaa:peer"));
            a.last(1);
            b.send(peer.address(), Sockets.text("answer"));

            assertThat(peer.receive()).isEqualTo("answer");
            assertThat(a.owner().count()).isEqualTo(1);
            assertThat(b.owner().count()).isEqualTo(4);
            assertThat(ports.stats().drops()).containsOnlyKeys("unknownRemote");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anAddressVerifiedForAnotherAgentIsTakenOverAndNotTornDownByTheFirst(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports = shared(loops);
                Stranger peer = new Stranger()) {
            Agent old = Agent.on(loops.next(), ports, "old1");
            Agent fresh = Agent.on(loops.next(), ports, "new1");
            old.run(() -> old.port().bindRemote(peer.address()));
            peer.send(old.port().local(), Sockets.text("to old"));
            assertThat(old.last(1).text()).isEqualTo("to old");

            fresh.run(() -> fresh.port().bindRemote(peer.address()));
            old.run(() -> {
                old.port().unbindRemote(peer.address());
                old.port().close();
            });
            peer.send(old.port().local(), Sockets.text("to new"));

            assertThat(fresh.last(1).text()).isEqualTo("to new");
            assertThat(old.owner().count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void answersFindTheirAskerThoughTwoAskOneAddress(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                NettyPorts ports = shared(loops);
                Stranger peer = new Stranger()) {
            Agent a = Agent.on(loops.next(), ports, "aaaa");
            Agent b = Agent.on(loops.next(), ports, "bbbb");
            a.send(peer.address(), StunSamples.request(11, "x:y"));
            peer.receive();
            b.send(peer.address(), StunSamples.request(22, "x:y"));
            peer.receive();
            settle(loops);

            peer.send(a.port().local(), StunSamples.response(22));
            peer.send(a.port().local(), StunSamples.response(33));
            peer.send(a.port().local(), StunSamples.response(11));

            assertThat(StunPeek.transaction(a.last(1).bytes())).isEqualTo(11);
            assertThat(StunPeek.transaction(b.last(1).bytes())).isEqualTo(22);

            // Once the address belongs to an agent, its answers need no memory of the request.
            b.run(() -> b.port().bindRemote(peer.address()));
            settle(loops);
            peer.send(a.port().local(), StunSamples.response(44));
            assertThat(StunPeek.transaction(b.last(2).bytes())).isEqualTo(44);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void strangersLeaveNothingBehind(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports = shared(loops);
                Stranger peer = new Stranger()) {
            Agent agent = Agent.on(loops.next(), ports, "aaaa");
            InetSocketAddress local = agent.port().local();
            for (int i = 0; i < 200; i++) {
                peer.send(local, StunSamples.request(i, "u" + i + ":aaaa"));
                peer.send(local, StunSamples.response(i));
                peer.send(local, StunSamples.indication(i));
            }
            peer.send(local, ByteBuffer.wrap(new byte[] {0, 1, 0, 0}));
            peer.send(local, StunSamples.request(1, "aaaa"));
            peer.send(local, StunSamples.request(1, ":aaaa"));
            peer.send(local, StunSamples.request(1, "aaaa:peer"));
            agent.last(1);

            assertThat(ports.stats().drops())
                    .containsEntry("unknownUfrag", 202L)
                    .containsEntry("unknownTransaction", 200L)
                    .containsEntry("unknownRemote", 200L)
                    .containsEntry("malformedStun", 1L);
            for (MuxSocket socket : ports.sharedSockets()) {
                assertThat(socket.ufrags().size()).isEqualTo(1);
                assertThat(socket.remotes().size()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void agentsOfTwoLoopsShareOnePortAndPacketsChangeLoops(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                NettyPorts ports = shared(loops)) {
            List<Agent> agents = new ArrayList<>();
            List<Stranger> peers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Agent agent = Agent.on(loops.next(), ports, "agent" + i);
                Stranger peer = new Stranger();
                agents.add(agent);
                peers.add(peer);
            }
            settle(loops);
            InetSocketAddress local = agents.get(0).port().local();
            for (int i = 0; i < 16; i++) {
                assertThat(agents.get(i).port().local()).isEqualTo(local);
                peers.get(i).send(local, StunSamples.request(i, "agent" + i + ":peer"));
            }
            for (int i = 0; i < 16; i++) {
                Agent agent = agents.get(i);
                InetSocketAddress peer = agent.last(1).from();
                agent.run(() -> agent.port().bindRemote(peer));
            }
            settle(loops);
            for (int i = 0; i < 16; i++) {
                peers.get(i).send(local, Sockets.text("to " + i));
            }
            for (int i = 0; i < 16; i++) {
                Agent agent = agents.get(i);
                assertThat(agent.last(2).text()).isEqualTo("to " + i);
                assertThat(agent.owner().batches()).doesNotContain(0);
                agent.send(agent.last(2).from(), Sockets.text("one"), Sockets.text("two"));
                assertThat(peers.get(i).receive()).isEqualTo("one");
                assertThat(peers.get(i).receive()).isEqualTo("two");
            }

            assertThat(ports.stats().handedOff()).isPositive();
            assertThat(ports.stats().drops()).isEmpty();
            assertThat(ports.sharedSockets()).hasSize(transport == Transport.EPOLL ? 2 : 1);
            peers.forEach(Stranger::close);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void withOnePortPerLoopNothingChangesLoops(Transport transport) throws Exception {
        int first = DedicatedPortsTest.freeRange();
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                NettyPorts ports = NettyPorts.builder(loops)
                        .bind(Sockets.LOOPBACK)
                        .sharedPerLoop(first, first + 1)
                        .advertise("203.0.113.5:40000")
                        .build();
                Stranger peer = new Stranger()) {
            Agent one = Agent.on(loops.loops().get(0), ports, "one1");
            Agent two = Agent.on(loops.loops().get(1), ports, "two2");
            assertThat(one.port().local().getPort()).isEqualTo(first);
            assertThat(two.port().local().getPort()).isEqualTo(first + 1);
            assertThat(Sockets.open(ports, two.loop(), two.owner()).get(0).advertised())
                    .containsExactly(new AdvertisedAddress("203.0.113.5", 40_001));

            peer.send(two.port().local(), StunSamples.request(1, "two2:peer"));
            two.last(1);
            peer.send(two.port().local(), StunSamples.request(1, "one1:peer"));
            // A socket keeps the order: once this one is there, the misdirected one before it has been looked at.
            peer.send(two.port().local(), StunSamples.request(2, "two2:peer"));
            two.last(2);
            peer.send(one.port().local(), StunSamples.request(1, "one1:peer"));
            one.last(1);

            settle(loops);
            assertThat(ports.stats().handedOff()).isZero();
            assertThat(ports.stats().drops()).containsOnlyKeys("unknownUfrag");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aPortInUseAndTooFewPortsAreSaidWhenBuilding(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                Stranger holder = new Stranger()) {
            int taken = holder.address().getPort();
            assertThatThrownBy(() -> NettyPorts.builder(loops)
                            .bind(Sockets.LOOPBACK)
                            .shared(taken)
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1 port " + taken);
            assertThatThrownBy(() ->
                            NettyPorts.builder(loops).sharedPerLoop(5000, 5000).build())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Sockets.on(loops.next(), () -> shared(loops)))
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> NettyPorts.builder(loops)
                            .addressFilter(address -> false)
                            .shared(0)
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("address filter");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aSecondProviderCannotTakePartOfTheTrafficOfAPort(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                NettyPorts first = shared(loops)) {
            int port = Sockets.open(first, loops.next(), new RecordingOwner())
                    .get(0)
                    .port()
                    .local()
                    .getPort();
            assertThatThrownBy(() -> NettyPorts.builder(loops)
                            .bind(Sockets.LOOPBACK)
                            .shared(port)
                            .build())
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aUfragOfAnotherAgentIsRefusedAndCounted() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports = shared(loops);
                Stranger peer = new Stranger()) {
            Agent first = Agent.on(loops.next(), ports, "same");
            Agent second = Agent.on(loops.next(), ports, "same");
            second.run(second.port()::close);
            peer.send(first.port().local(), StunSamples.request(1, "same:peer"));

            first.last(1);
            assertThat(ports.stats().drops()).containsOnlyKeys("refusedUfrag");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void ipv6AndIpv4HaveASocketEachOnOnePort(Transport transport) throws Exception {
        InetAddress ipv6 = Sockets.ip("::1");
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.bind(new InetSocketAddress(ipv6, 0));
        } catch (SocketException e) {
            abort("NO IPV6 ON LOOPBACK HERE, skipped: " + e);
        }
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports = NettyPorts.builder(loops)
                        .bind(ipv6, Sockets.LOOPBACK)
                        .shared(0)
                        .build();
                NettyPorts peers = NettyPorts.builder(loops).bind(ipv6).build()) {
            RecordingOwner owner = new RecordingOwner();
            List<OpenedPort> opened = Sockets.open(ports, loops.next(), owner);
            assertThat(opened)
                    .extracting(port -> port.port().local().getAddress())
                    .containsExactly(ipv6, Sockets.LOOPBACK);
            assertThat(opened).extracting(OpenedPort::localPreference).containsExactly(65_535, 65_534);
            PacketPort port = opened.get(0).port();
            RecordingOwner peerOwner = new RecordingOwner();
            PacketPort peer =
                    Sockets.open(peers, loops.next(), peerOwner).get(0).port();
            Sockets.on(loops.next(), () -> {
                port.bindRemote(peer.local());
                return null;
            });

            ByteBuffer[] packets = new ByteBuffer[100];
            for (int i = 0; i < packets.length; i++) {
                packets[i] = ByteBuffer.allocate(1000).put(0, (byte) (100 + i));
            }
            Sockets.send(peer, loops.next(), port.local(), packets);
            assertThat(owner.await(100)).extracting(Received::bytes).containsExactly(packets);
            assertThat(owner.await(100).get(99).from()).isEqualTo(peer.local());
            Sockets.send(port, loops.next(), peer.local(), packets);
            assertThat(peerOwner.await(100)).extracting(Received::bytes).containsExactly(packets);
        }
    }

    @Test
    void portsMayBeClosedAfterTheirLoops() throws Exception {
        NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);
        NettyPorts ports = shared(loops);
        NettyPorts dedicated = NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build();
        Agent.on(loops.next(), ports, "aaaa");
        Agent.on(loops.next(), dedicated, "aaaa");
        loops.shutdown(Duration.ofSeconds(5)).get(10, TimeUnit.SECONDS);

        assertThatCode(ports::close).doesNotThrowAnyException();
        assertThatCode(dedicated::close).doesNotThrowAnyException();
    }

    @Test
    void mistakesOfTheCallerAreRefused() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports = shared(loops)) {
            Agent agent = Agent.on(loops.next(), ports, "good");
            for (String ufrag : new String[] {"", "a:b", "x".repeat(257)}) {
                assertThatThrownBy(() -> agent.run(() -> agent.port().bindUfrag(ufrag)))
                        .hasCauseInstanceOf(IllegalArgumentException.class);
            }
            for (int i = 1; i < MuxPort.MAX_UFRAGS; i++) {
                String ufrag = "more" + i;
                agent.run(() -> agent.port().bindUfrag(ufrag));
            }
            assertThatThrownBy(() -> agent.run(() -> agent.port().bindUfrag("last")))
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theRemoteBoundFirstIsForgottenWhenThereAreTooMany() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                NettyPorts ports = shared(loops)) {
            Agent agent = Agent.on(loops.next(), ports, "aaaa");
            for (int i = 0; i < MuxPort.MAX_REMOTES + 5; i++) {
                InetSocketAddress remote = new InetSocketAddress(Sockets.LOOPBACK, 1000 + i);
                agent.run(() -> agent.port().bindRemote(remote));
            }
            RemoteTable remotes = ports.sharedSockets().get(0).remotes();
            assertThat(remotes.size()).isEqualTo(MuxPort.MAX_REMOTES);
            assertThat(remotes.find(new InetSocketAddress(Sockets.LOOPBACK, 1000)))
                    .isNegative();

            agent.run(agent.port()::close);
            assertThat(remotes.size()).isZero();
            assertThat(ports.sharedSockets().get(0).ufrags().size()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void whoMeetsTheHighWaterMarkIsToldOfItAndOfItsEnd(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport);
                NettyPorts ports = shared(loops);
                Stranger sink = new Stranger()) {
            Agent busy = Agent.on(loops.next(), ports, "busy");
            Agent idle = Agent.on(loops.next(), ports, "idle");
            int packets = 2 * UdpSocket.QUEUE_LIMIT_BYTES / 1000;
            List<Boolean> outcome = new ArrayList<>();
            busy.run(() -> {
                ByteBuffer packet = ByteBuffer.allocate(1000);
                for (int i = 0; i < packets; i++) {
                    outcome.add(busy.port().append(sink.address(), packet));
                }
                outcome.add(busy.port().isWritable());
                busy.port().flush();
            });

            assertThat(outcome.get(0)).isTrue();
            assertThat(outcome.get(packets - 1)).isFalse();
            assertThat(outcome.get(packets)).isFalse();
            assertThat(busy.owner().awaitWritability(2)).containsExactly(false, true);
            assertThat(Sockets.on(busy.loop(), busy.port()::isWritable)).isTrue();
            assertThat(idle.owner().writability()).isEmpty();
            assertThat(ports.stats().drops().get("sendQueueFull")).isPositive();
        }
    }

    @Test
    void aPortOnAnotherLoopThanTheSocketIsToldWhenItsQueueFillsAndEmpties() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);
                NettyPorts ports = shared(loops);
                Stranger sink = new Stranger()) {
            EventLoop other = loops.loops().get(1);
            Agent agent = Agent.on(other, ports, "aaaa");
            Object hold = new Object();
            boolean[] released = {false};
            loops.loops().get(0).execute(() -> waitFor(hold, released));
            agent.run(() -> {
                for (int i = 0; i < HandOffRing.MAX_PACKETS + 10; i++) {
                    agent.port().append(sink.address(), Sockets.text("packet"));
                }
            });
            synchronized (hold) {
                released[0] = true;
                hold.notifyAll();
            }

            assertThat(agent.owner().awaitWritability(2)).containsExactly(false, true);
            assertThat(ports.stats().drops()).containsEntry("handOffFull", 10L);
            for (int i = 0; i < 100; i++) {
                assertThat(sink.receive()).isEqualTo("packet");
            }
        }
    }

    @Test
    void whatArrivesForALoopThatIsBusyWaitsInItsQueueAndIsCountedWhenThatIsFull() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);
                NettyPorts ports = shared(loops);
                Stranger peer = new Stranger()) {
            EventLoop socketLoop = loops.loops().get(0);
            Agent agent = Agent.on(loops.loops().get(1), ports, "away");
            agent.run(() -> agent.port().bindRemote(peer.address()));
            settle(loops);
            Object hold = new Object();
            boolean[] released = {false};
            agent.loop().execute(() -> waitFor(hold, released));
            int rounds = 4 * HandOffRing.MAX_PACKETS;
            for (int i = 0; i < rounds; i++) {
                peer.send(agent.port().local(), Sockets.text("packet"));
                if (i % 64 == 0) {
                    Sockets.on(socketLoop, () -> ""); // the socket is read in between
                }
            }
            while (ports.stats().drops().getOrDefault("handOffFull", 0L) == 0) {
                peer.send(agent.port().local(), Sockets.text("packet"));
            }
            assertThat(agent.owner().count()).isZero();
            synchronized (hold) {
                released[0] = true;
                hold.notifyAll();
            }

            agent.last(HandOffRing.MAX_PACKETS);
            assertThat(ports.stats().handedOff()).isGreaterThanOrEqualTo(HandOffRing.MAX_PACKETS);
            assertThat(ports.stats().drops()).containsOnlyKeys("handOffFull");
        }
    }

    private static void waitFor(Object hold, boolean[] released) {
        synchronized (hold) {
            while (!released[0]) {
                try {
                    hold.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
