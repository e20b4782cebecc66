package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualTime;

/** Bytes of strangers: nothing is thrown, no state grows, and little is allocated. */
class PortFuzzTest {

    private static final int BYTES_PER_BYTE = 64;
    private static final int BYTES_IN_ALL = 4096;

    /** Jazzer's own hooks allocate while it fuzzes; allocation is measured when inputs are replayed. */
    private static final boolean MEASURED = System.getenv("JAZZER_FUZZ") == null;

    private static final String ASKED = "a.local";
    private static final InetSocketAddress STRANGER = new InetSocketAddress(Sockets.ip("192.0.2.66"), 66);

    private static final String PASSWORD = "aPasswordOf22Characters";

    private static @Nullable NettyEventLoops loops;

    @BeforeAll
    static void warmUp() {
        loops = NettyEventLoops.create(1, Transport.NIO);
        mdns(MdnsMessages.response().address(ASKED, "192.0.2.1").build());
    }

    @AfterAll
    static void stop() {
        if (loops != null) {
            loops.close();
        }
    }

    @FuzzTest
    void mdnsResponse(byte[] bytes) throws Exception {
        assertThatAllocationIsBounded(bytes.length, () -> mdns(ByteBuffer.wrap(bytes)));
        List<InetAddress> found = mdns(ByteBuffer.wrap(bytes));
        assertThat(found).hasSizeLessThanOrEqualTo(MdnsQuery.MAX_ADDRESSES).doesNotHaveDuplicates();
    }

    /** Questions of a stranger, while a name is published: at most one answer, which holds only that name. */
    @FuzzTest
    void mdnsQuestion(byte[] bytes) {
        List<Integer> sizes = new ArrayList<>();
        MdnsPublication publication = new MdnsPublication(packet -> sizes.add(packet.remaining()));
        publication.publish(ASKED, InetAddress.getLoopbackAddress());
        publication.handlePacket(ByteBuffer.wrap(bytes), 0);
        publication.handlePacket(ByteBuffer.wrap(bytes), 1);
        assertThat(sizes).hasSizeLessThanOrEqualTo(1).allMatch(size -> size <= UdpSocket.MAX_DATAGRAM);
    }

    private static List<InetAddress> mdns(ByteBuffer message) {
        List<InetAddress> found = new ArrayList<>();
        MdnsQuery engine = new MdnsQuery(packet -> {});
        engine.ask(ASKED, 0, found::addAll);
        engine.handlePacket(message, 1);
        for (long now = 0; engine.nextTimeout() != MdnsQuery.NEVER; now++) {
            assertThat(now).isLessThanOrEqualTo(MdnsQuery.TRIES);
            engine.handleTimeout(engine.nextTimeout());
        }
        return found;
    }

    /** Datagrams of a shared socket, each preceded by its length in two bytes. */
    @FuzzTest
    void datagramsOfAStranger(byte[] bytes) throws Exception {
        NettyEventLoops group = loops;
        assertThat(group).isNotNull();
        if (group == null) {
            return;
        }
        NettyEventLoop loop = group.nettyLoops().get(0);
        Sockets.on(loop, () -> {
            MuxSocket socket = new MuxSocket(loop, new HandOffs(group.nettyLoops()), false, 1, null);
            RecordingOwner owner = new RecordingOwner();
            MuxPort port = new MuxPort(loop, owner, List.of(socket));
            port.bindUfrag("abcd");
            port.bindRemote(new InetSocketAddress(Sockets.ip("192.0.2.1"), 1));
            socket.remember(0x0102030405060708L, port);
            ByteBuffer input = ByteBuffer.wrap(bytes);
            int datagrams = 0;
            while (input.remaining() >= 2) {
                int length = Math.min(input.getShort() & 0x7FF, input.remaining());
                ByteBuffer datagram = ByteBuffer.allocate(length);
                datagram.put(input.slice().limit(length)).flip();
                input.position(input.position() + length);
                datagrams++;
                if (length > 0) { // the socket drops empty ones
                    socket.onDatagram(STRANGER, datagram, 1);
                }
            }
            socket.onReadEnd(1);
            assertThat(owner.count()).isLessThanOrEqualTo(datagrams);
            assertThat(socket.ufrags().size()).isEqualTo(1);
            assertThat(socket.remotes().size()).isEqualTo(1);
            return null;
        });
    }

    /** Strangers, time, a hook that answers when the bytes say so, and agents that bind their ufrags or do not. */
    @FuzzTest
    void checksWithUnknownUfrags(byte[] bytes) {
        VirtualTime time = new VirtualTime();
        VirtualLoop loop = time.newLoop("socket");
        PortCounters counters = new PortCounters();
        AtomicInteger pending = new AtomicInteger();
        Deque<CompletableFuture<Optional<UfragAdmission>>> asked = new ArrayDeque<>();
        AtomicInteger admitted = new AtomicInteger();
        UnknownUfragHook hook = (local, remote, address) -> {
            assertThat(local).matches("[A-Za-z0-9+/]{4,256}");
            assertThat(remote).matches("[A-Za-z0-9+/]{4,256}");
            CompletableFuture<Optional<UfragAdmission>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        };
        UfragDesk desk = new UfragDesk(loop, () -> loop, hook, counters, pending);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        while (input.remaining() >= 2) {
            int what = input.get();
            int argument = input.get() & 0xFF;
            CompletableFuture<Optional<UfragAdmission>> oldest = (what & 7) == 3 ? asked.poll() : null;
            switch (what & 7) {
                case 0, 1 -> {
                    byte[] name = new byte[Math.min(argument & 31, input.remaining())];
                    input.get(name);
                    ByteBuffer check = new StunWriter()
                            .begin(Stun.BINDING_REQUEST, 1, argument)
                            .username(name)
                            .integrity(StunKey.shortTerm((what & 7) == 0 ? PASSWORD : "another"))
                            .fingerprint()
                            .finish();
                    loop.run(() -> desk.onRequest(peer(argument), check, time.nanoTime()));
                }
                case 2 -> {
                    byte[] raw = new byte[Math.min(argument, input.remaining())];
                    input.get(raw);
                    loop.run(() -> desk.onRequest(peer(argument), ByteBuffer.wrap(raw), time.nanoTime()));
                }
                case 3 -> {
                    if (oldest != null && argument < 200) {
                        oldest.complete(Optional.of(new UfragAdmission(PASSWORD, home -> admitted.incrementAndGet())));
                    } else if (oldest != null) {
                        oldest.complete(Optional.empty());
                    }
                }
                case 4 -> time.runFor(Duration.ofMillis(argument * 20L));
                default -> {
                    byte[] ufrag = new byte[Math.min(argument & 7, input.remaining())];
                    input.get(ufrag);
                    loop.run(() -> desk.claim(ufrag));
                }
            }
            assertThat(pending.get()).isEqualTo(desk.pending()).isLessThanOrEqualTo(UfragAdmission.MAX_PENDING);
        }
        time.runFor(Duration.ofSeconds(6));
        assertThat(desk.pending()).isZero();
        assertThat(time.takeFailures()).isEmpty();
    }

    private static InetSocketAddress peer(int number) {
        return new InetSocketAddress(STRANGER.getAddress(), 1 + number);
    }

    /** The stream comes in pieces; packets lie in it one behind the other, and none is larger than allowed. */
    @FuzzTest
    void tcpStream(byte[] bytes) {
        int max = 64;
        TcpFrames frames = new TcpFrames(max);
        int taken = 0;
        int put = 0;
        int passed = 0;
        while (put < bytes.length) {
            ByteBuffer space = frames.space();
            int piece = Math.min(Math.min(1 + (bytes[put] & 31), space.remaining()), bytes.length - put);
            assertThat(piece).isPositive();
            space.put(bytes, put, piece);
            frames.added(piece);
            put += piece;
            for (ByteBuffer packet = frames.next(); packet != null; packet = frames.next()) {
                assertThat(packet.remaining()).isBetween(1, max);
                taken += TcpFrames.HEADER_BYTES + packet.remaining();
            }
            passed += frames.takeEmpty() + frames.takeTooLarge();
            assertThat(space.capacity()).isEqualTo(TcpFrames.HEADER_BYTES + max);
        }
        assertThat(taken + passed * TcpFrames.HEADER_BYTES).isLessThanOrEqualTo(put);
    }

    @FuzzTest
    void advertisedAddress(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Advertisement advertisement;
        try {
            advertisement = Advertisement.parse(null, text);
        } catch (IllegalArgumentException refused) {
            assertThatIllegalArgumentException().isThrownBy(() -> Advertisement.parse(null, text));
            return;
        }
        assertThat(advertisement.port()).isBetween(0, 65_535);
        assertThat(advertisement.host()).matches("[A-Za-z0-9_.:-]{1,253}");
    }

    private static void assertThatAllocationIsBounded(int size, Callable<?> task) throws Exception {
        if (!MEASURED) {
            return;
        }
        long bound = (long) BYTES_PER_BYTE * size + BYTES_IN_ALL;
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < 5 && allocated > bound; i++) { // what is met for the first time costs once
            long before = Allocation.ofThisThread();
            task.call();
            allocated = Allocation.ofThisThread() - before;
        }
        assertThat(allocated).isLessThanOrEqualTo(bound);
    }
}
