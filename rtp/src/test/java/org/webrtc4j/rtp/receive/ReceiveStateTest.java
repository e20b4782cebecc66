package org.webrtc4j.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.RtpDrop;
import org.webrtc4j.rtp.rtcp.RtcpReader;
import org.webrtc4j.rtp.rtcp.RtcpWriter;
import org.webrtc4j.rtp.rtcp.TransportFeedbackBuilder;
import org.webrtc4j.rtp.rtcp.TransportFeedbackReader;
import org.webrtc4j.rtp.wire.NtpTime;

/** The small states of receiving. */
class ReceiveStateTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void numbersAreUnwrappedAroundTheCircle() {
        SequenceWindow window = new SequenceWindow();
        long first = 0;
        for (int i = 0; i < 300_000; i += 7) {
            assertThat(window.accept(i & 0xffff, false)).isNull();
            first = i == 0 ? window.sequence() : first;
            assertThat(window.sequence() - first).isEqualTo(i);
        }
        assertThat(window.accept((299_992 - 14) & 0xffff, false)).isEqualTo(RtpDrop.DUPLICATE);
        assertThat(window.accept((299_992 - 15) & 0xffff, false)).isNull();
    }

    @Test
    void aWindowBeginsWithAnyNumberAndKnowsThoseBeforeIt() {
        SequenceWindow window = new SequenceWindow();
        assertThat(window.accept(1, true)).as("a retransmission starts nothing").isEqualTo(RtpDrop.RTX_OUT_OF_WINDOW);
        assertThat(window.accept(1, false)).isNull();
        long one = window.sequence();
        assertThat(window.accept(65_535, false)).isNull();
        assertThat(window.sequence()).isEqualTo(one - 2);
        assertThat(window.accept(65_535, true)).isEqualTo(RtpDrop.DUPLICATE);
    }

    @Test
    void jitterIsThatOfTheSpecification() {
        ReceiveStatistics statistics = new ReceiveStatistics();
        // 20 ms packets of 8 kHz, every second one 10 ms late: D is 80 units each time (RFC 3550 section 6.4.1).
        double expected = 0;
        for (int i = 0; i < 200; i++) {
            long arrival = i * (20 * MILLI) + (i % 2) * (10 * MILLI);
            statistics.onPacket(1 + i, i * 160L, 8_000, arrival, 160, 12);
            expected += i == 0 ? 0 : (80 - expected) / 16;
        }
        assertThat((double) statistics.jitter()).isBetween(expected - 1, expected + 1);
        assertThat(statistics.jitterSeconds()).isBetween(0.0098, 0.0101);
    }

    @Test
    void lossIsReportedForTheIntervalAndInAll() {
        ReceiveStatistics statistics = new ReceiveStatistics();
        long first = 65_536 + 100;
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 3) {
                statistics.onPacket(first + i, i, 8_000, i * MILLI, 10, 12);
            }
        }
        statistics.onSenderReport(0x0001_0002_0003_0004L, 50 * MILLI);
        RtcpReader reader = report(statistics, 1_050 * MILLI);
        assertThat(reader.fractionLost(0)).as("24 of 99 known").isEqualTo(24 * 256 / 99);
        assertThat(reader.cumulativeLost(0)).isEqualTo(24);
        assertThat(reader.extendedHighestSequence(0)).isEqualTo(198);
        assertThat(reader.lastSenderReport(0)).isEqualTo(0x0002_0003);
        assertThat(reader.delaySinceLastSenderReport(0)).isEqualTo(65_536);
        assertThat(statistics.isHeard()).isFalse();

        statistics.onPacket(first + 100, 0, 8_000, 0, 10, 12);
        statistics.onPacket(first + 100, 0, 8_000, 0, 10, 12);
        reader = report(statistics, 0);
        assertThat(reader.fractionLost(0)).as("a duplicate outweighs the loss").isZero();
        assertThat(reader.cumulativeLost(0)).isEqualTo(24);
    }

    private static RtcpReader report(ReceiveStatistics statistics, long nowNanos) {
        RtcpWriter writer = new RtcpWriter(100);
        writer.receiverReport(1);
        assertThat(statistics.report(writer, 2, nowNanos)).isTrue();
        RtcpReader reader = new RtcpReader().reset(writer.packet());
        assertThat(reader.next()).isTrue();
        return reader;
    }

    @Test
    void anArrivalAfterItsLossWasToldIsToldOfAgain() {
        ArrivalRecord record = new ArrivalRecord();
        record.onPacket(65_534, 0, 1200);
        record.onPacket(1, 10 * MILLI, 1200);
        assertThat(record.nextTimeout()).isLessThanOrEqualTo(250 * MILLI);
        assertThat(record.isDue(250 * MILLI)).isTrue();
        TransportFeedbackReader told = fill(record, 250 * MILLI);
        assertThat(told.baseSequence()).isEqualTo(65_534);
        assertThat(told.statusCount()).isEqualTo(4);
        assertThat(record.fill(new TransportFeedbackBuilder(500), 250 * MILLI)).isFalse();
        assertThat(record.isDue(10_000 * MILLI)).as("nothing came").isFalse();

        record.onPacket(0, 260 * MILLI, 1200);
        record.onPacket(0, 261 * MILLI, 1200);
        told = fill(record, 1_000 * MILLI);
        assertThat(told.baseSequence()).isZero();
        assertThat(told.statusCount()).as("with what came after it").isEqualTo(2);
    }

    private static TransportFeedbackReader fill(ArrivalRecord record, long nowNanos) {
        TransportFeedbackBuilder builder = new TransportFeedbackBuilder(500);
        assertThat(record.fill(builder, nowNanos)).isTrue();
        RtcpWriter writer = new RtcpWriter(1_000);
        writer.transportFeedback(1, 2, builder);
        RtcpReader reader = new RtcpReader().reset(writer.packet());
        assertThat(reader.next()).isTrue();
        TransportFeedbackReader feedback = new TransportFeedbackReader();
        assertThat(feedback.reset(reader)).isTrue();
        return feedback;
    }

    @Test
    void theTableFindsWhatANaiveMapFinds() {
        Random random = new Random(9);
        for (int round = 0; round < 50; round++) {
            SsrcTable<Integer> table = new SsrcTable<>(64);
            Map<Integer, Integer> model = new HashMap<>();
            for (int i = 0; i < 2_000; i++) {
                int key = random.nextInt(100) << (round % 24);
                if (random.nextBoolean()) {
                    boolean fits = model.containsKey(key) || model.size() < 64;
                    assertThat(table.put(key, i)).isEqualTo(fits);
                    if (fits) {
                        model.put(key, i);
                    }
                } else {
                    table.remove(key);
                    model.remove(key);
                }
                assertThat(table.size()).isEqualTo(model.size());
                int asked = random.nextInt(100) << (round % 24);
                assertThat(table.get(asked)).isEqualTo(model.get(asked));
            }
        }
    }

    @Test
    void theSourceNotHeardForLongestMakesRoom() {
        SourceTable table = new SourceTable();
        for (int i = 0; i < 40; i++) {
            table.onSource(i, i, SourceTable.NO_LEVEL, i);
        }
        assertThat(table.count()).isEqualTo(SourceTable.SIZE);
        assertThat(table.ssrc(0)).isEqualTo(32);
        assertThat(table.ssrc(31)).isEqualTo(31);
    }

    @Test
    void ntpTimeIsThatOfTheEraNearestToNow() {
        long micros = 1_790_000_000_123_456L;
        assertThat(NtpTime.toEpochMicros(NtpTime.ofEpochMicros(micros), micros)).isEqualTo(micros);
        assertThat(NtpTime.ofEpochMicros(0) >>> 32).isEqualTo(2_208_988_800L);
        // 2036-02-07 06:28:16 UTC begins the next era.
        long next = 2_085_978_496_000_000L;
        assertThat(NtpTime.ofEpochMicros(next)).isZero();
        assertThat(NtpTime.toEpochMicros(0, next - 1_000_000)).isEqualTo(next);
        assertThat(NtpTime.toEpochMicros(-1L, next + 1_000_000)).isEqualTo(next);
        assertThat(NtpTime.toNanos(65_536)).isEqualTo(1_000_000_000L);
        assertThat(NtpTime.ofNanos(1_500_000_000L)).isEqualTo(98_304);
        assertThat(NtpTime.middle(0x0001_0002_0003_0004L)).isEqualTo(0x0002_0003);
    }
}
