package org.webrtc4j.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.webrtc4j.media.Payloads.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ProtocolEngine;

class DtmfTest implements DtmfReceiver.Listener {

    private static final long MILLI = 1_000_000;

    private record Packet(TelephoneEvent event, long timestamp, boolean marker) {}

    private final List<String> heard = new ArrayList<>();
    private final DtmfReceiver receiver = new DtmfReceiver(this);

    @Override
    public void onKeyDown(char key) {
        heard.add("down " + key);
    }

    @Override
    public void onKeyUp(char key, long durationTicks) {
        heard.add("up " + key + " " + durationTicks);
    }

    /** RFC 4733 section 2.3, and the sequence of packets of section 2.6. */
    @Test
    void aPayloadReadsAsItIsWritten() {
        TelephoneEvent event = new TelephoneEvent(11, true, 10, 800);
        assertThat(event.toBytes()).isEqualTo(hex("0b 8a 03 20"));
        assertThat(TelephoneEvent.parse(hex("ff 0b 8a 03 20 ff"), 1, 4)).isEqualTo(event);
        assertThat(TelephoneEvent.parse(hex("0b 8a 03"), 0, 3)).isNull();
    }

    @Test
    void keysAndEventsGoTogether() {
        for (char key : "0123456789*#ABCD".toCharArray()) {
            assertThat(TelephoneEvent.key(TelephoneEvent.event(key))).isEqualTo(key);
        }
        assertThat(TelephoneEvent.event('d')).isEqualTo(15);
        assertThat(TelephoneEvent.event('x')).isEqualTo(-1);
        assertThat(TelephoneEvent.key(16)).isEqualTo((char) 0);
    }

    @Test
    void aKeyIsToldEveryTwentyMillisecondsAndItsEndThreeTimesWithOneTimestamp() {
        List<Packet> packets = press('5', 8_000, 100);

        assertThat(packets)
                .extracting(packet -> packet.event.duration())
                .containsExactly(160, 320, 480, 640, 800, 800, 800);
        assertThat(packets)
                .extracting(packet -> packet.event.end())
                .containsExactly(false, false, false, false, true, true, true);
        assertThat(packets).extracting(Packet::marker).containsExactly(true, false, false, false, false, false, false);
        assertThat(packets).extracting(Packet::timestamp).containsOnly(0L);
    }

    @Test
    void aKeyIsHeardOnceWhateverIsRepeated() {
        for (Packet packet : press('#', 48_000, 100)) {
            hear(packet);
            hear(packet);
        }
        assertThat(heard).containsExactly("down #", "up # 4800");
    }

    @Test
    void aKeyIsHeardFromTheEndAlone() {
        List<Packet> packets = press('1', 8_000, 100);
        hear(packets.get(packets.size() - 1));
        assertThat(heard).containsExactly("down 1", "up 1 800");
    }

    @Test
    void withoutItsEndAKeyIsUpWhenTheNextIsDown() {
        receiver.handle(hex("01 0a 00 a0"), 0, 4, 1_000);
        assertThat(receiver.keyDown()).isEqualTo('1');
        receiver.handle(hex("02 0a 00 a0"), 0, 4, 3_000);
        assertThat(heard).containsExactly("down 1", "up 1 160", "down 2");
    }

    @Test
    void aLongKeyIsToldInSegmentsAndHeardAsOne() {
        List<Packet> packets = press('9', 48_000, 6_000);

        assertThat(packets).extracting(Packet::timestamp).contains(0L, 65_535L, 4 * 65_535L);
        assertThat(packets).filteredOn(Packet::marker).hasSize(1);
        packets.forEach(this::hear);
        assertThat(heard).containsExactly("down 9", "up 9 288000");
    }

    @Test
    void aDurationThatGoesBackIsCountedAndIgnored() {
        receiver.handle(hex("01 0a 01 40"), 0, 4, 1_000);
        receiver.handle(hex("01 0a 00 a0"), 0, 4, 1_000);
        receiver.handle(hex("01 8a 00 a0"), 0, 4, 1_000);
        receiver.handle(hex("01 8a 01 40"), 0, 4, 1_000);
        assertThat(heard).containsExactly("down 1", "up 1 320");
        assertThat(receiver.ignored()).isEqualTo(2);
    }

    @Test
    void packetsThatAreLateCutOffOrNoKeysAreIgnored() {
        receiver.handle(hex("01 0a 00 a0"), 0, 4, 1_000);
        receiver.handle(hex("02 0a 00 a0"), 0, 4, 900);
        receiver.handle(hex("10 0a 00 a0"), 0, 4, 2_000);
        receiver.handle(hex("02 0a 00"), 0, 3, 2_000);
        assertThat(heard).containsExactly("down 1");
        assertThat(receiver.ignored()).isEqualTo(3);
    }

    @Test
    void keysAreHeardInOrderThoughPacketsAreLost() {
        Random random = new Random(5);
        StringBuilder keys = new StringBuilder();
        long start = 0;
        for (int i = 0; i < 500; i++) {
            char key = TelephoneEvent.key(random.nextInt(16));
            keys.append(key);
            for (Packet packet : press(key, 8_000, 100)) {
                if (random.nextInt(4) > 0) {
                    hear(new Packet(packet.event, start + packet.timestamp, packet.marker));
                }
            }
            start += 2_000;
        }
        StringBuilder down = new StringBuilder();
        heard.stream().filter(text -> text.startsWith("down")).forEach(text -> down.append(text.charAt(5)));
        assertThat(down).hasToString(keys.toString());
    }

    @Test
    void whatIsNoKeyOrComesWhileOneIsDownIsRefused() {
        DtmfSender sender = new DtmfSender(8_000, (payload, ticks, keyNanos, marker) -> {});
        assertThatIllegalArgumentException().isThrownBy(() -> sender.press('x', 0, MILLI));
        sender.press('1', 0, MILLI);
        assertThatIllegalStateException().isThrownBy(() -> sender.press('2', 0, MILLI));
    }

    private static List<Packet> press(char key, int clockRate, int milliseconds) {
        List<Packet> packets = new ArrayList<>();
        DtmfSender sender = new DtmfSender(
                clockRate,
                (payload, ticks, keyNanos, marker) -> packets.add(new Packet(
                        Objects.requireNonNull(TelephoneEvent.parse(payload, 0, payload.length)), ticks, marker)));
        sender.press(key, 0, milliseconds * MILLI);
        while (sender.isDown()) {
            sender.handleTimeout(sender.nextTimeout());
        }
        assertThat(sender.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
        return packets;
    }

    private void hear(Packet packet) {
        receiver.handle(packet.event.toBytes(), 0, TelephoneEvent.BYTES, packet.timestamp);
    }
}
