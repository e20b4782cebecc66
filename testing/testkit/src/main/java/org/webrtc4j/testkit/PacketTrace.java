package org.webrtc4j.testkit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import org.webrtc4j.common.TimeSource;

/**
 * The latest packets of a simulation, printed as text that {@code text2pcap -l 101 -t "%s." trace.txt trace.pcap} makes a
 * capture of. Packets that arrived are the capture; those that did not are comments in it, with the reason.
 */
public final class PacketTrace {

    /** How many packets are kept by default: {@value}; older ones are forgotten. */
    public static final int DEFAULT_LIMIT_PACKETS = 200;

    private static final int BYTES_PER_LINE = 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final String COMMAND = "text2pcap -l 101 -t %s.";

    private final TimeSource clock;
    private final int limitPackets;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long forgotten;

    private record Entry(
            long epochMicros, InetSocketAddress from, InetSocketAddress to, ByteBuffer packet, String dropped) {}

    /**
     * Creates a trace of the latest {@value #DEFAULT_LIMIT_PACKETS} packets.
     *
     * @param clock gives the time of a packet
     */
    public PacketTrace(TimeSource clock) {
        this(clock, DEFAULT_LIMIT_PACKETS);
    }

    /**
     * Creates a trace.
     *
     * @param clock gives the time of a packet
     * @param limitPackets how many packets to keep
     */
    public PacketTrace(TimeSource clock, int limitPackets) {
        this.clock = clock;
        this.limitPackets = limitPackets;
    }

    /**
     * Notes a packet that arrives now.
     *
     * @param from its source, as the receiver sees it
     * @param to its destination
     * @param packet its bytes, copied
     */
    public void arrived(InetSocketAddress from, InetSocketAddress to, byte[] packet) {
        add(from, to, ByteBuffer.wrap(packet), "");
    }

    /**
     * Notes a packet that was dropped now.
     *
     * @param from its source
     * @param to its destination
     * @param packet its bytes, copied
     * @param reason why
     */
    public void dropped(InetSocketAddress from, InetSocketAddress to, ByteBuffer packet, DropReason reason) {
        add(from, to, packet, reason.name());
    }

    /**
     * Prints the trace.
     *
     * @return the packets kept, oldest first
     */
    public String print() {
        StringBuilder text = new StringBuilder("# ")
                .append(COMMAND)
                .append("; ")
                .append(forgotten)
                .append(" older packets are not kept\n");
        for (Entry entry : entries) {
            String what = entry.dropped.isEmpty() ? "arrived" : "dropped: " + entry.dropped;
            text.append("# ").append(name(entry.from)).append(" > ").append(name(entry.to));
            text.append(", ")
                    .append(entry.packet.remaining())
                    .append(" bytes, ")
                    .append(what)
                    .append('\n');
            if (entry.dropped.isEmpty()) {
                text.append(seconds(entry.epochMicros)).append('\n');
                hex(text, "", SyntheticIp.wrap(entry.from, entry.to, entry.packet));
            } else {
                hex(text, "# " + seconds(entry.epochMicros) + " ", entry.packet);
            }
        }
        return text.toString();
    }

    private void add(InetSocketAddress from, InetSocketAddress to, ByteBuffer packet, String dropped) {
        ByteBuffer copy =
                ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip();
        if (entries.size() == limitPackets) {
            entries.remove();
            forgotten++;
        }
        entries.add(new Entry(clock.epochMicros(clock.nanoTime()), from, to, copy, dropped));
    }

    private static void hex(StringBuilder text, String prefix, ByteBuffer bytes) {
        for (int line = 0; line < bytes.limit(); line += BYTES_PER_LINE) {
            text.append(prefix).append(HEX.toHexDigits(line, 6));
            for (int i = line; i < Math.min(line + BYTES_PER_LINE, bytes.limit()); i++) {
                text.append(' ').append(HEX.toHexDigits(bytes.get(i)));
            }
            text.append('\n');
        }
    }

    private static String seconds(long epochMicros) {
        return String.format(Locale.ROOT, "%d.%06d", epochMicros / 1_000_000, epochMicros % 1_000_000);
    }

    private static String name(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
