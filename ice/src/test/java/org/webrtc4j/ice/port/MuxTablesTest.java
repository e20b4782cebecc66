package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MuxTablesTest {

    /** What one more agent on a shared port may cost, with a ufrag, a remote address and its part of the tables. */
    private static final int BYTES_PER_PORT = 600;

    private static final int PORTS = 10_000;

    private static NettyEventLoops loops;

    @BeforeAll
    static void start() {
        loops = NettyEventLoops.create(1, Transport.NIO);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    private static MuxSocket socket() {
        NettyEventLoop loop = loops.nettyLoops().get(0);
        return new MuxSocket(loop, new HandOffs(loops.nettyLoops()), false, 99, null);
    }

    private static MuxPort port(MuxSocket socket) {
        return new MuxPort(socket.loop(), new RecordingOwner(), List.of(socket));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ufragsAreFoundAsInAMapThroughInsertionsAndRemovals(long seed) {
        Random random = new Random(seed);
        UfragTable table = new UfragTable();
        Map<String, MuxPort> model = new HashMap<>();
        List<MuxPort> ports = ports();
        for (int i = 0; i < 20_000; i++) {
            String ufrag = "u" + random.nextInt(300);
            byte[] key = ufrag.getBytes(StandardCharsets.US_ASCII);
            MuxPort port = ports.get(random.nextInt(ports.size()));
            if (random.nextBoolean()) {
                boolean free = !model.containsKey(ufrag) || model.get(ufrag) == port;
                assertThat(table.put(key, port)).isEqualTo(free);
                model.putIfAbsent(ufrag, port);
            } else {
                table.remove(key, port);
                model.remove(ufrag, port);
            }
            String asked = "u" + random.nextInt(300);
            ByteBuffer packet = ByteBuffer.wrap(("xx" + asked + ":").getBytes(StandardCharsets.US_ASCII));
            assertThat(table.get(packet, 2, asked.length())).isSameAs(model.get(asked));
            assertThat(table.size()).isEqualTo(model.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void remotesAreFoundAsInAMapThroughTakeoversAndRemovals(long seed) throws Exception {
        Random random = new Random(seed);
        RemoteTable table = new RemoteTable(random.nextInt());
        Map<InetSocketAddress, MuxPort> model = new HashMap<>();
        List<MuxPort> ports = ports();
        for (int i = 0; i < 20_000; i++) {
            InetSocketAddress remote = remote(random);
            MuxPort port = ports.get(random.nextInt(ports.size()));
            if (random.nextBoolean()) {
                table.put(remote, port);
                model.put(remote, port);
            } else {
                table.remove(remote, port);
                model.remove(remote, port);
            }
            InetSocketAddress asked = remote(random);
            int index = table.find(asked);
            assertThat(index < 0 ? null : table.port(index)).isSameAs(model.get(asked));
            assertThat(index < 0 ? asked : table.address(index)).isEqualTo(asked);
            assertThat(table.size()).isEqualTo(model.size());
        }
    }

    @Test
    void aRequestIsRememberedForAGenerationAndForgottenAfterTwo() {
        TransactionTable table = new TransactionTable(0);
        MuxPort port = port(socket());
        for (long i = 0; i < 1_000; i++) {
            assertThat(table.put(i * 0x9E3779B97F4A7C15L, port, 5)).isTrue();
        }
        assertThat(table.size()).isEqualTo(1_000);
        assertThat(table.get(0x9E3779B97F4A7C15L)).isSameAs(port);
        assertThat(table.get(12345)).isNull();

        table.age(TransactionTable.GENERATION_NANOS);
        table.put(7, port, TransactionTable.GENERATION_NANOS);
        assertThat(table.get(0)).isSameAs(port);
        table.age(2 * TransactionTable.GENERATION_NANOS);
        assertThat(table.get(0)).isNull();
        assertThat(table.get(7)).isSameAs(port);
        table.age(9 * TransactionTable.GENERATION_NANOS);
        assertThat(table.size()).isZero();
    }

    @Test
    void requestsBeyondTheLimitAreNotRemembered() {
        TransactionTable table = new TransactionTable(0);
        MuxPort port = port(socket());
        Random random = new Random(4);
        for (int i = 0; i < TransactionTable.MAX_ENTRIES; i++) {
            assertThat(table.put(random.nextLong(), port, 0)).isTrue();
        }
        assertThat(table.put(random.nextLong(), port, 0)).isFalse();
        assertThat(table.size()).isEqualTo(TransactionTable.MAX_ENTRIES);
    }

    /** Counts what the thread allocates: an upper bound of what stays, the same in every run. */
    @Test
    void tenThousandPortsOnOneSocketCostLittleEach() throws Exception {
        MuxSocket socket = socket();
        PortOwner owner = new RecordingOwner();
        List<InetSocketAddress> remotes = new ArrayList<>();
        List<String> ufrags = new ArrayList<>();
        for (int i = 0; i < PORTS; i++) {
            remotes.add(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {10, 1, (byte) (i >> 8), (byte) i}), 5000));
            ufrags.add(String.format("%08x", i));
        }
        List<MuxPort> ports = new ArrayList<>(PORTS);
        long allocated = Sockets.on(socket.loop(), () -> {
            long before = Allocation.ofThisThread();
            for (int i = 0; i < PORTS; i++) {
                MuxPort port = new MuxPort(socket.loop(), owner, List.of(socket));
                port.bindUfrag(ufrags.get(i));
                port.bindRemote(remotes.get(i));
                ports.add(port);
            }
            return Allocation.ofThisThread() - before;
        });

        System.out.println("a port on a shared socket: at most " + allocated / PORTS + " bytes");
        assertThat(ports).hasSize(PORTS);
        assertThat(socket.ufrags().size()).isEqualTo(PORTS);
        assertThat(socket.remotes().size()).isEqualTo(PORTS);
        assertThat(allocated / PORTS).isLessThan(BYTES_PER_PORT);
    }

    @Test
    void findingAPortAllocatesNothing() throws Exception {
        MuxSocket socket = socket();
        InetSocketAddress ipv4 = new InetSocketAddress(Sockets.ip("192.0.2.1"), 9);
        InetSocketAddress ipv6 = new InetSocketAddress(Sockets.ip("2001:db8::1"), 9);
        ByteBuffer request = StunSamples.request(1, "abcd:efgh");
        ByteBuffer response = StunSamples.response(77);
        ByteBuffer media = ByteBuffer.wrap(new byte[] {(byte) 0x80, 1, 2, 3});
        int[] packets = {0};
        PortOwner owner = new PortOwner() {
            @Override
            public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
                packets[0]++;
            }

            @Override
            public void onBatchEnd(long nowNanos) {}

            @Override
            public void onWritabilityChanged(PacketPort port, boolean writable) {}
        };
        long allocated = Sockets.on(socket.loop(), () -> {
            MuxPort port = new MuxPort(socket.loop(), owner, List.of(socket));
            port.bindUfrag("abcd");
            port.bindRemote(ipv4);
            port.bindRemote(ipv6);
            socket.remember(77, port);
            long before = 0;
            for (int i = 0; i < 2_000; i++) {
                if (i == 1_000) {
                    before = Allocation.ofThisThread();
                }
                socket.onDatagram(ipv4, request, 1);
                socket.onDatagram(ipv6, response, 1);
                socket.onDatagram(ipv6, media, 1);
                socket.onDatagram(ipv4, media, 1);
                socket.onReadEnd(1);
            }
            return Allocation.ofThisThread() - before;
        });

        assertThat(packets[0]).isEqualTo(8_000);
        assertThat(allocated / 4_000).isZero();
    }

    private static List<MuxPort> ports() {
        MuxSocket socket = socket();
        return List.of(port(socket), port(socket), port(socket));
    }

    private static InetSocketAddress remote(Random random) throws Exception {
        byte[] address = random.nextBoolean()
                ? new byte[] {10, 0, 0, (byte) random.nextInt(8)}
                : Sockets.ip("2001:db8::" + random.nextInt(8)).getAddress();
        return new InetSocketAddress(InetAddress.getByAddress(address), 1 + random.nextInt(20));
    }
}
