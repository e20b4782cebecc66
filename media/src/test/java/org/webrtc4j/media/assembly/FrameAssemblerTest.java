package org.webrtc4j.media.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.webrtc4j.media.Payloads.H264;
import static org.webrtc4j.media.Payloads.OPUS;
import static org.webrtc4j.media.Payloads.VP8;
import static org.webrtc4j.media.Payloads.hex;
import static org.webrtc4j.media.assembly.Receiver.MILLI;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ProtocolEngine;

class FrameAssemblerTest {

    private static final AssemblyOptions OPTIONS = AssemblyOptions.video().withDeadlineNanos(100 * MILLI);

    private final Receiver receiver = new Receiver(OPTIONS, VP8);

    @Test
    void aFrameIsGivenOutWithItsLastPacket() {
        receiver.packet(10, 7, false, hex("10 00 aa"));
        assertThat(receiver.frames).isEmpty();
        receiver.packet(11, 7, true, hex("00 bb"));

        assertThat(receiver.frames).singleElement().satisfies(frame -> {
            assertThat(frame.bytes()).isEqualTo(hex("00 aa bb"));
            assertThat(frame.timestamp()).isEqualTo(7);
            assertThat(frame.key()).isTrue();
        });
    }

    @Test
    void packetsOutOfOrderArePutInOrderAndFramesComeInDecodeOrder() {
        receiver.whole(1, 1, true);
        receiver.whole(4, 4, false);
        receiver.packet(3, 2, true, hex("00 bb"));
        assertThat(receiver.timestamps()).containsExactly(1L);
        receiver.packet(2, 2, false, hex("10 01 aa"));

        assertThat(receiver.timestamps()).containsExactly(1L, 2L, 4L);
        assertThat(receiver.frames.get(1).bytes()).isEqualTo(hex("01 aa bb"));
        assertThat(receiver.assembler.stats().peakPackets()).isEqualTo(2);
        assertThat(receiver.assembler.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void aRepeatedPacketIsCountedAndLeftAside() {
        receiver.whole(1, 1, true);
        receiver.whole(1, 1, true);
        receiver.whole(3, 3, false);
        receiver.whole(3, 3, false);
        receiver.whole(2, 2, false);

        assertThat(receiver.timestamps()).containsExactly(1L, 2L, 3L);
        assertThat(receiver.assembler.stats().packetsRepeated()).isEqualTo(2);
    }

    @Test
    void aMissingPacketIsWaitedForUntilItsDeadline() {
        receiver.whole(1, 1, true);
        receiver.whole(3, 3, false);
        assertThat(receiver.assembler.nextTimeout()).isEqualTo(receiver.now + 100 * MILLI);
        receiver.pass(99 * MILLI);
        receiver.whole(2, 2, false);

        assertThat(receiver.timestamps()).containsExactly(1L, 2L, 3L);
        assertThat(receiver.drops).isEmpty();
    }

    @Test
    void afterALongSilenceNothingIsWaitedForAndAKeyFrameAskedForAtOnce() {
        receiver.whole(1, 1, true);
        receiver.whole(3, 3, false);
        receiver.pass(50 * MILLI);
        receiver.whole(2, 2, false);
        receiver.pass(1_000 * MILLI);
        receiver.whole(60, 60, false);
        assertThat(receiver.keyFramesAsked).isEqualTo(1);
        receiver.whole(61, 61, true);
        assertThat(receiver.timestamps()).containsExactly(1L, 2L, 3L, 61L);
    }

    @Test
    void theDeadlineIsNotMovedByAPacketThatFillsPartOfTheGap() {
        receiver.whole(1, 1, true);
        receiver.whole(4, 4, false);
        receiver.pass(60 * MILLI);
        receiver.whole(3, 3, false);
        assertThat(receiver.assembler.nextTimeout()).isEqualTo(receiver.now + 40 * MILLI);
    }

    @Test
    void whenTheDeadlineHasPassedTheFrameIsDroppedAndAKeyFrameAskedForOnce() {
        receiver.whole(1, 1, true);
        receiver.packet(2, 2, false, hex("10 01"));
        receiver.whole(4, 4, false);
        receiver.pass(100 * MILLI);
        receiver.whole(5, 5, false);

        assertThat(receiver.timestamps()).containsExactly(1L);
        assertThat(receiver.drops)
                .containsExactly(
                        Map.entry(2L, FrameDrop.INCOMPLETE),
                        Map.entry(4L, FrameDrop.NO_KEY_FRAME),
                        Map.entry(5L, FrameDrop.NO_KEY_FRAME));
        assertThat(receiver.keyFramesAsked).isEqualTo(1);

        receiver.whole(6, 6, true);
        receiver.whole(7, 7, false);
        assertThat(receiver.timestamps()).containsExactly(1L, 6L, 7L);
        assertThat(receiver.assembler.stats().framesDropped()).isEqualTo(3);
        assertThat(receiver.assembler.stats().keyFramesReceived()).isEqualTo(2);
        assertThat(receiver.assembler.stats().packetsGivenUp()).isEqualTo(1);
    }

    @Test
    void aKeyFrameIsAskedForAgainWhileFramesComeAndNoneIsKey() {
        receiver.whole(1, 1, false);
        assertThat(receiver.keyFramesAsked).isEqualTo(1);
        receiver.pass(600 * MILLI);
        assertThat(receiver.keyFramesAsked).as("the stream has stopped").isEqualTo(1);
        receiver.whole(2, 2, false);
        receiver.pass(0);
        assertThat(receiver.keyFramesAsked).isEqualTo(2);
        receiver.whole(3, 3, true);
        receiver.pass(600 * MILLI);
        assertThat(receiver.keyFramesAsked).isEqualTo(2);
    }

    @Test
    void withoutWaitingForAKeyFrameEveryWholeFrameIsGivenOut() {
        Receiver all = new Receiver(OPTIONS.withWaitForKeyFrame(false), VP8);
        all.whole(1, 1, false);
        all.whole(3, 3, false);
        all.pass(100 * MILLI);
        all.whole(4, 4, false);

        assertThat(all.timestamps()).containsExactly(1L, 3L, 4L);
        assertThat(all.keyFramesAsked).isZero();
    }

    @Test
    void afterALossTheRestOfAFrameIsLeftAsideUntilOneBegins() {
        receiver.whole(1, 1, true);
        receiver.packet(3, 2, false, hex("00 aa"));
        receiver.packet(4, 2, true, hex("00 bb"));
        receiver.whole(5, 5, true);
        receiver.pass(100 * MILLI);

        assertThat(receiver.timestamps()).containsExactly(1L, 5L);
        assertThat(receiver.assembler.stats().packetsUnused()).isEqualTo(2);
    }

    @Test
    void aFrameWithoutAMarkerEndsWhereTheTimestampChanges() {
        receiver.packet(1, 1, false, hex("10 00 aa"));
        receiver.packet(2, 2, false, hex("10 01 bb"));
        receiver.packet(3, 3, false, hex("10 01 cc"));

        assertThat(receiver.timestamps()).containsExactly(1L, 2L);
    }

    @Test
    void aMalformedPayloadDropsItsFrameOnly() {
        Receiver all = new Receiver(OPTIONS.withWaitForKeyFrame(false), VP8);
        all.whole(1, 1, true);
        all.packet(2, 2, false, hex("10 01"));
        all.packet(3, 2, false, hex("80 80"));
        all.packet(4, 2, true, hex("00 01"));
        all.whole(5, 5, false);

        assertThat(all.timestamps()).containsExactly(1L, 5L);
        assertThat(all.drops).containsExactly(Map.entry(2L, FrameDrop.MALFORMED));
        assertThat(all.assembler.stats().packetsMalformed()).isEqualTo(1);
    }

    @Test
    void packetsWithoutContentAndOfUnknownTypesTakeTheirPlaceInTheSequenceOnly() {
        receiver.whole(1, 1, true);
        receiver.packet(2, 1, false, new byte[0]);
        receiver.packet(100, 3, 1, false, hex("10 00"));
        receiver.whole(4, 4, false);

        assertThat(receiver.timestamps()).containsExactly(1L, 4L);
        assertThat(receiver.assembler.stats().packetsUnused()).isEqualTo(2);
    }

    @Test
    void aChangeOfPayloadTypeEndsAFrame() {
        receiver.assembler.setFormat(102, H264);
        receiver.packet(1, 1, false, hex("10 00 aa"));
        receiver.packet(102, 2, 1, true, hex("65 88"));

        assertThat(receiver.frames).extracting(frame -> frame.codec().name()).containsExactly("VP8", "H264");
    }

    @Test
    void aPacketFurtherAheadThanTheWindowGivesUpWhatIsMissing() {
        Receiver small = new Receiver(new AssemblyOptions(8, 1_000, 100 * MILLI, false, MILLI), VP8);
        small.whole(1, 1, true);
        small.whole(3, 3, false);
        small.whole(11, 11, false);

        assertThat(small.timestamps()).containsExactly(1L, 3L);
        small.whole(1_000_000, 99, false);
        assertThat(small.timestamps()).containsExactly(1L, 3L, 11L, 99L);
        assertThat(small.assembler.stats().packetsGivenUp()).isEqualTo(1_000_000 - 4);
    }

    @Test
    void bytesThatWaitAreLimited() {
        Receiver small = new Receiver(new AssemblyOptions(64, 1_000, 100 * MILLI, false, MILLI), VP8);
        byte[] large = new byte[400];
        large[0] = 0x10;
        small.whole(1, 1, true);
        small.packet(3, 3, true, large);
        small.packet(5, 5, true, large);
        assertThat(small.timestamps()).containsExactly(1L);
        small.packet(7, 7, true, large);

        assertThat(small.timestamps()).containsExactly(1L, 3L);
        small.packet(6, 6, true, large);
        assertThat(small.timestamps()).containsExactly(1L, 3L, 5L, 6L, 7L);
    }

    @Test
    void soundOfWhichAPacketIsLostGoesOnAfterTheDeadline() {
        Receiver sound = new Receiver(AssemblyOptions.audio(), OPUS);
        sound.packet(1, 960, true, hex("f8 01"));
        sound.packet(3, 2_880, false, hex("f8 03"));
        sound.packet(4, 3_840, false, hex("f8 04"));
        assertThat(sound.timestamps()).containsExactly(960L);
        sound.pass(100 * MILLI);

        assertThat(sound.timestamps()).containsExactly(960L, 2_880L, 3_840L);
        assertThat(sound.keyFramesAsked).isZero();
        assertThat(sound.assembler.stats().keyFramesReceived()).isZero();
    }

    @Test
    void afterAResetTheSequenceBeginsAnywhere() {
        receiver.whole(1_000, 1, true);
        receiver.whole(1_002, 3, false);
        receiver.assembler.reset(receiver.now);
        receiver.whole(5, 100, true);

        assertThat(receiver.timestamps()).containsExactly(1L, 100L);
        assertThat(receiver.assembler.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void nothingButTheFrameIsAllocatedWhilePacketsComeInOrder() {
        long[] given = new long[1];
        FrameAssembler assembler =
                new FrameAssembler(OPTIONS, (frame, arrivalNanos) -> given[0] += frame.bytes().length);
        assembler.setFormat(96, VP8);
        byte[] first = new byte[1_000];
        first[0] = 0x10;
        byte[] rest = new byte[1_000];
        long sequence = run(assembler, first, rest, 0, 3_000);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        given[0] = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        run(assembler, first, rest, sequence, 3_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // The array's header and the object around it, for each frame of ten packets.
        assertThat(allocated - given[0]).isLessThan(3_000L / 10 * 100);
    }

    private static long run(FrameAssembler assembler, byte[] first, byte[] rest, long from, int packets) {
        for (long sequence = from; sequence < from + packets; sequence++) {
            byte[] payload = sequence % 10 == 0 ? first : rest;
            assembler.handlePacket(96, payload, 0, 1_000, sequence, sequence / 10, sequence % 10 == 9, sequence);
        }
        return from + packets;
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AssemblyOptions(100, 1, 1, true, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AssemblyOptions(128, 0, 1, true, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AssemblyOptions(128, 1, -1, true, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AssemblyOptions(128, 1, 1, true, 0));
    }
}
