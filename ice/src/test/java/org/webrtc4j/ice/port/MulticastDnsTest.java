package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;

/** On the loopback interface only, and on a port of its own. */
@Timeout(30)
class MulticastDnsTest {

    private static final String NAME = "b2c3.local";
    private static final int PORT = 45_353;

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    private static CompletableFuture<List<InetAddress>> resolve(NameResolver resolver, String name, EventLoop loop) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        loop.execute(() -> resolver.resolve(name, loop, addresses -> {
            assertThat(loop.inLoop()).isTrue();
            answer.complete(addresses);
        }));
        return answer;
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aNameIsAskedForAndItsAnswerComesBackOnTheAskersLoop(Transport transport) throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(Sockets.LOOPBACK);
        InetAddress group = Sockets.ip("224.0.0.251");
        try (DatagramChannel responder = responder(loopback, group);
                NettyEventLoops loops = NettyEventLoops.create(2, transport);
                MulticastDns resolver = new MulticastDns(loops, List.of(loopback), PORT)) {
            Thread answering = new Thread(() -> answer(responder, group));
            answering.start();

            assertThat(resolve(resolver, NAME, loops.loops().get(1)).get(10, TimeUnit.SECONDS))
                    .containsExactly(Sockets.ip("192.0.2.7"));
            answering.join();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aNameThatOneProcessPublishesIsResolvedByAnother(Transport transport) throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(Sockets.LOOPBACK);
        responder(loopback, Sockets.ip("224.0.0.251")).close(); // skips where there is no multicast
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                MulticastDns publisher = new MulticastDns(loops, List.of(loopback), PORT);
                MulticastDns resolver = new MulticastDns(loops, List.of(loopback), PORT)) {
            publisher.publish("published-here.local", Sockets.ip("192.0.2.8"));
            assertThat(resolve(resolver, "published-here.local", loops.loops().get(1))
                            .get(10, TimeUnit.SECONDS))
                    .containsExactly(Sockets.ip("192.0.2.8"));
        }
    }

    private static DatagramChannel responder(NetworkInterface loopback, InetAddress group) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            channel.bind(new InetSocketAddress(group, PORT));
            channel.join(group, loopback);
            return channel;
        } catch (IOException e) {
            channel.close();
            return abort("NO MULTICAST ON LOOPBACK HERE, skipped: " + e);
        }
    }

    private static void answer(DatagramChannel responder, InetAddress group) {
        try {
            ByteBuffer query = ByteBuffer.allocate(2048);
            StringBuilder name = new StringBuilder();
            do {
                query.clear();
                responder.receive(query);
                MdnsName.read(query.flip(), 12, name);
            } while (!name.toString().equals(NAME));
            responder.send(
                    MdnsMessages.response().address(NAME, "192.0.2.7").build(), new InetSocketAddress(group, PORT));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void withoutASocketEveryNameIsAnsweredWithNothing() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                MulticastDns resolver = MulticastDns.create(loops, List.of())) {
            assertThat(resolve(resolver, NAME, loops.next()).get(10, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    @Test
    void closingAnswersWhoStillWaits() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(Sockets.LOOPBACK);
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO)) {
            MulticastDns resolver = new MulticastDns(loops, List.of(loopback), PORT + 1);
            CompletableFuture<List<InetAddress>> answer = resolve(resolver, "nobody.local", loops.next());
            Sockets.on(loops.next(), () -> "");
            resolver.close();

            assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
            assertThat(resolve(resolver, NAME, loops.next()).get(10, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    @Test
    void switchedOffEveryNameIsAnsweredWithNothing() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO)) {
            assertThat(resolve(MulticastDns.off(), NAME, loops.next()).get(10, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }
}
