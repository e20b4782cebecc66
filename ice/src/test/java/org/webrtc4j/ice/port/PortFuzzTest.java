package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Bytes of strangers: nothing is thrown, no state grows, and little is allocated. */
class PortFuzzTest {

    private static final int BYTES_PER_BYTE = 64;
    private static final int BYTES_IN_ALL = 4096;

    /** Jazzer's own hooks allocate while it fuzzes; allocation is measured when inputs are replayed. */
    private static final boolean MEASURED = System.getenv("JAZZER_FUZZ") == null;

    private static final String ASKED = "a.local";
    private static final InetSocketAddress STRANGER = new InetSocketAddress(Sockets.ip("192.0.2.66"), 66);

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
