package org.webrtc4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The impairments of {@link ImpairedPath} over real sockets in real time, for tests with programs that know no virtual
 * time. Put between two sides by presenting the addresses of each to the other:
 *
 * <pre>{@code
 * InetSocketAddress shown = relay.present(Side.A, candidateOfA);   // give this to B in place of the candidate
 * }</pre>
 *
 * <p>A packet that B sends to what stands for A's address comes to A from what stands for B's, made on the way if it was
 * not presented before: to both sides the relay looks like the other side itself, so peer-reflexive candidates work.
 *
 * <p>One thread of its own. Ports are chosen by the system, one per address presented, {@value #MAX_ADDRESSES} at most;
 * packets from further addresses are dropped. {@value PacketsUnderWay#MAX_PACKETS} packets may be under way; further ones are
 * dropped and counted apart. Delays are exact to about a millisecond. Made for more than a hundred thousand packets a second:
 * packets are read in batches, and their arrays are used again.
 */
public final class UdpImpairmentRelay implements AutoCloseable {

    /** How many addresses may be presented, both sides together: {@value}. */
    public static final int MAX_ADDRESSES = 256;

    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** Asked for, not demanded: what waits there while this thread does something else. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** So that departures do not wait for a socket that never runs empty. */
    private static final int PACKETS_PER_READ = 256;

    /** Where every packet travels at least so long, packets are let gather before they are read: one turn for many. */
    private static final long PATIENT_DELAY_NANOS = 5 * NANOS_PER_MILLI;

    private static final long GATHERING_NANOS = 250_000L;

    private final InetAddress bindAddress;
    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    // Below: the relay's thread only.
    private final Map<InetSocketAddress, Standin> standins = new HashMap<>();
    private final ImpairedPath toA;
    private final ImpairedPath toB;
    private final PacketsUnderWay underWay = new PacketsUnderWay();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private long refused;
    private boolean isPatient;
    private boolean hasRead;
    private boolean closing;

    /** The two sides between which a relay stands. */
    public enum Side {
        /** One side. */
        A,
        /** The other. */
        B;

        private Side other() {
            return this == A ? B : A;
        }
    }

    /** A socket that stands for an address of one side towards the other. */
    record Standin(Side side, InetSocketAddress real, DatagramChannel channel) {}

    /**
     * Starts a relay on loopback.
     *
     * @param impairments of both directions
     * @param seed decides what is left to chance, as far as real time lets it
     */
    public UdpImpairmentRelay(Impairments impairments, long seed) {
        this(impairments, seed, InetAddress.getLoopbackAddress());
    }

    /**
     * Starts a relay.
     *
     * @param impairments of both directions
     * @param seed decides what is left to chance, as far as real time lets it
     * @param bindAddress where its sockets are opened; must reach the addresses of both sides
     * @throws UncheckedIOException when no selector can be opened
     */
    public UdpImpairmentRelay(Impairments impairments, long seed, InetAddress bindAddress) {
        this.bindAddress = bindAddress;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SplittableRandom random = new SplittableRandom(seed);
        toA = new ImpairedPath(impairments, random.split(), System.nanoTime());
        toB = new ImpairedPath(impairments, random.split(), System.nanoTime());
        isPatient = arePathsLong();
        thread = new Thread(this::run, "udp-impairment-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns what stands for an address towards the other side. The same for the same address.
     *
     * @param side whose address it is
     * @param real the address
     * @return the relay's address for it
     * @throws IllegalStateException when closed, or too many addresses were presented
     * @throws UncheckedIOException when no socket can be opened
     */
    public InetSocketAddress present(Side side, InetSocketAddress real) {
        return onThread(() -> {
            Standin standin = standin(side, real);
            if (standin == null) {
                throw new IllegalStateException("More than " + MAX_ADDRESSES + " addresses");
            }
            return local(standin);
        });
    }

    /**
     * Changes a direction from the next packet on.
     *
     * @param to the side at which its packets arrive
     * @param impairments what it does to packets
     */
    public void setImpairments(Side to, Impairments impairments) {
        onThread(() -> {
            pathTo(to).setImpairments(impairments);
            isPatient = arePathsLong();
            return true;
        });
    }

    /**
     * Returns the counters of a direction.
     *
     * @param to the side at which its packets arrive
     * @return a snapshot
     */
    public ImpairedPath.Stats stats(Side to) {
        return onThread(() -> pathTo(to).stats());
    }

    /**
     * Returns how many packets the kernel would not send, or reported as undeliverable.
     *
     * @return errors of sends and receives
     */
    public long refused() {
        return onThread(() -> refused);
    }

    /**
     * Returns how many packets were dropped because too many were under way; {@link #stats} counts them as delivered.
     *
     * @return packets of both directions
     */
    public long overflowed() {
        return onThread(underWay::overflowed);
    }

    /** Closes the sockets and ends the thread; packets under way are lost. */
    @Override
    public void close() {
        tasks.add(() -> closing = true);
        selector.wakeup();
        ended.join();
    }

    private <T> T onThread(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        CompletableFuture.anyOf(answer, ended).exceptionally(failure -> false).join();
        if (!answer.isDone()) {
            throw new IllegalStateException("The relay is closed");
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        try {
            while (!closing) {
                depart();
                if (hasRead && isPatient) {
                    LockSupport.parkNanos(GATHERING_NANOS);
                }
                hasRead = false;
                selector.select(this::read, millisToNextDeparture());
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
            for (Standin standin : standins.values()) {
                standin.channel.close();
            }
            selector.close();
            ended.complete(true);
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private boolean arePathsLong() {
        return toA.delayNanos() >= PATIENT_DELAY_NANOS && toB.delayNanos() >= PATIENT_DELAY_NANOS;
    }

    /** At least one: what is due within a millisecond waits for it. */
    private long millisToNextDeparture() {
        PacketsUnderWay.Packet next = underWay.first();
        // Zero waits for ever.
        return next == null ? 0 : Math.max(1, (next.atNanos() - System.nanoTime()) / NANOS_PER_MILLI);
    }

    private void depart() {
        long nowNanos = System.nanoTime();
        for (PacketsUnderWay.Packet next = underWay.first();
                next != null && next.atNanos() - nowNanos <= 0;
                next = underWay.first()) {
            try {
                next.send();
            } catch (IOException | UnsupportedAddressTypeException e) { // an address of the other family
                refused++;
            }
            underWay.removeFirst();
        }
    }

    private void read(SelectionKey key) {
        Standin arrivedAt = (Standin) key.attachment();
        hasRead = true;
        long nowNanos = System.nanoTime();
        try {
            for (int i = 0; i < PACKETS_PER_READ; i++) {
                SocketAddress from = arrivedAt.channel.receive(buffer.clear());
                if (from == null) {
                    return;
                }
                relay(arrivedAt, (InetSocketAddress) from, nowNanos);
            }
        } catch (IOException e) {
            refused++;
        }
    }

    private void relay(Standin arrivedAt, InetSocketAddress from, long nowNanos) {
        Standin sender = standin(arrivedAt.side.other(), from);
        if (sender != null) {
            pathTo(arrivedAt.side).offer(buffer.flip(), nowNanos, underWay.between(sender, arrivedAt));
        }
    }

    private ImpairedPath pathTo(Side side) {
        return side == Side.A ? toA : toB;
    }

    private @Nullable Standin standin(Side side, InetSocketAddress real) {
        Standin known = standins.get(real);
        if (known != null || standins.size() == MAX_ADDRESSES) {
            return known;
        }
        try {
            // A socket of both families is slower, and shows addresses of the other.
            DatagramChannel channel = bindAddress instanceof Inet4Address
                    ? DatagramChannel.open(StandardProtocolFamily.INET)
                    : DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.bind(new InetSocketAddress(bindAddress, 0));
            channel.configureBlocking(false);
            Standin made = new Standin(side, real, channel);
            channel.register(selector, SelectionKey.OP_READ, made);
            standins.put(real, made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress local(Standin standin) {
        try {
            return (InetSocketAddress) standin.channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
