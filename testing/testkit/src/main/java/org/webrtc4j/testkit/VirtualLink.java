package org.webrtc4j.testkit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.PacketSink;
import org.webrtc4j.common.ProtocolEngine;

/** A path between two packet consumers that know no addresses, with impairments in each direction. */
public final class VirtualLink {

    private final VirtualTime time;
    private final PacketTrace trace;
    private final End a;
    private final End b;

    /**
     * Creates a link.
     *
     * @param time the clock
     * @param random its only source of chance
     * @param impairments of both directions
     * @param trace where packets are noted
     */
    public VirtualLink(VirtualTime time, RandomGenerator random, Impairments impairments, PacketTrace trace) {
        this(
                time,
                trace,
                new ImpairedPath(impairments, random, time.nanoTime()),
                new ImpairedPath(impairments, random, time.nanoTime()));
    }

    VirtualLink(VirtualTime time, PacketTrace trace, ImpairedPath fromA, ImpairedPath fromB) {
        this.time = time;
        this.trace = trace;
        this.a = new End("192.0.2.1", fromA);
        this.b = new End("192.0.2.2", fromB);
    }

    /**
     * Returns one end.
     *
     * @return the end called a, 192.0.2.1 in traces
     */
    public End a() {
        return a;
    }

    /**
     * Returns the other end.
     *
     * @return the end called b, 192.0.2.2 in traces
     */
    public End b() {
        return b;
    }

    /**
     * Changes both directions from the next packet on.
     *
     * @param impairments what they do to packets
     */
    public void setImpairments(Impairments impairments) {
        a.setImpairments(impairments);
        b.setImpairments(impairments);
    }

    /** One end: packets transmitted here arrive at the other. */
    public final class End implements PacketSink {

        private final InetSocketAddress address;
        private final ImpairedPath out;
        private final ImpairedPath.Output fate = new ImpairedPath.Output() {
            @Override
            public void arrives(byte[] packet, long atNanos) {
                time.at(atNanos, () -> peer().arrive(packet));
            }

            @Override
            public void dropped(ByteBuffer packet, DropReason reason) {
                trace.dropped(address, peer().address, packet, reason);
            }
        };
        private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
        private @Nullable LinkReceiver receiver;
        private @Nullable EventLoop loop;

        private End(String literal, ImpairedPath out) {
            address = Addresses.of(literal, 5000);
            this.out = out;
        }

        /**
         * Sets who takes the packets that arrive here; those that arrived before are kept for it.
         *
         * @param onLoop where it is called
         * @param newReceiver who takes them
         */
        public void connect(EventLoop onLoop, LinkReceiver newReceiver) {
            loop = onLoop;
            receiver = newReceiver;
            if (!arrived.isEmpty()) {
                onLoop.execute(this::deliver);
            }
        }

        /**
         * Connects an engine that transmits here: it gets the packets that arrive, and is driven in turns.
         *
         * @param onLoop where it lives
         * @param engine the engine
         * @return for calls of the engine's owner
         */
        public EngineDriver connect(VirtualLoop onLoop, ProtocolEngine engine) {
            EngineDriver driver = new EngineDriver(onLoop, engine);
            connect(onLoop, (LinkReceiver) driver);
            return driver;
        }

        @Override
        public void transmit(ByteBuffer packet) {
            out.offer(packet, time.nanoTime(), fate);
        }

        /**
         * Changes the direction from here to the other end from the next packet on.
         *
         * @param impairments what it does to packets
         */
        public void setImpairments(Impairments impairments) {
            out.setImpairments(impairments);
        }

        /**
         * Carries nothing from here for a while.
         *
         * @param length how long from now
         */
        public void blackout(Duration length) {
            out.blackoutUntil(time.nanoTime() + length.toNanos());
        }

        /**
         * Returns the counters of the direction from here to the other end.
         *
         * @return a snapshot
         */
        public ImpairedPath.Stats sent() {
            return out.stats();
        }

        private End peer() {
            return this == a ? b : a;
        }

        private void arrive(byte[] packet) {
            trace.arrived(peer().address, address, packet);
            arrived.add(packet);
            if (loop != null && arrived.size() == 1) {
                loop.execute(this::deliver);
            }
        }

        private void deliver() {
            LinkReceiver to = receiver;
            if (to == null || arrived.isEmpty()) {
                return;
            }
            long nowNanos = time.nanoTime();
            for (byte[] packet = arrived.poll(); packet != null; packet = arrived.poll()) {
                to.onPacket(ByteBuffer.wrap(packet), nowNanos);
            }
            to.onBatchEnd(nowNanos);
        }
    }
}
