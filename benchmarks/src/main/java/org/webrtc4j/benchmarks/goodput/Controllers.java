package org.webrtc4j.benchmarks.goodput;

import java.util.Locale;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sctp.SctpOptions;

/** The congestion controllers there are. */
final class Controllers {

    private Controllers() {}

    static SctpOptions options(SctpCongestionControl controller) {
        return SctpOptions.builder().congestionControl(controller).build();
    }

    static String name(SctpCongestionControl controller) {
        return controller.name().toLowerCase(Locale.ROOT);
    }
}
