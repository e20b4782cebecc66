package org.webrtc4j.rtp.fec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.rtp.Packets;

/** Packets that are lost come back out of others (RFC 5109, draft-ietf-payload-flexible-fec-scheme-03). */
class FecTest {

    private static final int SSRC = 2;
    private static final long CYCLE = 1 << 16;

    private static byte[] media(int type, int sequence, int timestamp, int length) {
        byte[] payload = new byte[length];
        new Random(sequence).nextBytes(payload);
        return Packets.rtp(type, false, sequence & 0xffff, timestamp, SSRC, null, payload);
    }

    private static void add(FecGenerator generator, byte[] packet, long sequence) {
        assertThat(generator.add(packet, 12, packet, 12, packet.length - 12, sequence))
                .isTrue();
    }

    private static byte[] written(FecGenerator generator, int index) {
        byte[] out = new byte[1_500];
        return Arrays.copyOf(out, generator.write(index, out, 0));
    }

    private static List<byte[]> recover(FecRecovery recovery) {
        List<byte[]> back = new ArrayList<>();
        recovery.recover((bytes, length) -> back.add(Arrays.copyOf(bytes, length)));
        return back;
    }

    /** The four packets of RFC 5109 section 10.1. */
    private static List<byte[]> four() {
        return List.of(media(11, 8, 3, 200), media(18, 9, 5, 140), media(11, 10, 7, 100), media(18, 11, 9, 340));
    }

    @Test
    void theExampleOfTheRfcIsWrittenAsItSays() {
        FecGenerator generator = new FecGenerator(FecScheme.ULPFEC, SSRC);
        List<byte[]> four = four();
        for (int i = 0; i < 4; i++) {
            add(generator, four.get(i), 8 + i);
        }
        assertThat(generator.end(1)).isEqualTo(1);
        byte[] repair = written(generator, 0);
        // E, L, P, X, CC and M 0; PT recovery 11 ^ 18 ^ 11 ^ 18; SN base 8; TS recovery 3 ^ 5 ^ 7 ^ 9; length recovery
        // 200 ^ 140 ^ 100 ^ 340; protection length 340; mask F000.
        assertThat(HexFormat.of().formatHex(repair, 0, 14))
                .isEqualTo("0000" + "0008" + "00000008" + "0174" + "0154f000");
        assertThat(repair).hasSize(14 + 340);
        assertThat(repair[14 + 339]).isEqualTo(four.get(3)[12 + 339]);
    }

    @Test
    void aRepairPacketWithMasksOfEveryLengthIsReadAsTheDraftWritesIt() {
        RepairHeader header = new RepairHeader();
        String fixed = "12fb abcd 01234567 01000000 00000002 dead ";
        byte[] bytes = Packets.hex(fixed + "c001" + "aabb");
        assertThat(header.read(FecScheme.FLEXFEC_03, bytes, 0, bytes.length)).isNull();
        assertThat(header.flags).isEqualTo(0x12);
        assertThat(header.markerAndType).isEqualTo(0xfb);
        assertThat(header.length).isEqualTo(0xabcd);
        assertThat(header.timestamp).isEqualTo(0x01234567);
        assertThat(header.base).isEqualTo(0xdead);
        assertThat(header.ssrc).isEqualTo(2);
        assertThat(header.first).isEqualTo(1L | 1L << 14);
        assertThat(header.protectedBytes).isEqualTo(2);

        bytes = Packets.hex(fixed + "0001 80000001");
        assertThat(header.read(FecScheme.FLEXFEC_03, bytes, 0, bytes.length)).isNull();
        assertThat(header.first).isEqualTo(1L << 14 | 1L << 45);

        bytes = Packets.hex(fixed + "0001 00000001 c000000000000001");
        assertThat(header.read(FecScheme.FLEXFEC_03, bytes, 0, bytes.length)).isNull();
        assertThat(header.first).isEqualTo(1L << 14 | 1L << 45 | 1L << 46);
        assertThat(header.last()).isEqualTo(108);
        byte[] again = new byte[RepairHeader.MAX_BYTES];
        assertThat(header.write(FecScheme.FLEXFEC_03, again, 0)).isEqualTo(bytes.length);
        assertThat(again).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void anyOneLostPacketComesBackByteForByte(FecScheme scheme) {
        List<byte[]> four = four();
        for (int lost = 0; lost < 4; lost++) {
            FecGenerator generator = new FecGenerator(scheme, SSRC);
            FecRecovery recovery = new FecRecovery(scheme, SSRC);
            for (int i = 0; i < 4; i++) {
                add(generator, four.get(i), CYCLE + 8 + i);
                if (i != lost) {
                    assertThat(recovery.keep(four.get(i), 0, four.get(i).length, CYCLE + 8 + i))
                            .isNotNull();
                }
            }
            generator.end(1);
            byte[] repair = written(generator, 0);
            assertThat(recovery.add(repair, 0, repair.length, CYCLE + 12)).isNull();
            assertThat(recover(recovery)).containsExactly(four.get(lost));
            assertThat(recovery.waitingCount()).isZero();
        }
    }

    /** Bursts up to the number of repair packets, over the wrap of the sequence number, in any order of arrival. */
    @ParameterizedTest
    @EnumSource
    void aBurstAsLongAsThereAreRepairPacketsComesBack(FecScheme scheme) {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            int size = 8 + random.nextInt(41);
            int repairs = 1 << random.nextInt(4);
            int base = 65_536 - random.nextInt(60);
            FecGenerator generator = new FecGenerator(scheme, SSRC);
            List<byte[]> packets = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                packets.add(media(96, base + i, i / 5, 1 + random.nextInt(1_200)));
                add(generator, packets.get(i), CYCLE + base + i);
            }
            assertThat(generator.end(repairs)).isEqualTo(repairs);
            int from = random.nextInt(size - repairs + 1);
            FecRecovery recovery = new FecRecovery(scheme, SSRC);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < size + repairs; i++) {
                if (i < from || i >= from + repairs) {
                    order.add(i);
                }
            }
            // A repair packet says nothing before a packet of the stream has come.
            java.util.Collections.shuffle(order.subList(1, order.size()), random);
            if (order.get(0) >= size) {
                continue;
            }
            List<byte[]> back = new ArrayList<>();
            for (int index : order) {
                if (index < size) {
                    recovery.keep(packets.get(index), 0, packets.get(index).length, CYCLE + base + index);
                } else {
                    byte[] repair = written(generator, index - size);
                    recovery.add(repair, 0, repair.length, CYCLE + base + index);
                }
                back.addAll(recover(recovery));
            }
            assertThat(back).containsAll(packets.subList(from, from + repairs));
            assertThat(recovery.unusablePackets()).isZero();
        }
    }

    @Test
    void onePacketThatComesBackCompletesTheNext() {
        FecRecovery recovery = new FecRecovery(FecScheme.FLEXFEC_03, SSRC);
        List<byte[]> four = four();
        recovery.keep(four.get(0), 0, four.get(0).length, 8);
        FecGenerator pair = new FecGenerator(FecScheme.FLEXFEC_03, SSRC);
        add(pair, four.get(1), 9);
        add(pair, four.get(2), 10);
        pair.end(1);
        byte[] both = written(pair, 0);
        assertThat(recovery.add(both, 0, both.length, -1)).isNull();
        assertThat(recover(recovery)).isEmpty();
        pair.clear();
        add(pair, four.get(0), 8);
        add(pair, four.get(1), 9);
        pair.end(1);
        byte[] first = written(pair, 0);
        assertThat(recovery.add(first, 0, first.length, -1)).isNull();
        assertThat(recover(recovery)).containsExactly(four.get(1), four.get(2));
    }

    @Test
    void badRepairPacketsAreRefusedAndCounted() {
        FecRecovery ulp = new FecRecovery(FecScheme.ULPFEC, SSRC);
        String header = "0000 0008 00000008 0174 ";
        assertThat(add(ulp, header + "0001 f000 00")).as("before the stream").isEqualTo(FecDrop.ELSEWHERE);
        byte[] first = four().get(0);
        ulp.keep(first, 0, first.length, 8);
        assertThat(add(ulp, "0000")).isEqualTo(FecDrop.TRUNCATED);
        assertThat(add(ulp, header + "0002 f000 00"))
                .as("protects more than it has")
                .isEqualTo(FecDrop.TRUNCATED);
        assertThat(add(ulp, header + "0001 0000 00")).as("covers nothing").isEqualTo(FecDrop.BAD_MASK);
        byte[] own = Packets.hex(header + "0001 f000 00");
        assertThat(ulp.add(own, 0, own.length, 10)).as("covers itself").isEqualTo(FecDrop.BAD_MASK);
        assertThat(add(ulp, header + "0001 8000 00")).as("nothing is missing").isEqualTo(FecDrop.NOT_NEEDED);
        assertThat(add(ulp, "0000 4008 00000008 0174 0001 f000 00")).isEqualTo(FecDrop.ELSEWHERE);
        // 200 ^ 0x0174 is more than the one byte that is protected.
        assertThat(add(ulp, header + "0001 c000 00")).isNull();
        assertThat(recover(ulp)).isEmpty();
        assertThat(add(ulp, "0000 0008 00000008 ffff 0001 c000 00"))
                .as("larger than a packet")
                .isNull();
        assertThat(recover(ulp)).isEmpty();

        FecRecovery flex = new FecRecovery(FecScheme.FLEXFEC_03, SSRC);
        flex.keep(first, 0, first.length, 8);
        String stream = "00000000 00000000 01000000 00000002 0008 ";
        assertThat(add(flex, "8" + stream.substring(1) + "c000"))
                .as("a retransmission")
                .isEqualTo(FecDrop.UNSUPPORTED);
        assertThat(add(flex, "4" + stream.substring(1) + "c000"))
                .as("a fixed mask")
                .isEqualTo(FecDrop.UNSUPPORTED);
        assertThat(add(flex, stream.replace("01000000", "02000000") + "c000")).isEqualTo(FecDrop.UNSUPPORTED);
        assertThat(add(flex, stream + "4000 00000000 0000000000000000"))
                .as("no end")
                .isEqualTo(FecDrop.UNSUPPORTED);
        assertThat(add(flex, stream + "4000 0000")).isEqualTo(FecDrop.TRUNCATED);
        assertThat(add(flex, stream + "8000")).as("covers nothing").isEqualTo(FecDrop.BAD_MASK);
        assertThat(add(flex, stream.replace("00000002", "00000003") + "c000")).isEqualTo(FecDrop.ELSEWHERE);
        assertThat(flex.unusablePackets()).isEqualTo(7);
        assertThat(flex.waitingCount()).isZero();
    }

    private static @Nullable FecDrop add(FecRecovery recovery, String hex) {
        byte[] bytes = Packets.hex(hex);
        return recovery.add(bytes, 0, bytes.length, -1);
    }

    @Test
    void whatWaitsIsBounded() {
        FecRecovery recovery = new FecRecovery(FecScheme.ULPFEC, SSRC);
        byte[] first = four().get(0);
        recovery.keep(first, 0, first.length, 8);
        for (int i = 0; i < 100; i++) {
            add(recovery, String.format("0000 %04x 00000000 0000 0001 c000 00", 20 + i));
            assertThat(recover(recovery)).isEmpty();
        }
        assertThat(recovery.waitingCount()).isEqualTo(FecRecovery.MAX_WAITING);
    }
}
