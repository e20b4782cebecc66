package org.webrtc4j.rtp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The history beside a naive one: a map of everything ever put, with the rule of who has which slot. */
final class HistoryModel {

    private static final int PACKETS = 32;
    private static final long MAX_AGE = 1_000;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(long sequence, byte[] bytes, long atNanos) {}

    private final PacketHistory history = new PacketHistory(PACKETS, MAX_AGE);
    private final Map<Integer, Kept> slots = new HashMap<>();
    private final RtpPacket packet = new RtpPacket();
    private final RtpPacket view = new RtpPacket();
    private long now;

    static void run(Choices choices) {
        HistoryModel model = new HistoryModel();
        while (!choices.isEmpty()) {
            model.step(choices);
        }
    }

    private void step(Choices choices) {
        now += choices.u8() * 4L;
        long sequence = choices.u8() + (choices.u8() & 3) * 100L;
        byte[] bytes = Packets.rtp(96, (int) sequence, now, 7, choices.u8());
        bytes[bytes.length - 1] = (byte) now;
        if (packet.parse(bytes, 0, bytes.length, now) == null) {
            packet.setUnwrapped(sequence, now);
            history.put(packet);
            Kept before = slots.get((int) sequence % PACKETS);
            if (before == null || before.sequence <= sequence) {
                slots.put((int) sequence % PACKETS, new Kept(sequence, bytes, now));
            }
        }
        now += choices.u8();
        for (long asked = sequence - 3; asked <= sequence + 3; asked++) {
            check(asked);
        }
        check(choices.u8());
    }

    private void check(long asked) {
        Kept kept = asked < 0 ? null : slots.get((int) (asked % PACKETS));
        boolean expected = kept != null && kept.sequence == asked && now - kept.atNanos <= MAX_AGE;
        if (history.contains(asked, now) != expected || history.read(asked, view, now) != expected) {
            throw new AssertionError("packet " + asked + " is there: " + !expected);
        }
        if (expected && kept != null) {
            byte[] read = Arrays.copyOfRange(view.array(), view.offset(), view.offset() + view.size());
            if (!Arrays.equals(read, kept.bytes) || view.unwrappedSequence() != asked) {
                throw new AssertionError("packet " + asked + " has other bytes");
            }
        }
        if (history.allocatedBytes() > PACKETS * RtpPacket.MAX_SIZE) {
            throw new AssertionError("grew");
        }
    }
}
