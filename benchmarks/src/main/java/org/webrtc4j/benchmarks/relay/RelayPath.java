package org.webrtc4j.benchmarks.relay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.webrtc4j.testkit.Impairments;

/**
 * What the relay does to packets, the same both ways.
 *
 * @param rttMillis there and back, without the peers' own
 * @param loss of each direction, 0 to 1
 */
record RelayPath(int rttMillis, double loss) {

    static final List<RelayPath> ALL =
            List.of(new RelayPath(20, 0), new RelayPath(20, 0.01), new RelayPath(100, 0.001));

    Impairments impairments() {
        return Impairments.NONE
                .withDelay(Duration.ofMillis(rttMillis).dividedBy(2))
                .withLoss(loss);
    }

    String name() {
        return String.format(Locale.ROOT, "%d ms, %s %% lost", rttMillis, loss * 100);
    }
}
