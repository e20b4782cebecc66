package org.webrtc4j;

import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpScheduler;

/**
 * How the SCTP association below the data channels of a connection behaves. What is announced to the peer is used only where
 * the peer announces it, too, so that each setting is safe towards everybody.
 *
 * <p>How much is held for a connection is among the {@link RuntimeLimits}: the receive window, messages, buffers.
 *
 * @param congestionControl how much may be in flight, and how fast it leaves; default {@link SctpCongestionControl#STANDARD}
 * @param scheduler which channel's turn it is when several have something to send; default {@link
 *     SctpScheduler#WEIGHTED_FAIR}, by the W3C priority of each
 * @param interleaving whether messages of several channels are interleaved, so that a large one does not hold up the others
 *     (RFC 8260); default false
 * @param zeroChecksum whether the checksum of SCTP, which DTLS makes superfluous, is left out (RFC 9653); default false
 * @param pathMtuDiscovery whether larger packets are used where the path carries them (RFC 8899): up to 1400 bytes instead of
 *     1191; default false
 * @param snap whether the set-up of the association travels in the descriptions (a=sctp-init, draft-hancke-tsvwg-snap), which
 *     saves two round trips; default false
 */
public record DataChannelSettings(
        SctpCongestionControl congestionControl,
        SctpScheduler scheduler,
        boolean interleaving,
        boolean zeroChecksum,
        boolean pathMtuDiscovery,
        boolean snap) {

    /** Fits what Ethernet carries, with IPv6, UDP, TURN's channel header and DTLS around it. */
    private static final int LARGEST_PACKET = 1_400;

    /**
     * Returns the defaults.
     *
     * @return every setting at its default
     */
    public static DataChannelSettings defaults() {
        return builder().build();
    }

    /**
     * Begins settings.
     *
     * @return a builder at the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /** What these settings mean for an association. */
    SctpOptions sctpOptions(RuntimeLimits limits) {
        return SctpOptions.builder()
                .receiveWindow(limits.receiveWindowBytes())
                .maxReceiveMessageSize(limits.maxMessageBytes())
                .streamBufferSize(RuntimeLimits.MAX_CHANNEL_BUFFER)
                .congestionControl(congestionControl)
                .scheduler(scheduler)
                .interleaving(interleaving)
                .zeroChecksum(zeroChecksum)
                .maxProbedPacketSize(pathMtuDiscovery ? LARGEST_PACKET : 0)
                .build();
    }

    /** Collects settings. */
    public static final class Builder {
        private SctpCongestionControl congestionControl = SctpOptions.defaults().congestionControl();
        private SctpScheduler scheduler = SctpOptions.defaults().scheduler();
        private boolean interleaving;
        private boolean zeroChecksum;
        private boolean pathMtuDiscovery;
        private boolean snap;

        private Builder() {}

        /**
         * Sets {@link DataChannelSettings#congestionControl()}.
         *
         * @param value how much may be in flight
         * @return this
         */
        public Builder congestionControl(SctpCongestionControl value) {
            congestionControl = value;
            return this;
        }

        /**
         * Sets {@link DataChannelSettings#scheduler()}.
         *
         * @param value which channel's turn it is
         * @return this
         */
        public Builder scheduler(SctpScheduler value) {
            scheduler = value;
            return this;
        }

        /**
         * Sets {@link DataChannelSettings#interleaving()}.
         *
         * @param value true to interleave messages where the peer can
         * @return this
         */
        public Builder interleaving(boolean value) {
            interleaving = value;
            return this;
        }

        /**
         * Sets {@link DataChannelSettings#zeroChecksum()}.
         *
         * @param value true to leave the checksum out where the peer agrees
         * @return this
         */
        public Builder zeroChecksum(boolean value) {
            zeroChecksum = value;
            return this;
        }

        /**
         * Sets {@link DataChannelSettings#pathMtuDiscovery()}.
         *
         * @param value true to search for larger packets
         * @return this
         */
        public Builder pathMtuDiscovery(boolean value) {
            pathMtuDiscovery = value;
            return this;
        }

        /**
         * Sets {@link DataChannelSettings#snap()}.
         *
         * @param value true to offer the set-up in descriptions, and to answer such offers
         * @return this
         */
        public Builder snap(boolean value) {
            snap = value;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @return the settings
         */
        public DataChannelSettings build() {
            return new DataChannelSettings(
                    congestionControl, scheduler, interleaving, zeroChecksum, pathMtuDiscovery, snap);
        }
    }
}
