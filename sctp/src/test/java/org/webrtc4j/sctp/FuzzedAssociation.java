package org.webrtc4j.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Two associations and the packets between them, all of it directed by bytes: which state to begin in, then what to deliver,
 * lose, damage, inject, send, reset, consume, and how long to wait. The assertions of the engine itself are the test.
 */
final class FuzzedAssociation {

    private static final int MAX_WAITING = 256;
    private static final int WINDOW = 20_000;
    private static final int LARGEST_PACKET = 1_400;

    private final class Side implements SctpSink {
        final SctpAssociation association;
        final List<byte[]> inbox = new ArrayList<>();
        final int tag;
        final SctpOptions options;
        /** Messages of which parts were delivered, and not the last. */
        final Set<Long> underWay = new HashSet<>();

        long unread;
        int closed;

        Side(int index, int choices, int more) {
            tag = 0x1000 + index;
            options = SctpOptions.builder()
                    .verificationTag(tag)
                    .initialTsn(index == 0 ? 0xffff_fff0L : 7)
                    .receiveWindow(WINDOW)
                    .inboundStreams(100)
                    .maxReceiveMessageSize(15_000)
                    .maxSendMessageSize(15_000)
                    .streamBufferSize(200_000)
                    .maxAssociationRetransmits(8)
                    .interleaving((choices & (1 << index)) != 0)
                    .scheduler(SctpScheduler.values()[(choices >> 2) % 3])
                    .congestionControl(SctpCongestionControl.values()[(more >> 6) % 3])
                    .zeroChecksum((more & (1 << index)) != 0)
                    .maxProbedPacketSize((more & (4 << index)) != 0 ? LARGEST_PACKET : 0)
                    .build();
            association = new SctpAssociation(options, this, new Random(index));
        }

        @Override
        public void transmit(ByteBuffer packet) {
            if (packet.remaining() > Math.max(options.maxPacketSize(), options.maxProbedPacketSize())) {
                throw new AssertionError("packet of " + packet.remaining());
            }
            byte[] copy = new byte[packet.remaining()];
            packet.get(copy);
            List<byte[]> to = sides[this == sides[0] ? 1 : 0].inbox;
            if (to.size() < MAX_WAITING) {
                to.add(copy);
            }
        }

        @Override
        public void onEvent(SctpEvent event) {
            if (closed > 0) {
                throw new AssertionError("an event after the end: " + event);
            }
            if (event instanceof SctpEvent.Message message) {
                deliver(message.payload());
            } else if (event instanceof SctpEvent.MessagePart part) {
                deliver(part.payload());
                boolean known = part.last() ? underWay.remove(part.message()) : !underWay.add(part.message());
                if (!known && part.last()) {
                    throw new AssertionError("the last part of a message that had no other");
                }
            } else if (event instanceof SctpEvent.MessageAborted aborted) {
                if (!underWay.remove(aborted.message())) {
                    throw new AssertionError("the end of a message of which there was no part");
                }
            } else if (event instanceof SctpEvent.Closed) {
                closed++;
            }
        }

        private void deliver(byte[] payload) {
            unread += Math.max(64, payload.length);
            if (payload.length == 0 || unread > WINDOW) {
                throw new AssertionError("nothing delivered, or more than the window holds");
            }
        }

        void consume() {
            unread = 0;
            association.consumed(0, WINDOW, now);
        }
    }

    private final byte[] input;
    private int position;
    private long now = 5_000_000_000L;
    private final Side[] sides = new Side[2];
    /** Both INIT chunks travel by signalling. */
    private final boolean signalled;

    private FuzzedAssociation(byte[] input) {
        this.input = input;
        // The first byte is the stage to begin at, and what the two sides are willing to do.
        int first = input.length == 0 ? 0 : input[0] & 0xff;
        // So is the second, which is the first operation, too.
        int second = input.length < 2 ? 0 : input[1] & 0xff;
        sides[0] = new Side(0, first >> 3, second);
        sides[1] = new Side(1, first >> 3, second);
        signalled = (second & 0x30) == 0x30;
    }

    /** Runs, and returns what has been dropped on the way. */
    static Set<SctpDrop> run(byte[] input) {
        FuzzedAssociation run = new FuzzedAssociation(input);
        run.run();
        Set<SctpDrop> drops = EnumSet.noneOf(SctpDrop.class);
        for (Side side : run.sides) {
            drops.addAll(side.association.stats().drops().keySet());
        }
        return drops;
    }

    private int next() {
        return position < input.length ? input[position++] & 0xff : 0;
    }

    private boolean more() {
        return position < input.length;
    }

    private void run() {
        begin(next() % 8);
        while (more()) {
            int operation = next();
            Side side = sides[operation & 1];
            operate(operation >> 1, side);
            for (Side each : sides) {
                each.association.handleBatchEnd(now);
                each.association.nextTimeout();
                each.association.stats();
            }
        }
        settle();
    }

    /** Each state of a connection's life is a place to begin. */
    private void begin(int stage) {
        if (signalled) {
            for (int i = 0; i < (stage == 0 ? 1 : 2); i++) {
                sides[i].association.connect(SctpAssociation.initChunk(sides[1 - i].options), now);
            }
        }
        sides[0].association.connect(now);
        if (stage == 0) {
            return;
        }
        if (stage > 1) {
            sides[1].association.connect(now);
        }
        exchange(stage < 4 ? stage - 1 : 12);
        if (stage > 3) {
            sendMuch();
        }
        switch (stage) {
            case 5 -> sides[0].association.shutdown(now);
            case 6 -> {
                sides[0].association.send(1, 53, new byte[5_000], SendOptions.ORDERED, now);
                sides[0].association.shutdown(now);
                exchange(1);
            }
            case 7 -> {
                sides[0].association.resetStreams(new int[] {1, 2}, now);
                exchange(1);
            }
            default -> {
                // Established, or on the way there.
            }
        }
    }

    /** Enough for a search of the path's packet size to begin. */
    private void sendMuch() {
        for (Side side : sides) {
            for (int i = 0; i < 5 && side.options.maxProbedPacketSize() > 0; i++) {
                side.association.send(1, 53, new byte[15_000], SendOptions.ORDERED, now);
                for (int round = 0; round < 12; round++) {
                    exchange(1);
                    pass(1_000_000L);
                    for (Side each : sides) {
                        each.consume();
                    }
                }
            }
        }
    }

    private void exchange(int rounds) {
        for (int i = 0; i < rounds; i++) {
            for (Side side : sides) {
                side.association.handleBatchEnd(now);
            }
            for (Side side : sides) {
                while (!side.inbox.isEmpty()) {
                    side.association.handlePacket(ByteBuffer.wrap(side.inbox.remove(0)), now);
                }
            }
        }
    }

    private void operate(int operation, Side side) {
        switch (operation % 16) {
            case 0, 1, 2 -> deliver(side, false);
            case 3 -> deliver(side, true);
            case 4 -> {
                if (!side.inbox.isEmpty()) {
                    side.inbox.remove(next() % side.inbox.size());
                }
            }
            case 5 -> damage(side);
            case 6, 7, 8 -> inject(side);
            case 9 -> pass(next() * 1_000_000L);
            case 10 -> pass(Math.max(0, Math.min(side.association.nextTimeout() - now, 100_000_000_000L)));
            case 11, 12 -> send(side);
            case 13 -> side.association.resetStreams(new int[] {next() % 8}, now);
            case 14 -> side.consume();
            default -> {
                switch (next() % 8) {
                    case 0 -> side.association.shutdown(now);
                    case 1 -> side.association.abort(now);
                    case 2 -> side.association.connect(now);
                    case 3 -> side.association.setStreamPriority(next() % 8, 1 + next());
                    case 6 -> side.association.setStreaming(next() % 8, next() % 4 != 0);
                    case 4 -> side.association.setBufferedAmountLowThreshold(next() % 8, next() * 100L);
                    case 5 ->
                        side.association.drainSent((stream, bytes) -> {
                            if (bytes <= 0) {
                                throw new AssertionError("nothing drained");
                            }
                        });
                    case 7 -> side.association.pathChanged(now);
                    default -> side.association.handleTimeout(now);
                }
            }
        }
    }

    private void deliver(Side side, boolean keep) {
        if (!side.inbox.isEmpty()) {
            int index = next() % side.inbox.size();
            byte[] packet = keep ? side.inbox.get(index) : side.inbox.remove(index);
            side.association.handlePacket(ByteBuffer.wrap(packet), now);
        }
    }

    /** Changes bytes of a packet and seals it again, so that it gets past the checksum. */
    private void damage(Side side) {
        if (side.inbox.isEmpty()) {
            return;
        }
        byte[] packet = side.inbox.get(next() % side.inbox.size()).clone();
        for (int i = next() % 8; i >= 0; i--) {
            packet[(12 + next()) % packet.length] = (byte) next();
        }
        RawPeer.seal(packet);
        if (side.options.zeroChecksum() && (packet[packet.length - 1] & 1) == 0) {
            Arrays.fill(packet, 8, 12, (byte) 0);
        }
        side.association.handlePacket(ByteBuffer.wrap(packet), now);
    }

    /** A packet with the right tag whose chunk is made of input bytes; numbers near the ones in use are favoured. */
    private void inject(Side side) {
        int type = new int[] {0, 3, 192, 130, 1, 2, 6, 7, 8, 9, 10, 11, 14, 4, 5, 132, 64, 194}[next() % 18];
        byte[] value = new byte[next() % 64];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) next();
        }
        int base = side == sides[0] ? 7 : 0xffff_fff0;
        if (type == 3) {
            base = side == sides[0] ? 0xffff_fff0 : 7;
        }
        byte[] chunk;
        int near = base + next() - 8;
        if (type == 64) {
            // Numbers of messages and fragments near those in use, too.
            byte[] numbers = RawPeer.join(RawPeer.u16(next() % 8, 0), RawPeer.i32(next() - 8, next() % 16));
            chunk = RawPeer.chunk(type, next(), RawPeer.i32(near), numbers, value);
        } else if (type == 194) {
            byte[] entry = RawPeer.join(RawPeer.u16(next() % 8, next() & 1), RawPeer.i32(next() - 8));
            chunk = RawPeer.chunk(type, 0, RawPeer.i32(near), entry, next() % 4 == 0 ? value : new byte[0]);
        } else if (type == 0 || type == 3 || type == 192 || type == 7) {
            chunk = RawPeer.chunk(type, next(), RawPeer.i32(near), value);
        } else if (type == 130) {
            int parameter = 13 + next() % 6;
            chunk = RawPeer.chunk(130, 0, RawPeer.parameter(parameter, RawPeer.i32(near), value));
        } else {
            chunk = RawPeer.chunk(type, next() & 1, value);
        }
        byte[] packet = RawPeer.packet(type == 1 ? 0 : side.tag, chunk);
        side.association.handlePacket(ByteBuffer.wrap(packet), now);
    }

    private void pass(long nanos) {
        now += nanos;
        for (Side side : sides) {
            side.association.handleTimeout(now);
        }
    }

    private void send(Side side) {
        SendOptions options =
                switch (next() % 4) {
                    case 0 -> SendOptions.UNORDERED;
                    case 1 -> new SendOptions(false, next() % 3, SendOptions.UNLIMITED);
                    case 2 -> new SendOptions(true, SendOptions.UNLIMITED, next() * 1_000_000L);
                    default -> SendOptions.ORDERED;
                };
        side.association.send(next() % 8, 53, new byte[next() * next() / 4], options, now);
    }

    /** Left alone, both come to rest: no endless exchange, and nothing held that cannot be. */
    private void settle() {
        long packets = 0;
        for (int i = 0; i < 2_000; i++) {
            for (Side side : sides) {
                side.consume();
                side.association.handleBatchEnd(now);
            }
            boolean idle = true;
            for (Side side : sides) {
                idle &= side.inbox.isEmpty();
                packets += side.inbox.size();
                while (!side.inbox.isEmpty()) {
                    side.association.handlePacket(ByteBuffer.wrap(side.inbox.remove(0)), now);
                }
            }
            if (idle) {
                return;
            }
        }
        throw new AssertionError("no rest after " + packets + " packets without time passing");
    }
}
