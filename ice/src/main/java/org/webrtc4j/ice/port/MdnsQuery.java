package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.webrtc4j.common.PacketSink;
import org.webrtc4j.common.ProtocolEngine;

/**
 * Asks for the addresses of .local names by multicast DNS (RFC 6762), as an engine without sockets.
 *
 * <p>A name is asked for at most {@link #TRIES} times, {@link #TRY_NANOS} apart (RFC 6762 section 5.2 wants at least a
 * second), and answered with the addresses of the first message that has any. Only answers for names asked are looked at;
 * nothing is cached.
 */
final class MdnsQuery implements ProtocolEngine {

    static final int TRIES = 3;
    static final long TRY_NANOS = 1_000_000_000L;

    /** More names at a time are answered with nothing at once. */
    static final int MAX_OUTSTANDING = 32;

    /** More who ask for one name at a time are answered with nothing at once. */
    static final int MAX_ASKERS_PER_NAME = 32;

    /** More addresses in one answer are ignored. */
    static final int MAX_ADDRESSES = 8;

    /** More resource records in one message are ignored: a stranger's counts are no reason to work. */
    static final int MAX_RECORDS = 256;

    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int CLASS_IN = 1;
    /** RFC 6762 section 10.2: the top bit of the class says "flush the cache". */
    private static final int CLASS_MASK = 0x7FFF;

    private final PacketSink sink;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final ByteBuffer query = ByteBuffer.allocate(HEADER + 2 * (MdnsName.MAX_BYTES + 4));
    private final StringBuilder name = new StringBuilder(MdnsName.MAX_BYTES);

    /** A name that has been asked for. */
    private static final class Pending {
        private final List<Consumer<List<InetAddress>>> askers = new ArrayList<>(1);
        private final List<InetAddress> found = new ArrayList<>(1);
        private int tries;
        private long retryNanos;
    }

    /**
     * Makes an engine.
     *
     * @param sink takes queries for the multicast group
     */
    MdnsQuery(PacketSink sink) {
        this.sink = sink;
    }

    /**
     * Asks for a name.
     *
     * @param answer called once, perhaps before this returns; must not call back into this engine
     */
    void ask(String text, long nowNanos, Consumer<List<InetAddress>> answer) {
        String asked = MdnsName.normalize(text);
        Pending known = asked == null ? null : pending.get(asked);
        if (asked == null
                || (known == null && pending.size() >= MAX_OUTSTANDING)
                || (known != null && known.askers.size() >= MAX_ASKERS_PER_NAME)) {
            answer.accept(List.of());
            return;
        }
        if (known != null) {
            known.askers.add(answer);
            return;
        }
        Pending fresh = new Pending();
        fresh.askers.add(answer);
        pending.put(asked, fresh);
        transmit(asked, fresh, nowNanos);
        assert consistent();
    }

    /** Answers everybody with nothing: no query can be sent. */
    void giveUp() {
        List<Pending> all = List.copyOf(pending.values());
        pending.clear();
        all.forEach(given -> answer(given, List.of()));
    }

    private void transmit(String asked, Pending entry, long nowNanos) {
        entry.tries++;
        entry.retryNanos = nowNanos + TRY_NANOS;
        query.clear();
        query.putShort((short) 0).putShort((short) 0); // RFC 6762 section 18: id and flags are zero
        query.putShort((short) 2).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        for (int type : new int[] {TYPE_A, TYPE_AAAA}) {
            MdnsName.write(asked, query);
            query.putShort((short) type).putShort((short) CLASS_IN);
        }
        sink.transmit(query.flip());
    }

    /** Takes a message that came to the group or to our socket. */
    @Override
    public void handlePacket(ByteBuffer packet, long nowNanos) {
        if (pending.isEmpty() || packet.remaining() < HEADER) {
            return;
        }
        ByteBuffer message = packet.slice();
        int flags = message.getShort(2) & 0xFFFF;
        // RFC 6762 section 18: a response (QR set), with opcode and rcode zero.
        if ((flags & 0xF80F) != 0x8000) {
            return;
        }
        int at = HEADER;
        int questions = Math.min(count(message, 4), MAX_RECORDS);
        for (int i = 0; i < questions && at >= 0; i++) {
            at = MdnsName.read(message, at, name);
            at = at < 0 ? -1 : at + 4;
        }
        int records = Math.min(count(message, 6) + count(message, 8) + count(message, 10), MAX_RECORDS);
        for (int i = 0; i < records && at >= 0; i++) {
            at = readRecord(message, at);
        }
        answerFound();
        assert consistent();
    }

    private static int count(ByteBuffer message, int index) {
        return message.getShort(index) & 0xFFFF;
    }

    /**
     * Reads one resource record (RFC 1035 section 4.1.3).
     *
     * @return the index behind it, or -1
     */
    private int readRecord(ByteBuffer message, int at) {
        int fixed = MdnsName.read(message, at, name);
        if (fixed < 0 || message.limit() - fixed < 10) {
            return -1;
        }
        int type = count(message, fixed);
        int clazz = count(message, fixed + 2) & CLASS_MASK;
        long ttl = message.getInt(fixed + 4) & 0xFFFF_FFFFL;
        int length = count(message, fixed + 8);
        int data = fixed + 10;
        if (length > message.limit() - data) {
            return -1;
        }
        boolean address = (type == TYPE_A && length == 4) || (type == TYPE_AAAA && length == 16);
        // A record with a TTL of zero says goodbye (RFC 6762 section 10.1).
        if (address && clazz == CLASS_IN && ttl > 0) {
            Pending entry = pending.get(name.toString());
            if (entry != null && entry.found.size() < MAX_ADDRESSES) {
                add(entry.found, message, data, length);
            }
        }
        return data + length;
    }

    private static void add(List<InetAddress> found, ByteBuffer message, int at, int length) {
        byte[] bytes = new byte[length];
        message.get(at, bytes);
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            if (!address.isAnyLocalAddress() && !address.isMulticastAddress() && !found.contains(address)) {
                found.add(address);
            }
        } catch (UnknownHostException e) {
            throw new AssertionError("the length was checked", e);
        }
    }

    private void answerFound() {
        for (Iterator<Pending> entries = pending.values().iterator(); entries.hasNext(); ) {
            Pending entry = entries.next();
            if (!entry.found.isEmpty()) {
                entries.remove();
                answer(entry, List.copyOf(entry.found));
            }
        }
    }

    private static void answer(Pending entry, List<InetAddress> addresses) {
        entry.askers.forEach(asker -> asker.accept(addresses));
    }

    @Override
    public void handleTimeout(long nowNanos) {
        for (Iterator<Map.Entry<String, Pending>> entries = pending.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, Pending> entry = entries.next();
            Pending waiting = entry.getValue();
            if (waiting.retryNanos - nowNanos > 0) {
                continue;
            }
            if (waiting.tries < TRIES) {
                transmit(entry.getKey(), waiting, nowNanos);
            } else {
                entries.remove();
                answer(waiting, List.of());
            }
        }
        assert consistent();
    }

    @Override
    public long nextTimeout() {
        long next = NEVER;
        for (Pending entry : pending.values()) {
            next = next == NEVER || entry.retryNanos - next < 0 ? entry.retryNanos : next;
        }
        return next;
    }

    private boolean consistent() {
        for (Pending entry : pending.values()) {
            assert entry.found.isEmpty() && !entry.askers.isEmpty() && entry.tries >= 1 && entry.tries <= TRIES;
        }
        return pending.size() <= MAX_OUTSTANDING;
    }
}
