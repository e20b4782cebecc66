package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.SctpOptions;

/** Makes the controller that the options name: the one place that knows them all. */
final class CongestionControls {

    private CongestionControls() {}

    /**
     * A controller at the beginning of an association.
     *
     * @param options of the association
     * @param packetSize bytes of chunks in a full packet
     * @param peerWindow what the peer has announced, the first threshold of slow start
     */
    static CongestionControl create(SctpOptions options, int packetSize, long peerWindow) {
        return switch (options.congestionControl()) {
            case STANDARD -> new StandardCongestionControl(packetSize, options.initialCwndPackets(), peerWindow);
            case MODEL -> new ModelCongestionControl(packetSize, options.initialCwndPackets());
            case CUBIC -> new CubicCongestionControl(packetSize, options.initialCwndPackets(), peerWindow);
        };
    }
}
