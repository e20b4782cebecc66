package org.webrtc4j.media.playout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams whose sender reports tell of one clock. */
class PlayoutSyncTest {

    private static final long MILLI = 1_000_000;

    private static final class Stream implements PlayoutSync.Member {

        private final long lagNanos;
        private final long ownDelayNanos;
        private long least = -1;

        Stream(long lagNanos, long ownDelayNanos) {
            this.lagNanos = lagNanos;
            this.ownDelayNanos = ownDelayNanos;
        }

        @Override
        public long lagNanos() {
            return lagNanos;
        }

        @Override
        public long ownDelayNanos() {
            return ownDelayNanos;
        }

        @Override
        public void delayAtLeast(long nanos) {
            least = nanos;
        }

        long played() {
            return lagNanos + Math.max(ownDelayNanos, least);
        }
    }

    @Test
    void whoeverIsEarlyWaitsForTheLatest() {
        Stream sound = new Stream(5_000 * MILLI, 40 * MILLI);
        Stream picture = new Stream(5_060 * MILLI, 120 * MILLI);
        PlayoutSync.align(List.of(sound, picture));
        assertThat(sound.least).isEqualTo(180 * MILLI);
        assertThat(picture.least).isEqualTo(120 * MILLI);
        assertThat(sound.played()).isEqualTo(picture.played());
    }

    @Test
    void aPictureWaitsForSoundToo() {
        Stream sound = new Stream(-900 * MILLI, 300 * MILLI);
        Stream picture = new Stream(-950 * MILLI, 0);
        PlayoutSync.align(List.of(picture, sound));
        assertThat(picture.played()).isEqualTo(sound.played());
        assertThat(sound.least).isEqualTo(sound.ownDelayNanos);
    }

    @Test
    void beforeASenderReportNobodyWaits() {
        Stream sound = new Stream(PlayoutSync.UNKNOWN, 40 * MILLI);
        Stream picture = new Stream(5_060 * MILLI, 120 * MILLI);
        PlayoutSync.align(List.of(sound, picture));
        assertThat(sound.least).isZero();
        assertThat(picture.played()).isEqualTo(5_180 * MILLI);
    }

    @Test
    void clocksThatHaveNothingInCommonAreLeftAlone() {
        Stream sound = new Stream(0, 40 * MILLI);
        Stream picture = new Stream(1_700_000_000_000L * MILLI, 120 * MILLI);
        PlayoutSync.align(List.of(sound, picture));
        assertThat(sound.played()).isEqualTo(40 * MILLI);
        assertThat(picture.played()).isEqualTo(1_700_000_000_120L * MILLI);
    }

    @Test
    void aStreamAloneIsNotKeptBack() {
        Stream sound = new Stream(700 * MILLI, 40 * MILLI);
        PlayoutSync.align(List.of(sound));
        assertThat(sound.played()).isEqualTo(740 * MILLI);
    }
}
