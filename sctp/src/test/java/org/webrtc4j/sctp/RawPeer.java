package org.webrtc4j.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.webrtc4j.common.ByteReader;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.packet.Checksum;

/** Plays the peer of one association by hand: builds every chunk it receives, and reads every chunk it sends. */
final class RawPeer implements SctpSink {

    static final int OUR_TAG = 0x2222_2222;
    static final int PEER_TAG = 0x1111_1111;
    static final int OUR_TSN = 1000;
    static final int PEER_TSN = 5000;
    static final long MILLI = 1_000_000L;

    /** A chunk the association has sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chunk(int type, int flags, byte[] value, int tag, int packet) {
        int i32(int at) {
            return ByteBuffer.wrap(value).getInt(at);
        }

        int u16(int at) {
            return ByteBuffer.wrap(value).getShort(at) & 0xffff;
        }
    }

    final SctpAssociation association;
    final List<Chunk> sent = new ArrayList<>();
    final List<SctpEvent> events = new ArrayList<>();
    final List<SctpEvent.Message> messages = new ArrayList<>();
    boolean consume = true;
    long now = 1_000 * MILLI;
    int packets;
    /** The numbers of packets that came with zero in place of their checksum, where that is expected at all. */
    final Set<Integer> unchecked = new TreeSet<>();

    boolean expectsUnchecked;
    /** Window the hand-made SACKs advertise. */
    int window = 1 << 20;

    RawPeer(SctpOptionsBuilder options) {
        association = new SctpAssociation(
                options.verificationTag(OUR_TAG).initialTsn(OUR_TSN).build(), this, new Random(3));
    }

    static SctpOptionsBuilder options() {
        return SctpOptions.builder().maxSendMessageSize(0);
    }

    /** An association that has completed its set-up. */
    static RawPeer established() {
        return established(options());
    }

    static RawPeer established(SctpOptionsBuilder options) {
        return established(options, 1 << 20);
    }

    static RawPeer established(SctpOptionsBuilder options, int window) {
        return established(options, window, extensions(130, 192));
    }

    /** An association both sides of which list I-DATA and I-FORWARD-TSN. */
    static RawPeer interleaving(SctpOptionsBuilder options, int window) {
        return established(options.interleaving(true), window, extensions(130, 192, 64, 194));
    }

    static RawPeer interleaving() {
        return interleaving(options(), 1 << 20);
    }

    private static RawPeer established(SctpOptionsBuilder options, int window, byte[] extensions) {
        RawPeer peer = new RawPeer(options);
        peer.window = window;
        peer.association.connect(peer.now);
        peer.turn();
        peer.receive(initAck(peer.window, forwardTsnSupported(), extensions, cookie(new byte[16])));
        peer.receive(chunk(11, 0));
        if (peer.association.state() != SctpState.ESTABLISHED) {
            throw new AssertionError(peer.association.state());
        }
        peer.sent.clear();
        return peer;
    }

    @Override
    public void onEvent(SctpEvent event) {
        if (event instanceof SctpEvent.Message message) {
            messages.add(message);
            if (consume) {
                association.consumed(message.streamId(), message.payload().length, now);
            }
        } else {
            events.add(event);
        }
    }

    @Override
    public void transmit(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        packets++;
        if (expectsUnchecked && Checksum.read(bytes, 0) == 0) {
            unchecked.add(packets);
        } else if (Checksum.read(bytes, 0) != new Checksum().compute(bytes, 0, bytes.length)) {
            throw new AssertionError("bad checksum");
        }
        if (bytes.length % 4 != 0) {
            throw new AssertionError("bad packet");
        }
        ByteReader reader = new ByteReader().reset(bytes, 0, bytes.length);
        reader.i32();
        int tag = reader.i32();
        reader.i32();
        while (reader.remaining() >= 4) {
            int type = reader.u8();
            int flags = reader.u8();
            int length = reader.u16();
            sent.add(new Chunk(type, flags, reader.bytes(length - 4), tag, packets));
            reader.skip(Math.min(-length & 3, reader.remaining()));
        }
        if (reader.failed() || reader.remaining() > 0) {
            throw new AssertionError("bad chunks");
        }
    }

    void turn() {
        association.handleBatchEnd(now);
    }

    /** Lets time pass, stopping at every timeout. */
    void pass(long nanos) {
        long until = now + nanos;
        while (association.nextTimeout() <= until) {
            now = Math.max(now, association.nextTimeout());
            association.handleTimeout(now);
            turn();
        }
        now = until;
    }

    /** One packet with the right tag, and the end of its batch. */
    void receive(byte[]... chunks) {
        receiveTagged(OUR_TAG, chunks);
    }

    void receiveTagged(int tag, byte[]... chunks) {
        receiveRaw(packet(tag, chunks));
    }

    void receiveRaw(byte[] packet) {
        association.handlePacket(ByteBuffer.wrap(packet), now);
        turn();
    }

    /** A packet that is not the end of its batch. */
    void receiveOnly(byte[]... chunks) {
        association.handlePacket(ByteBuffer.wrap(packet(OUR_TAG, chunks)), now);
    }

    static byte[] packet(int tag, byte[]... chunks) {
        return packet(5000, 5000, tag, chunks);
    }

    static byte[] packet(int source, int destination, int tag, byte[]... chunks) {
        byte[] bytes = join(u16(source, destination), i32(tag, 0), join(chunks));
        seal(bytes);
        return bytes;
    }

    static void seal(byte[] packet) {
        Checksum.store(packet, 0, new Checksum().compute(packet, 0, packet.length));
    }

    /** A chunk, or a parameter's bytes, from parts; padded. */
    static byte[] chunk(int type, int flags, byte[]... parts) {
        byte[] value = join(parts);
        ByteWriter writer = new ByteWriter((4 + value.length + 3) & ~3);
        writer.u8(type).u8(flags).u16(4 + value.length).bytes(value).zeros(-value.length & 3);
        return writer.array();
    }

    static byte[] parameter(int type, byte[]... parts) {
        byte[] value = join(parts);
        ByteWriter writer = new ByteWriter((4 + value.length + 3) & ~3);
        writer.u16(type).u16(4 + value.length).bytes(value).zeros(-value.length & 3);
        return writer.array();
    }

    static byte[] join(byte[]... parts) {
        ByteWriter writer =
                new ByteWriter(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            writer.bytes(part);
        }
        return writer.array();
    }

    static byte[] i32(int... values) {
        ByteWriter writer = new ByteWriter(4 * values.length);
        for (int value : values) {
            writer.i32(value);
        }
        return writer.array();
    }

    static byte[] u16(int... values) {
        ByteWriter writer = new ByteWriter(2 * values.length);
        for (int value : values) {
            writer.u16(value);
        }
        return writer.array();
    }

    static byte[] forwardTsnSupported() {
        return parameter(0xc000);
    }

    static byte[] extensions(int... chunks) {
        byte[] list = new byte[chunks.length];
        for (int i = 0; i < list.length; i++) {
            list[i] = (byte) chunks[i];
        }
        return parameter(0x8008, list);
    }

    static byte[] cookie(byte[] bytes) {
        return parameter(7, bytes);
    }

    static byte[] init(byte[]... parameters) {
        return init(PEER_TAG, PEER_TSN, parameters);
    }

    static byte[] init(int tag, int tsn, byte[]... parameters) {
        return chunk(1, 0, i32(tag, 1 << 20), u16(65_535, 65_535), i32(tsn), join(parameters));
    }

    static byte[] initAck(int window, byte[]... parameters) {
        return chunk(2, 0, i32(PEER_TAG, window), u16(65_535, 65_535), i32(PEER_TSN), join(parameters));
    }

    /** A DATA chunk; the TSN counts from the peer's first. */
    static byte[] data(int tsn, int flags, int stream, int ssn, byte... payload) {
        return chunk(0, flags, i32(PEER_TSN + tsn), u16(stream, ssn), i32(53), payload);
    }

    /** An I-DATA chunk; the TSN counts from the peer's first, the word is a PPID at the beginning and else the fragment. */
    static byte[] iData(int tsn, int flags, int stream, int mid, int fragment, byte... payload) {
        int word = (flags & 2) != 0 ? 53 : fragment;
        return chunk(64, flags, i32(PEER_TSN + tsn), u16(stream, 0), i32(mid, word), payload);
    }

    /** I-FORWARD-TSN; entries are stream, whether unordered, message identifier. */
    static byte[] iForwardTsn(int tsn, int... entries) {
        byte[] list = new byte[0];
        for (int i = 0; i < entries.length; i += 3) {
            list = join(list, u16(entries[i], entries[i + 1]), i32(entries[i + 2]));
        }
        return chunk(194, 0, i32(PEER_TSN + tsn), list);
    }

    /** A SACK; TSNs count from our first, -1 acknowledges nothing. */
    byte[] sack(int cumulative, int... gaps) {
        return chunk(3, 0, i32(OUR_TSN + cumulative, window), u16(gaps.length / 2, 0), u16(gaps));
    }

    List<Chunk> sent(int type) {
        return sent.stream().filter(c -> c.type() == type).toList();
    }

    /** A SACK that reports duplicates, too. */
    byte[] sack(int cumulative, int[] gaps, int... duplicates) {
        int[] tsns = Arrays.stream(duplicates).map(tsn -> OUR_TSN + tsn).toArray();
        return chunk(
                3, 0, i32(OUR_TSN + cumulative, window), u16(gaps.length / 2, duplicates.length), u16(gaps), i32(tsns));
    }

    /** What was sent of a type since the last call, which forgets everything. */
    List<Chunk> take(int type) {
        List<Chunk> chunks = sent(type);
        sent.clear();
        return chunks;
    }

    /** TSNs of DATA sent since the last call, counted from our first. */
    List<Integer> takeTsns() {
        return take(0).stream().map(c -> c.i32(0) - OUR_TSN).toList();
    }

    SendStatus send(int stream, int size) {
        return send(stream, size, SendOptions.ORDERED);
    }

    SendStatus send(int stream, int size, SendOptions options) {
        return association.send(stream, 53, new byte[size], options, now);
    }

    long drops(SctpDrop reason) {
        return association.stats().drops().getOrDefault(reason, 0L);
    }

    <T extends SctpEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
