package org.webrtc4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.ForwardSource;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;

/** The streams of one receiver that are forwarded, a few. */
class ForwardStreamsTest {

    /** Any SSRC may come, also those above 127, which a box would not compare by identity, and 0. */
    private static final int[] SSRCS = {0, 5, 70_000, -1, Integer.MIN_VALUE, 200, 201, 202};

    private final ForwardStreams streams = new ForwardStreams();

    private static ForwardSource source() {
        return new ForwardSource(HeaderExtensionMap.EMPTY, null);
    }

    /** Fills it, one stream heard each nanosecond from the given time on. */
    private ForwardSource[] fill(long firstNanos) {
        ForwardSource[] added = new ForwardSource[SSRCS.length];
        for (int i = 0; i < SSRCS.length; i++) {
            added[i] = source();
            streams.add(SSRCS[i], added[i], firstNanos + i);
        }
        return added;
    }

    @Test
    void aStreamIsFoundByItsSsrc() {
        ForwardSource[] added = fill(0);
        assertThat(SSRCS).hasSize(ForwardStreams.MAX);
        for (int i = 0; i < SSRCS.length; i++) {
            assertThat(streams.find(SSRCS[i], 100)).isSameAs(added[i]);
        }
        assertThat(streams.find(6, 100)).isNull();
    }

    @Test
    void nothingIsFoundBeforeItIsAdded() {
        assertThat(streams.find(0, 0)).isNull();
    }

    @Test
    void whereThereIsNoRoomTheStreamHeardLongestAgoGoes() {
        fill(0);
        // All but the fourth are heard again, the first of all too.
        for (int i = 0; i < SSRCS.length; i++) {
            if (i != 3) {
                assertThat(streams.find(SSRCS[i], 100 - i)).isNotNull();
            }
        }
        ForwardSource another = source();
        streams.add(9, another, 101);
        assertThat(streams.find(9, 102)).isSameAs(another);
        assertThat(streams.find(SSRCS[3], 102)).isNull();
        for (int i = 0; i < SSRCS.length; i++) {
            assertThat(streams.find(SSRCS[i], 103) == null).isEqualTo(i == 3);
        }
    }

    @Test
    void timesMayPassTheEndOfTheirRange() {
        fill(Long.MAX_VALUE - 2);
        streams.add(9, source(), Long.MIN_VALUE + 100);
        assertThat(streams.find(SSRCS[0], 0)).isNull();
        assertThat(streams.find(SSRCS[SSRCS.length - 1], 0)).isNotNull();
    }

    @Test
    void afterClearingNothingIsFound() {
        fill(0);
        streams.clear();
        for (int ssrc : SSRCS) {
            assertThat(streams.find(ssrc, 0)).isNull();
        }
    }
}
