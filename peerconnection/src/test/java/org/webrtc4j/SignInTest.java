package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.ice.port.LentChannel;
import org.webrtc4j.ice.port.Transport;

/** Connections without signalling, over real sockets: the client makes the server's description by hand. */
@Timeout(60)
class SignInTest {

    private static final RTCCertificate SERVER_CERTIFICATE =
            RTCPeerConnection.generateCertificate("ECDSA").join();
    private static final RTCCertificate CLIENT_CERTIFICATE =
            RTCPeerConnection.generateCertificate("ECDSA").join();

    private static final String SERVER_PASSWORD = "serverServerServer12345";
    private static final String CLIENT_PASSWORD = "clientClientClient12345";

    /** A server on one port, which knows players by the ufrag that they use for it. */
    private static final class Server implements AutoCloseable {

        final int port;
        final Map<String, Optional<SignIn>> players = new ConcurrentHashMap<>();
        final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        final CopyOnWriteArrayList<RTCPeerConnection> connections = new CopyOnWriteArrayList<>();
        final WebRtcRuntime runtime;

        Server(RuntimeBuilder builder) throws Exception {
            this(freePort(), builder.bind(InetAddress.getLoopbackAddress()));
        }

        Server(int port, RuntimeBuilder builder) {
            this.port = port;
            runtime = builder.udpPort(port)
                    .onUnknownUfrag((localUfrag, remoteUfrag, address) -> {
                        asked.add(localUfrag + ":" + remoteUfrag);
                        return CompletableFuture.supplyAsync(() -> players.getOrDefault(localUfrag, Optional.empty()));
                    })
                    .build();
        }

        SignIn.Builder player() {
            return SignIn.builder(SERVER_PASSWORD, CLIENT_PASSWORD)
                    .configuration(RTCConfiguration.builder()
                            .certificates(SERVER_CERTIFICATE)
                            .build())
                    .remoteFingerprint(CLIENT_CERTIFICATE.getFingerprints().get(0))
                    .accepted(this::echo);
        }

        private void echo(RTCPeerConnection pc) {
            connections.add(pc);
            pc.onDataChannel(event ->
                    event.channel().onMessage(message -> event.channel().send(message.data())));
        }

        long drops(String reason) {
            return runtime.stats().packetDrops().getOrDefault(reason, 0L);
        }

        void awaitDrop(String reason) {
            while (drops(reason) == 0) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            runtime.close();
        }
    }

    private static int freePort() throws SocketException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return probe.getLocalPort();
        }
    }

    /** A client with a channel, which has described the server to itself. */
    private static final class Client {

        final RTCPeerConnection pc;
        final CompletableFuture<String> echoed = new CompletableFuture<>();

        Client(WebRtcRuntime runtime, Server server, String ufrag, String serverPassword) {
            pc = runtime.createPeerConnection(
                    RTCConfiguration.builder().certificates(CLIENT_CERTIFICATE).build(),
                    ConnectionOptions.named(ufrag).withIceCredentials("c" + ufrag, CLIENT_PASSWORD));
            RTCDataChannel channel = pc.createDataChannel("game");
            channel.onOpen(event -> channel.send("hello " + ufrag))
                    .onMessage(message -> echoed.complete(message.text()));
            CompletableFuture<?> described = pc.setLocalDescription()
                    .thenCompose(done -> pc.setRemoteDescription(new RTCSessionDescriptionInit(
                            RTCSdpType.ANSWER, byHand(ufrag, serverPassword, server.port))));
            described.exceptionally(failure -> {
                echoed.completeExceptionally(failure);
                return null;
            });
        }

        private static String byHand(String ufrag, String password, int port) {
            RTCDtlsFingerprint fingerprint =
                    SERVER_CERTIFICATE.getFingerprints().get(0);
            return String.join(
                    "\r\n",
                    "v=0",
                    "o=- 1 1 IN IP4 127.0.0.1",
                    "s=-",
                    "t=0 0",
                    "a=group:BUNDLE 0",
                    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                    "c=IN IP4 0.0.0.0",
                    "a=mid:0",
                    "a=ice-ufrag:" + ufrag,
                    "a=ice-pwd:" + password,
                    "a=fingerprint:" + fingerprint.algorithm() + " " + fingerprint.value(),
                    "a=setup:passive",
                    "a=sctp-port:5000",
                    "a=max-message-size:262144",
                    "a=candidate:1 1 udp 2130706431 127.0.0.1 " + port + " typ host",
                    "a=end-of-candidates",
                    "");
        }
    }

    private static WebRtcRuntime clients() {
        return WebRtcRuntime.builder().loops(1).includeLoopback(true).build();
    }

    @Test
    void aWholeConnectionSignsInByItsUfrag() throws Exception {
        try (Server server = new Server(WebRtcRuntime.builder().loops(1));
                WebRtcRuntime runtime = clients()) {
            server.players.put(
                    "token1", Optional.of(server.player().name("alice").build()));

            Client client = new Client(runtime, server, "token1", SERVER_PASSWORD);

            assertThat(client.echoed.get(20, TimeUnit.SECONDS)).isEqualTo("hello token1");
            assertThat(server.asked).containsOnly("token1:ctoken1");
            assertThat(server.connections).hasSize(1);
            assertThat(server.connections.get(0).connection().name()).isEqualTo("alice");
            assertThat(server.drops("unknownUfragForged")).isZero();
        }
    }

    @Test
    void manySignInOnOnePortOfTwoLoopsWhicheverLoopTheirChecksReach() throws Exception {
        for (Transport transport : new Transport[] {Transport.AUTO, Transport.NIO}) {
            try (Server server = new Server(WebRtcRuntime.builder().loops(2).transport(transport));
                    WebRtcRuntime runtime = clients()) {
                CopyOnWriteArrayList<Client> all = new CopyOnWriteArrayList<>();
                for (int i = 0; i < 12; i++) {
                    server.players.put("player" + i, Optional.of(server.player().build()));
                    all.add(new Client(runtime, server, "player" + i, SERVER_PASSWORD));
                }
                for (int i = 0; i < 12; i++) {
                    assertThat(all.get(i).echoed.get(30, TimeUnit.SECONDS)).isEqualTo("hello player" + i);
                }
                assertThat(server.connections).hasSize(12);
                assertThat(server.drops("unknownUfragFailed")).isZero();
            }
        }
    }

    @Test
    void aSocketOfTheCallersCarriesConnectionsBesideAnotherProtocol() throws Exception {
        BlockingQueue<String> foreign = new LinkedBlockingQueue<>();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DatagramChannel channel = DatagramChannel.open().bind(any);
                DatagramChannel other = DatagramChannel.open().bind(any);
                WebRtcRuntime runtime = clients()) {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            LentChannel lent = LentChannel.of(
                    channel, (from, packet, now) -> foreign.add(StandardCharsets.US_ASCII.decode(packet) + ""));
            try (Server server =
                    new Server(local.getPort(), WebRtcRuntime.builder().loops(2).udpChannel(lent))) {
                server.players.put("token1", Optional.of(server.player().build()));
                server.players.put("token2", Optional.of(server.player().build()));
                other.send(ByteBuffer.wrap("Game".getBytes(StandardCharsets.US_ASCII)), local);
                for (String token : new String[] {"token1", "token2"}) {
                    Client client = new Client(runtime, server, token, SERVER_PASSWORD);
                    assertThat(client.echoed.get(20, TimeUnit.SECONDS)).isEqualTo("hello " + token);
                }
                assertThat(foreign.poll(20, TimeUnit.SECONDS)).isEqualTo("Game");
                assertThat(foreign).isEmpty();
            }
            assertThat(channel.isOpen()).isTrue();
        }
    }

    @Test
    void nobodySignsInWithoutThePassword() throws Exception {
        try (Server server = new Server(WebRtcRuntime.builder().loops(1));
                WebRtcRuntime runtime = clients()) {
            server.players.put("token1", Optional.of(server.player().build()));

            Client client = new Client(runtime, server, "token1", "anotherPassword123456789");
            server.awaitDrop("unknownUfragForged");

            assertThat(client.echoed).isNotDone();
            assertThat(server.connections).isEmpty();
            assertThat(server.runtime.stats().created()).isZero();
        }
    }

    @Test
    void whomTheHandlerDoesNotKnowIsDroppedAndCounted() throws Exception {
        try (Server server = new Server(WebRtcRuntime.builder().loops(1));
                WebRtcRuntime runtime = clients()) {
            Client client = new Client(runtime, server, "nobody", SERVER_PASSWORD);
            server.awaitDrop("unknownUfragRefused");

            assertThat(client.echoed).isNotDone();
            assertThat(server.connections).isEmpty();
        }
    }

    @Test
    void aFullRuntimeDoesNotEvenAsk() throws Exception {
        RuntimeLimits one = RuntimeLimits.builder().maxConnections(1).build();
        try (Server server = new Server(WebRtcRuntime.builder().loops(1).limits(one));
                WebRtcRuntime runtime = clients()) {
            server.players.put("token1", Optional.of(server.player().build()));
            server.players.put("token2", Optional.of(server.player().build()));
            Client first = new Client(runtime, server, "token1", SERVER_PASSWORD);
            first.echoed.get(20, TimeUnit.SECONDS);

            Client second = new Client(runtime, server, "token2", SERVER_PASSWORD);
            server.awaitDrop("unknownUfragRefused");
            assertThat(server.asked).containsOnly("token1:ctoken1");

            // Once there is room again the next check of the second one finds it.
            server.connections.get(0).close();
            assertThat(second.echoed.get(20, TimeUnit.SECONDS)).isEqualTo("hello token2");
        }
    }

    @Test
    void aHandlerOfTheConnectionThatThrowsClosesIt() throws Exception {
        try (Server server = new Server(WebRtcRuntime.builder().loops(1));
                WebRtcRuntime runtime = clients()) {
            CompletableFuture<RTCPeerConnection> made = new CompletableFuture<>();
            server.players.put(
                    "token1",
                    Optional.of(server.player()
                            .accepted(pc -> {
                                made.complete(pc);
                                throw new IllegalStateException("not today");
                            })
                            .build()));

            new Client(runtime, server, "token1", SERVER_PASSWORD);

            assertThat(made.get(20, TimeUnit.SECONDS)
                            .whenClosed()
                            .get(20, TimeUnit.SECONDS)
                            .kind())
                    .isEqualTo(CloseCause.Kind.CLOSED);
        }
    }

    @Test
    void credentialsChosenForAnOrdinaryConnectionStandInItsDescription() throws Exception {
        try (WebRtcRuntime runtime = clients()) {
            RTCPeerConnection pc = runtime.createPeerConnection(
                    RTCConfiguration.builder().alwaysNegotiateDataChannels(true).build(),
                    ConnectionOptions.named("chosen").withIceCredentials("abcd", "0123456789abcdefghij+/"));
            String offer = pc.createOffer().get(10, TimeUnit.SECONDS).sdp();
            assertThat(offer).contains("a=ice-ufrag:abcd\r\n", "a=ice-pwd:0123456789abcdefghij+/\r\n");

            String refused = "a ufrag of three characters, one of 257, and others than ice-chars";
            for (String ufrag : new String[] {"abc", "a".repeat(257), "ab:cd", "abcé"}) {
                assertThatThrownBy(() -> runtime.createPeerConnection(
                                RTCConfiguration.defaults(),
                                ConnectionOptions.named("bad").withIceCredentials(ufrag, "0123456789abcdefghijkl")))
                        .as(refused)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            for (String pwd : new String[] {"p".repeat(21), "p".repeat(257), "p".repeat(22) + " "}) {
                assertThatThrownBy(() -> runtime.createPeerConnection(
                                RTCConfiguration.defaults(),
                                ConnectionOptions.named("bad").withIceCredentials("abcd", pwd)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .message()
                        .doesNotContain(pwd);
            }
            assertThat(runtime.stats().created()).isEqualTo(1);
        }
    }

    @Test
    void addressesAndInterfacesThatTheFiltersRefuseAreNotBound() {
        assertThatThrownBy(() -> WebRtcRuntime.builder()
                        .loops(1)
                        .includeLoopback(true)
                        .addressFilter(address -> false)
                        .udpPort(0)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("address filter");
        assertThatThrownBy(() -> WebRtcRuntime.builder()
                        .loops(1)
                        .includeLoopback(true)
                        .interfaceFilter(nic -> false)
                        .udpPort(0)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interface filter");
    }

    @Test
    void aSignInWithoutFingerprintAndAHandlerWithoutSharedPortAreRefused() {
        assertThatThrownBy(
                        () -> SignIn.builder(SERVER_PASSWORD, CLIENT_PASSWORD).build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SignIn.builder("short", CLIENT_PASSWORD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebRtcRuntime.builder()
                        .onUnknownUfrag((local, remote, address) ->
                                CompletableFuture.failedFuture(new CompletionException("unused", null)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shared port");
    }
}
