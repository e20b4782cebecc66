package org.webrtc4j.turnserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.webrtc4j.turnserver.RelayedSide.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.testkit.peer.ServerCertificate;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnServerStats;

/** Debian's coturn on the loopback interface: its server under our client, and its client on our server. */
class CoturnTest {

    private static final Path SERVER = Path.of("/usr/bin/turnserver");
    private static final Path CLIENT = Path.of("/usr/bin/turnutils_uclient");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final TurnCredentials USERS = TurnCredentials.ofUsers(Map.of("alice", "secret"));
    private static final PeerFilter EVERYBODY = new PeerFilter(true, true, true);
    private static final long LIMIT_SECONDS = 60;

    private final Path folder;

    CoturnTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void needsCoturn() {
        boolean present = Files.isExecutable(SERVER) && Files.isExecutable(CLIENT);
        if (!present) {
            System.err.println("COTURN IS NOT INSTALLED HERE: its tests are skipped");
        }
        assumeTrue(present, "coturn is not installed");
    }

    private static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            return probe.getLocalPort();
        }
    }

    private Process start(List<String> command, String log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }

    private Process coturn(int port, int tlsPort, Path certificate, Path key) throws Exception {
        Process process = start(
                List.of(
                        SERVER.toString(),
                        "-n",
                        "--listening-ip=127.0.0.1",
                        "--relay-ip=127.0.0.1",
                        "--listening-port=" + port,
                        "--tls-listening-port=" + tlsPort,
                        "--cert=" + certificate,
                        "--pkey=" + key,
                        "--lt-cred-mech",
                        "--realm=example.org",
                        "--user=alice:secret",
                        "--stale-nonce=600",
                        "--allow-loopback-peers",
                        "--cli-password=unused",
                        "--no-cli",
                        "--no-dtls",
                        "--pidfile=" + folder.resolve("turnserver.pid"),
                        "--userdb=" + folder.resolve("turndb"),
                        "--log-file=stdout"),
                "coturn.log");
        for (int wanted : new int[] {port, tlsPort}) {
            awaitListening(process, wanted);
        }
        return process;
    }

    /** Its TCP listeners are there. */
    private void awaitListening(Process process, int port) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            try (Socket probe = new Socket(LOOPBACK, port)) {
                assert probe.isConnected();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IllegalStateException(Files.readString(folder.resolve("coturn.log")), notYet);
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void twoOfOurAgentsConnectThroughCoturn(String protocol) throws Exception {
        Path store = ServerCertificate.store(folder, "ip:127.0.0.1,dns:localhost");
        int port = freePort();
        int tlsPort = freePort();
        Process coturn = coturn(port, tlsPort, ServerCertificate.writePem(store, folder), folder.resolve("key.pem"));
        String url =
                switch (protocol) {
                    case "udp" -> "turn:127.0.0.1:" + port;
                    case "tcp" -> "turn:127.0.0.1:" + port + "?transport=tcp";
                    default -> "turns:127.0.0.1:" + tlsPort;
                };
        try (NettyEventLoops loops = NettyEventLoops.create(2);
                PortIceAgents agents = PortIceAgents.builder(NettyPorts.builder(loops)
                                .tls(TlsContext.of(store))
                                .build())
                        .build()) {
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
            RelayedSide wrong = new RelayedSide(loops.next(), agents, IceRole.CONTROLLED, url, "alice", "guess");
            wrong.connectTo(wrong);
            assertThat(await(wrong.error).errorCode()).isEqualTo(401);
            one.close();
            two.close();
            wrong.close();
        } finally {
            stop(coturn);
        }
    }

    private int client(List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of(CLIENT.toString()));
        command.addAll(options);
        Process process = start(command, "client.log");
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as(() -> log("client.log"))
                .isTrue();
        return process.exitValue();
    }

    private String log(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Two clients of one program talk to each other through the server: allocations, permissions, channels, data, refresh. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-t", "-s", "-t -s"})
    void coturnsClientIsServedByOurServer(String way) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1);
                TurnServer server = TurnServer.builder(loops, "example.org", USERS)
                        .udp(new InetSocketAddress(LOOPBACK, 0))
                        .tcp(new InetSocketAddress(LOOPBACK, 0))
                        .options(options -> options.withPeers(EVERYBODY))
                        .start()) {
            int port = (way.contains("-t") ? server.tcpAddresses() : server.udpAddresses())
                    .get(0)
                    .getPort();
            List<String> options = new ArrayList<>(List.of(
                    "-u",
                    "alice",
                    "-w",
                    "secret",
                    "-p",
                    Integer.toString(port),
                    "-L",
                    "127.0.0.1",
                    "-y",
                    "-c",
                    "-n",
                    "20",
                    "-m",
                    "2"));
            if (!way.isEmpty()) {
                options.addAll(List.of(way.split(" ")));
            }
            options.add("127.0.0.1");
            int status = client(options);
            TurnServerStats stats = await(server.stats());
            assertThat(status).as(() -> log("client.log") + stats).isZero();
            assertThat(log("client.log")).contains("Total lost packets 0");
            assertThat(stats.allocationsMade()).isGreaterThanOrEqualTo(2);
            assertThat(stats.packetsToPeers()).isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void coturnsClientWithAWrongPasswordIsRefused() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1);
                TurnServer server = TurnServer.builder(loops, "example.org", USERS)
                        .udp(new InetSocketAddress(LOOPBACK, 0))
                        .start()) {
            int port = server.udpAddresses().get(0).getPort();
            client(List.of(
                    "-u",
                    "alice",
                    "-w",
                    "guess",
                    "-p",
                    Integer.toString(port),
                    "-L",
                    "127.0.0.1",
                    "-y",
                    "-c",
                    "-n",
                    "1",
                    "127.0.0.1"));
            TurnServerStats stats = await(server.stats());
            assertThat(stats.allocationsMade()).isZero();
            assertThat(stats.errors()).containsKey(401);
        }
    }
}
