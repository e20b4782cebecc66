package org.webrtc4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * packets from further addresses are dropped. Delays are exact to about a millisecond.
 */
public final class UdpImpairmentRelay implements AutoCloseable {

    /** How many addresses may be presented, both sides together: {@value}. */
    public static final int MAX_ADDRESSES = 256;

    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final InetAddress bindAddress;
    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    // Below: the relay's thread only.
    private final Map<InetSocketAddress, Standin> standins = new HashMap<>();
    private final ImpairedPath toA;
    private final ImpairedPath toB;
    private final PriorityQueue<Departure> departures = new PriorityQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
    private long departuresMade;
    private long refused;
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
    private record Standin(Side side, InetSocketAddress real, DatagramChannel channel) {}

    private record Departure(long atNanos, long order, ByteBuffer packet, Standin from, InetSocketAddress to)
            implements Comparable<Departure> {

        @Override
        public int compareTo(Departure other) {
            // By difference: the system's clock may wrap.
            int byTime = Long.signum(atNanos - other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

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

    /** At least one: what is due within a millisecond waits for it. */
    private long millisToNextDeparture() {
        Departure next = departures.peek();
        // Zero waits for ever.
        return next == null ? 0 : Math.max(1, (next.atNanos - System.nanoTime()) / NANOS_PER_MILLI);
    }

    private void depart() {
        long nowNanos = System.nanoTime();
        for (Departure next = departures.peek();
                next != null && next.atNanos - nowNanos <= 0;
                next = departures.peek()) {
            departures.remove();
            try {
                next.from.channel.send(next.packet, next.to);
            } catch (IOException e) {
                refused++;
            }
        }
    }

    private void read(SelectionKey key) {
        Standin arrivedAt = (Standin) key.attachment();
        try {
            buffer.clear();
            for (SocketAddress from = arrivedAt.channel.receive(buffer);
                    from != null;
                    from = arrivedAt.channel.receive(buffer.clear())) {
                relay(arrivedAt, (InetSocketAddress) from, buffer.flip());
            }
        } catch (IOException e) {
            refused++;
        }
    }

    private void relay(Standin arrivedAt, InetSocketAddress from, ByteBuffer packet) {
        Standin sender = standin(arrivedAt.side.other(), from);
        if (sender == null) {
            return;
        }
        pathTo(arrivedAt.side).offer(packet, System.nanoTime(), new ImpairedPath.Output() {
            @Override
            public void arrives(byte[] bytes, long atNanos) {
                departures.add(
                        new Departure(atNanos, departuresMade++, ByteBuffer.wrap(bytes), sender, arrivedAt.real));
            }

            @Override
            public void dropped(ByteBuffer bytes, DropReason reason) {}
        });
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
            DatagramChannel channel = DatagramChannel.open();
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
