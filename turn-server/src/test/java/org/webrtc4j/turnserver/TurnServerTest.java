package org.webrtc4j.turnserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.turnserver.RelayedSide.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.testkit.peer.ServerCertificate;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnServerStats;

/** The server on real sockets of the loopback interface. Waits for events, never for a time. */
class TurnServerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);
    private static final TurnCredentials USERS = TurnCredentials.ofUsers(Map.of("alice", "secret"));
    private static final PeerFilter EVERYBODY = new PeerFilter(true, true, true);

    @SuppressWarnings("NullAway.Init") // set before the tests
    private static SSLContext tls;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        tls = TlsContext.of(ServerCertificate.store(folder, "ip:127.0.0.1,dns:localhost"));
    }

    static Stream<Arguments> ways() {
        Stream<Transport> transports =
                NettyEventLoops.epollAvailable() ? Stream.of(Transport.NIO, Transport.EPOLL) : Stream.of(Transport.NIO);
        return transports.flatMap(
                transport -> Stream.of("udp", "tcp", "tls").map(protocol -> Arguments.of(transport, protocol)));
    }

    private static TurnServer server(NettyEventLoops loops) {
        return TurnServer.builder(loops, "example.org", USERS)
                .udp(ANY_PORT)
                .tcp(ANY_PORT)
                .tls(ANY_PORT, tls)
                .options(options -> options.withPeers(EVERYBODY))
                .start();
    }

    private static String url(TurnServer server, String protocol) {
        return switch (protocol) {
            case "udp" -> "turn:127.0.0.1:" + server.udpAddresses().get(0).getPort();
            case "tcp" -> "turn:127.0.0.1:" + server.tcpAddresses().get(0).getPort() + "?transport=tcp";
            default -> "turns:127.0.0.1:" + server.tlsAddresses().get(0).getPort();
        };
    }

    @ParameterizedTest
    @MethodSource("ways")
    void twoAgentsConnectThroughTheServerOnly(Transport transport, String protocol) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                TurnServer server = server(loops);
                PortIceAgents agents = PortIceAgents.builder(
                                NettyPorts.builder(loops).tls(tls).build())
                        .build()) {
            String url = url(server, protocol);
            RelayedSide one = new RelayedSide(loops.next(), agents, IceRole.CONTROLLING, url, "alice", "secret");
            RelayedSide two = new RelayedSide(loops.next(), agents, IceRole.CONTROLLED, url, "alice", "secret");
            one.connectTo(two);
            two.connectTo(one);
            await(one.connected);
            await(two.connected);
            one.send("to two");
            two.send("to one");
            assertThat(await(two.received)).isEqualTo("!to two");
            assertThat(await(one.received)).isEqualTo("!to one");
            assertThat(one.selectedPair().local().type()).isEqualTo(IceCandidateType.RELAYED);
            assertThat(one.selectedPair().local().relayProtocol()).isEqualTo(protocol);
            TurnServerStats stats = await(server.stats());
            assertThat(stats.allocations()).isEqualTo(2);
            assertThat(stats.bytesToPeers()).isPositive();
            one.close();
            two.close();
            while (await(server.stats()).allocations() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsNone() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                TurnServer server = server(loops);
                PortIceAgents agents =
                        PortIceAgents.builder(NettyPorts.builder(loops).build()).build()) {
            RelayedSide side =
                    new RelayedSide(loops.next(), agents, IceRole.CONTROLLING, url(server, "tls"), "alice", "secret");
            side.connectTo(side);
            assertThat(await(side.error).errorCode()).isEqualTo(701);
            side.close();
        }
    }

    @Test
    void wrongCredentialsAreToldOverEveryWay() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1);
                TurnServer server = server(loops);
                PortIceAgents agents = PortIceAgents.builder(
                                NettyPorts.builder(loops).tls(tls).build())
                        .build()) {
            for (String protocol : new String[] {"udp", "tcp", "tls"}) {
                RelayedSide side = new RelayedSide(
                        loops.next(), agents, IceRole.CONTROLLING, url(server, protocol), "alice", "guess");
                side.connectTo(side);
                assertThat(await(side.error).errorCode()).isEqualTo(401);
                side.close();
            }
        }
    }

    @Test
    void aSilentConnectionIsClosedAndOneTooManyRefused() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                TurnServer server = TurnServer.builder(loops, "example.org", USERS)
                        .tcp(ANY_PORT)
                        .connections(1)
                        .idle(Duration.ofMillis(300))
                        .start();
                Socket first = new Socket(LOOPBACK, server.tcpAddresses().get(0).getPort())) {
            first.setSoTimeout(60_000);
            // A Binding request is answered; then nothing comes but the end.
            first.getOutputStream().write(HexFormat.of().parseHex("000100002112a442000102030405060708090a0b"));
            assertThat(first.getInputStream().readNBytes(32)).hasSize(32).startsWith(1, 1);
            try (Socket second =
                    new Socket(LOOPBACK, server.tcpAddresses().get(0).getPort())) {
                second.setSoTimeout(60_000);
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(first.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void anAddressInUseIsRefusedAtTheStart() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                TurnServer server = server(loops)) {
            TurnServer.Builder sameUdp = TurnServer.builder(loops, "example.org", USERS)
                    .udp(server.udpAddresses().get(0));
            TurnServer.Builder sameTcp = TurnServer.builder(loops, "example.org", USERS)
                    .tcp(server.tcpAddresses().get(0));
            assertThatThrownBy(sameUdp::start).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(sameTcp::start).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aServerListensAtRealAddressesOnly() {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO)) {
            TurnServer.Builder builder = TurnServer.builder(loops, "example.org", USERS);
            assertThatThrownBy(() -> builder.udp(new InetSocketAddress(0)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(builder::start).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
