package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.agent.IpLiteral;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualTime;

/** The path of data packets through an agent, both ways, allocates nothing in steady state. */
class PacketPathAllocationTest {

    private static final int PACKETS = 50_000;
    private static final int BATCH = 32;

    private final VirtualTime time = new VirtualTime();
    private final VirtualLoop loop = time.newLoop("loop");
    private final Wire one = new Wire("192.0.2.1");
    private final Wire two = new Wire("192.0.2.2");
    private long received;

    /** A port that hands its packets to the other one when it is pumped; copies into slots that are reused. */
    private static final class Wire implements PortProvider, PacketPort {

        private final InetSocketAddress local;
        private final byte[][] slots = new byte[2 * BATCH][1500];
        private final ByteBuffer[] views = new ByteBuffer[slots.length];
        private Wire other = this;
        private PortOwner owner;
        private int count;

        @SuppressWarnings("NullAway.Init") // the owner comes with open()
        Wire(String address) {
            local = new InetSocketAddress(IpLiteral.parse(address), 5000);
            for (int i = 0; i < slots.length; i++) {
                views[i] = ByteBuffer.wrap(slots[i]);
            }
        }

        @Override
        public void open(EventLoop on, PortOwner by, boolean loopback, Consumer<List<OpenedPort>> opened) {
            owner = by;
            opened.accept(List.of(new OpenedPort(this, List.of(), false, 65_535)));
        }

        int pump(long nowNanos) {
            int pumped = count;
            count = 0;
            for (int i = 0; i < pumped; i++) {
                other.owner.onPacket(other, local, views[i], nowNanos);
            }
            if (pumped > 0) {
                other.owner.onBatchEnd(nowNanos);
            }
            return pumped;
        }

        @Override
        public boolean append(InetSocketAddress to, ByteBuffer packet) {
            if (count == slots.length) {
                return false;
            }
            int size = packet.remaining();
            packet.get(packet.position(), slots[count], 0, size);
            views[count].limit(size).position(0);
            count++;
            return true;
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public int maxPayload() {
            return 1_472;
        }

        @Override
        public void flush() {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void bindUfrag(String ufrag) {}

        @Override
        public void unbindUfrag(String ufrag) {}

        @Override
        public void bindRemote(InetSocketAddress remote) {}

        @Override
        public void unbindRemote(InetSocketAddress remote) {}

        @Override
        public void close() {}
    }

    private IceAgent agent(Wire wire, IceRole role) {
        PortIceAgents agents = PortIceAgents.builder(wire)
                .random(new SplittableRandom(role.ordinal()))
                .build();
        IceAgent agent = agents.create(loop, IceAgentOptions.named(role.text()));
        agent.setRole(role);
        agent.setReceiver(new PacketReceiver() {
            @Override
            public void onPacket(ByteBuffer packet, long arrivalNanos) {
                received++;
            }

            @Override
            public void onBatchEnd(long nowNanos) {}
        });
        return agent;
    }

    private void connect(IceAgent first, IceAgent second) {
        first.addListener(new IceListener() {
            @Override
            public void onCandidate(IceCandidate candidate) {
                second.addRemoteCandidate(candidate);
            }
        });
        first.gather(GatherPolicy.ALL);
        second.gather(GatherPolicy.ALL);
        first.start();
        second.start();
        first.setRemoteParameters(second.localParameters());
        second.setRemoteParameters(first.localParameters());
        int pumped;
        do {
            pumped = one.pump(time.nanoTime()) + two.pump(time.nanoTime());
        } while (pumped > 0);
        assertThat(first.state()).isEqualTo(IceState.CONNECTED);
        assertThat(second.state()).isEqualTo(IceState.CONNECTED);
    }

    private void carry(IceAgent first, IceAgent second, ByteBuffer packet, int packets) {
        for (int i = 0; i < packets; i += BATCH) {
            for (int j = 0; j < BATCH; j++) {
                first.send(packet);
                second.send(packet);
            }
            first.flush();
            second.flush();
            one.pump(time.nanoTime());
            two.pump(time.nanoTime());
        }
    }

    @Test
    void dataPacketsBothWaysAllocateNothing() {
        one.other = two;
        two.other = one;
        long[] allocated = new long[1];
        loop.run(() -> allocated[0] = measure());
        // The reading itself and late compilation may cost a little; a byte a packet would be a hundred thousand.
        assertThat(allocated[0]).isLessThan(10_000);
    }

    private long measure() {
        IceAgent first = agent(one, IceRole.CONTROLLING);
        IceAgent second = agent(two, IceRole.CONTROLLED);
        connect(first, second);
        ByteBuffer packet = ByteBuffer.allocate(1_200);
        packet.put(0, (byte) 23);
        carry(first, second, packet, PACKETS);
        long before = received;
        try {
            long allocated = Allocation.ofThisThread();
            carry(first, second, packet, PACKETS);
            return Allocation.ofThisThread() - allocated;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no allocation counter in this JDK", e);
        } finally {
            assertThat(received - before).isGreaterThanOrEqualTo(2L * PACKETS);
            first.close();
            second.close();
        }
    }
}
