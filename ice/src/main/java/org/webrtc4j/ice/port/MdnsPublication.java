package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.PacketSink;

/**
 * Answers questions for the .local names of this process by multicast DNS (RFC 6762), as an engine without sockets. It has no
 * timers: names are random (draft-ietf-mmusic-mdns-ice-candidates section 3.1.1), so that nobody is asked whether they are taken.
 */
final class MdnsPublication {

    /** More names at a time are refused: their addresses are told to nobody. */
    static final int MAX_NAMES = 10_000;

    /** More questions in one message are not answered. */
    static final int MAX_QUESTIONS = 32;

    /** A name is told once in this time (RFC 6762 section 6): who asks meanwhile has heard the answer to the other. */
    static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1) / 2;

    static final int TTL_SECONDS = 120;

    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int TYPE_ANY = 255;
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;
    /** RFC 6762 section 5.4: the top bit of the class asks for an answer to the asker alone, which multicast is, too. */
    private static final int CLASS_MASK = 0x7FFF;
    /** RFC 6762 section 10.2: nobody else has records for this name. */
    private static final int FLUSH_CACHE = 0x8000;

    private static final int RECORD_BYTES = MdnsName.MAX_BYTES + 10 + 16;

    private final PacketSink sink;
    private final Map<String, Published> names = new LinkedHashMap<>();
    private final ByteBuffer response = ByteBuffer.allocate(UdpSocket.MAX_DATAGRAM);
    private final StringBuilder name = new StringBuilder(MdnsName.MAX_BYTES);

    private static final class Published {
        final InetAddress address;
        boolean told;
        long toldNanos;

        Published(InetAddress address) {
            this.address = address;
        }
    }

    /**
     * Makes an engine without names.
     *
     * @param sink takes responses for the multicast group
     */
    MdnsPublication(PacketSink sink) {
        this.sink = sink;
    }

    /** Answers for a name from now on; false when there is no room. */
    boolean publish(String text, InetAddress address) {
        String normalized = MdnsName.normalize(text);
        if (normalized == null || names.size() >= MAX_NAMES) {
            return false;
        }
        names.put(normalized, new Published(address));
        return true;
    }

    void withdraw(String text) {
        String normalized = MdnsName.normalize(text);
        if (normalized != null) {
            names.remove(normalized);
        }
    }

    void clear() {
        names.clear();
    }

    /** Takes a message that came to the group. */
    void handlePacket(ByteBuffer packet, long nowNanos) {
        if (names.isEmpty() || packet.remaining() < HEADER) {
            return;
        }
        ByteBuffer message = packet.slice();
        // RFC 6762 section 18: a query (QR clear), with opcode and rcode zero.
        if ((message.getShort(2) & 0xF80F) != 0) {
            return;
        }
        begin();
        int questions = Math.min(message.getShort(4) & 0xFFFF, MAX_QUESTIONS);
        int answers = 0;
        int at = HEADER;
        for (int i = 0; i < questions; i++) {
            at = MdnsName.read(message, at, name);
            if (at < 0 || message.limit() - at < 4) {
                break;
            }
            Published published = names.get(name.toString());
            if (published != null
                    && asksFor(published, message.getShort(at) & 0xFFFF, message.getShort(at + 2) & CLASS_MASK)
                    && mayTell(published, nowNanos)
                    && response.remaining() >= RECORD_BYTES) {
                published.told = true;
                published.toldNanos = nowNanos;
                write(published.address);
                answers++;
            }
            at += 4;
        }
        if (answers > 0) {
            response.putShort(6, (short) answers);
            sink.transmit(response.flip());
        }
    }

    private static boolean asksFor(Published published, int type, int clazz) {
        int own = published.address.getAddress().length == 4 ? TYPE_A : TYPE_AAAA;
        return (type == own || type == TYPE_ANY) && (clazz == CLASS_IN || clazz == CLASS_ANY);
    }

    private static boolean mayTell(Published published, long nowNanos) {
        return !published.told || nowNanos - published.toldNanos >= REST_NANOS;
    }

    /** RFC 6762 section 18: no id, an authoritative response, no questions. */
    private void begin() {
        response.clear();
        response.putShort((short) 0).putShort((short) 0x8400);
        response.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    }

    /** One resource record (RFC 1035 section 4.1.3) for the name just read. */
    private void write(InetAddress address) {
        byte[] bytes = address.getAddress();
        MdnsName.write(name.toString(), response);
        response.putShort((short) (bytes.length == 4 ? TYPE_A : TYPE_AAAA));
        response.putShort((short) (CLASS_IN | FLUSH_CACHE));
        response.putInt(TTL_SECONDS).putShort((short) bytes.length).put(bytes);
    }

    /** The address that a name stands for, for tests. */
    @Nullable
    InetAddress address(String text) {
        Published published = names.get(text);
        return published == null ? null : published.address;
    }
}
