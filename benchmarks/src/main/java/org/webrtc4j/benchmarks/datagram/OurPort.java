package org.webrtc4j.benchmarks.datagram;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PacketPort;
import org.webrtc4j.ice.port.PortOwner;

/** The port that agents have, with an owner that only counts. */
final class OurPort implements BurstSender, BurstReceiver {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ThreadMeter meter = new ThreadMeter();
    private final ByteBuffer packet = Burst.packet();
    private final NettyEventLoops loops;
    private final EventLoop loop;
    private final NettyPorts ports;
    private final PacketPort port;

    /** A packet has been copied to the heap when it comes here. */
    private record Counter(LoopGate gate) implements PortOwner {

        @Override
        public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
            gate.onPacket();
        }

        @Override
        public void onBatchEnd(long nowNanos) {
            gate.onReadEnd();
        }

        @Override
        public void onWritabilityChanged(PacketPort port, boolean writable) {
            // A burst is far below the mark.
        }
    }

    private final LoopGate gate;

    /**
     * Opens a port.
     *
     * @param shared true for the port that many agents share, false for one of one's own
     */
    OurPort(Way way, boolean shared) throws Exception {
        loops = NettyEventLoops.create(1, way.transport());
        loop = loops.next();
        gate = new LoopGate(loop);
        NettyPorts.Builder builder = NettyPorts.builder(loops).bind(LOOPBACK);
        ports = (shared ? builder.shared(freePort()) : builder.dedicated()).build();
        CompletableFuture<PacketPort> opened = new CompletableFuture<>();
        loop.execute(() -> ports.open(
                loop,
                new Counter(gate),
                true,
                made -> opened.complete(made.get(0).port())));
        port = opened.get(20, TimeUnit.SECONDS);
    }

    private static int freePort() throws SocketException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            return probe.getLocalPort();
        }
    }

    /** Lets packets of an address in, as an agent does when it has verified a check from there. */
    OurPort expecting(InetSocketAddress remote) throws Exception {
        onLoop(() -> {
            port.bindRemote(remote);
            return true;
        });
        return this;
    }

    @Override
    public InetSocketAddress address() {
        return port.local();
    }

    @Override
    public Cost send(List<InetSocketAddress> to) throws Exception {
        return onLoop(() -> {
            meter.start();
            for (int i = 0; i < Burst.PACKETS; i++) {
                if (!port.append(to.get(i % to.size()), packet)) {
                    throw new IllegalStateException("A packet was refused");
                }
            }
            port.flush();
            return meter.stop();
        });
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(20, TimeUnit.SECONDS);
    }

    @Override
    public Cost receive(Source source) throws Exception {
        return gate.pass(source);
    }

    @Override
    public void close() {
        loop.execute(port::close);
        ports.close();
        loops.shutdown(Duration.ofSeconds(1)).join();
    }
}
