package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;
import org.webrtc4j.testkit.peer.ServerCertificate;

/**
 * Peers behind the NATs of a real kernel: where these can be crossed the path is direct, where they cannot it leads through a TURN
 * server, and there is always one.
 */
@Timeout(120)
@SuppressWarnings("try") // servers and browsers are there to be met, not to be called
class NatTraversalTest {

    private static final Path COTURN = Path.of("/usr/bin/turnserver");
    private static final String SERVER = NatNetwork.SERVER_ADDRESS;
    private static final List<String> ALL_URLS =
            List.of("stun:" + SERVER, "turn:" + SERVER + "?transport=udp", "turn:" + SERVER + "?transport=tcp");
    private static final String USER = "alice";
    private static final String PASSWORD = "secret";
    private static final int SECONDS = 60;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static Path store;

    @SuppressWarnings("NullAway.Init") // as above
    private static Path certificate;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        store = ServerCertificate.store(folder, "ip:" + SERVER);
        certificate = ServerCertificate.writePem(store, folder);
    }

    @BeforeEach
    void needsNamespaces() {
        if (!NetworkNamespaces.available()) {
            System.out.println("SKIPPED: NATs need root, iproute2 and nftables");
            Assumptions.abort("needs root, iproute2 and nftables");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, SYMMETRIC, direct",
        "PORT_RESTRICTED, PORT_RESTRICTED, direct",
        "SYMMETRIC, PORT_RESTRICTED, relayed",
        "SYMMETRIC, SYMMETRIC, relayed",
        "UDP_BLOCKED, SYMMETRIC, relayed"
    })
    void theyMeetThroughOurServerWhereTheyCannotDirectly(NatNetwork.Nat left, NatNetwork.Nat right, String expected)
            throws Exception {
        try (NatNetwork network = new NatNetwork(left, right);
                Server server = ours(network)) {
            meet(network, ALL_URLS, expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"FULL_CONE, FULL_CONE, direct", "SYMMETRIC, SYMMETRIC, relayed", "UDP_BLOCKED, UDP_BLOCKED, relayed"})
    void theyMeetThroughCoturn(NatNetwork.Nat left, NatNetwork.Nat right, String expected) throws Exception {
        needsCoturn();
        try (NatNetwork network = new NatNetwork(left, right);
                Server server = coturn(network)) {
            meet(network, ALL_URLS, expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"ours, tcp", "ours, tls", "coturn, tls"})
    void whereUdpIsBlockedOnBothSidesTheyMeetByOneConnectionEach(String whose, String way) throws Exception {
        List<String> urls =
                way.equals("tls") ? List.of("turns:" + SERVER) : List.of("turn:" + SERVER + "?transport=" + way);
        try (NatNetwork network = new NatNetwork(NatNetwork.Nat.UDP_BLOCKED, NatNetwork.Nat.UDP_BLOCKED);
                Server server = server(whose, network)) {
            meet(network, urls, "relayed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours", "coturn"})
    void chromiumMeetsJavaThroughAServerWhereNeitherCanBeReached(String whose, @TempDir Path profile) throws Exception {
        if (Chromium.browser().isEmpty()) {
            System.out.println("SKIPPED: Chromium is not installed");
            Assumptions.abort("needs Chromium");
        }
        try (NatNetwork network = new NatNetwork(NatNetwork.Nat.SYMMETRIC, NatNetwork.Nat.PORT_RESTRICTED);
                Server server = server(whose, network);
                PageServer page = new PageServer(InetAddress.getByName(NatNetwork.OWN_ADDRESS))) {
            List<String> command = new ArrayList<>(List.of(Chromium.browser().orElseThrow()));
            command.addAll(Chromium.FLAGS);
            command.addAll(List.of("--user-data-dir=" + profile, page.url()));
            try (Server browser = new Server(network.at(NatNetwork.LEFT, command), "");
                    Peer java = peer(network, NatNetwork.RIGHT, config("offerer", ALL_URLS));
                    Peer chromium = new BrowserPeer(page, config("answerer", ALL_URLS))) {
                meet(java, chromium, "relayed");
            }
        }
    }

    private static void meet(NatNetwork network, List<String> urls, String expected) throws Exception {
        try (Peer offerer = peer(network, NatNetwork.LEFT, config("offerer", urls));
                Peer answerer = peer(network, NatNetwork.RIGHT, config("answerer", urls))) {
            meet(offerer, answerer, expected);
        }
    }

    private static void meet(Peer offerer, Peer answerer, String expected) throws Exception {
        Peer.join(offerer, answerer);
        offerer.await("ready", SECONDS);
        answerer.await("ready", SECONDS);
        offerer.command("start");
        JsonObject pair = offerer.await("pair", SECONDS);
        System.out.println(pair);
        boolean relayed = (pair.get("local").getAsString() + pair.get("remote").getAsString()).contains("typ relay");
        assertThat(relayed).as("%s", pair).isEqualTo(expected.equals("relayed"));
        Scenarios.assertEchoed(offerer.await("result", SECONDS));
    }

    /** It trusts the server's certificate, and no other. */
    private static Peer peer(NatNetwork network, String host, JsonObject config) throws IOException {
        List<String> command = new ArrayList<>(ProcessPeer.webrtc4jCommand());
        command.addAll(
                1,
                List.of(
                        "-Djavax.net.ssl.trustStore=" + store,
                        "-Djavax.net.ssl.trustStorePassword=" + ServerCertificate.PASSWORD));
        return new ProcessPeer(host, network.at(host, command), config);
    }

    private static JsonObject config(String role, List<String> from) {
        JsonObject config = Scenarios.echo(role, 0, 1, 16_384, 65_536);
        config.remove("bind");
        JsonArray urls = new JsonArray();
        from.forEach(urls::add);
        JsonObject server = new JsonObject();
        server.add("urls", urls);
        server.addProperty("username", USER);
        server.addProperty("credential", PASSWORD);
        JsonArray servers = new JsonArray();
        servers.add(server);
        config.add("iceServers", servers);
        return config;
    }

    private static void needsCoturn() {
        if (!Files.isExecutable(COTURN)) {
            System.out.println("SKIPPED: coturn is not installed");
            Assumptions.abort("needs coturn");
        }
    }

    private static Server server(String whose, NatNetwork network) throws IOException {
        if (whose.equals("ours")) {
            return ours(network);
        }
        needsCoturn();
        return coturn(network);
    }

    private static Server ours(NatNetwork network) throws IOException {
        List<String> command = new ArrayList<>(ProcessPeer.webrtc4jCommand());
        command.set(command.size() - 1, "turn");
        command.addAll(List.of(
                SERVER,
                "--user",
                USER + ":" + PASSWORD,
                "--private-peers",
                "--tls",
                store + ":" + ServerCertificate.PASSWORD));
        return new Server(network.at(NatNetwork.SERVER, command), "UDP and TCP at");
    }

    private static Server coturn(NatNetwork network) throws IOException {
        Server server = new Server(
                network.at(
                        NatNetwork.SERVER,
                        List.of(
                                COTURN.toString(),
                                "-n",
                                "--listening-ip=" + SERVER,
                                "--relay-ip=" + SERVER,
                                "--lt-cred-mech",
                                "--realm=example.org",
                                "--user=" + USER + ":" + PASSWORD,
                                "--no-cli",
                                "--cert=" + certificate,
                                "--pkey=" + certificate.resolveSibling("key.pem"),
                                "--no-dtls",
                                "--pidfile=" + store.resolveSibling("turnserver.pid"),
                                "--userdb=" + store.resolveSibling("turndb"),
                                "--log-file=stdout")),
                "");
        try {
            network.awaitServer();
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** A program on one of the hosts, with all that it starts. */
    private record Server(Process process) implements AutoCloseable {

        /** Starts it, and waits until it says so; not at all when nothing is to be said. */
        Server(List<String> command, String ready) throws IOException {
            this(new ProcessBuilder(command).redirectErrorStream(true).start());
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            List<String> said = new ArrayList<>();
            for (String line = ""; !line.contains(ready); ) {
                line = output.readLine();
                if (line == null) {
                    throw new IOException(command + " has ended: " + said);
                }
                said.add(line);
            }
            Thread reader = new Thread(() -> output.lines().forEach(rest -> {}), "output");
            reader.setDaemon(true);
            reader.start();
        }

        @Override
        public void close() {
            // Children first: the namespace cannot go while they hold it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
