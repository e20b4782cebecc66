package org.webrtc4j.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;

/** The relay alone: packets of both sides at a steady rate, to know what it carries and what of it is the relay's own cost. */
final class Flood {

    private static final int PACKETS_PER_SECOND = 60_000;
    private static final int PACKET_BYTES = 1_200;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final RelayPath PATH = new RelayPath(20, 0);
    private static final double NANOS = 1e9;

    private Flood() {}

    /**
     * What the second half of a flood gave.
     *
     * @param sentPerSecond packets of both directions
     * @param arrivedPerSecond of these
     * @param cpu seconds of the relay for each second
     * @param dropped by the relay or before it, over the whole flood
     */
    record Result(double sentPerSecond, double arrivedPerSecond, double cpu, long dropped) {

        double packetsPerCpuSecond() {
            return arrivedPerSecond / cpu;
        }
    }

    /** One side: a socket, a thread that sends and one that counts. */
    private static final class End implements AutoCloseable {

        private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong arrived = new AtomicLong();

        End(InetAddress bind) throws IOException {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(bind, 0));
        }

        InetSocketAddress address() throws IOException {
            return (InetSocketAddress) channel.getLocalAddress();
        }

        void count() {
            ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
            try {
                while (channel.receive(packet.clear()) != null) {
                    arrived.incrementAndGet();
                }
            } catch (ClosedChannelException e) {
                // The end.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void send(InetSocketAddress to, long nanos) {
            ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
            long begin = System.nanoTime();
            try {
                for (long since = 0; since < nanos; since = System.nanoTime() - begin) {
                    long due = since * PACKETS_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
                    while (sent.get() < due) {
                        channel.send(packet.clear(), to);
                        sent.incrementAndGet();
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record Reading(long nanos, long sent, long arrived, Duration cpu) {}

    static Result measure(InetAddress bind, Duration length) throws IOException, InterruptedException {
        try (Relay relay = Relay.start(PATH, bind);
                End a = new End(bind);
                End b = new End(bind)) {
            InetSocketAddress shownA = relay.present(Side.A, a.address());
            InetSocketAddress shownB = relay.present(Side.B, b.address());
            start("count a", a::count);
            start("count b", b::count);
            start("send a", () -> a.send(shownB, length.toNanos()));
            start("send b", () -> b.send(shownA, length.toNanos()));
            TimeUnit.NANOSECONDS.sleep(length.toNanos() / 2);
            Reading before = read(relay, a, b);
            TimeUnit.NANOSECONDS.sleep(length.toNanos() / 2);
            Reading after = read(relay, a, b);
            double seconds = (after.nanos - before.nanos) / NANOS;
            return new Result(
                    (after.sent - before.sent) / seconds,
                    (after.arrived - before.arrived) / seconds,
                    after.cpu.minus(before.cpu).toNanos() / NANOS / seconds,
                    relay.stats().unwanted() + SocketDrops.of(relay.process()));
        }
    }

    private static Reading read(Relay relay, End a, End b) {
        return new Reading(
                System.nanoTime(),
                a.sent.get() + b.sent.get(),
                a.arrived.get() + b.arrived.get(),
                relay.process().info().totalCpuDuration().orElse(Duration.ZERO));
    }

    private static void start(String name, Runnable run) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
    }
}
