package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;

/**
 * How a connection is to be made.
 *
 * @param iceServers STUN and TURN servers, in the order of preference; default none
 * @param iceTransportPolicy which candidates may be used; default {@link RTCIceTransportPolicy#ALL}
 * @param bundlePolicy default {@link RTCBundlePolicy#BALANCED}
 * @param rtcpMuxPolicy default {@link RTCRtcpMuxPolicy#REQUIRE}
 * @param certificates the certificate to prove this side with: the first one; empty lets the runtime make one
 * @param iceCandidatePoolSize 0 to 255; above 0, gathering begins at once. One transport is all a connection has, so a
 *     larger pool is no different from 1
 * @param alwaysNegotiateDataChannels true to offer a data section before the first channel exists
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcconfiguration-dictionary">the specification</a>
 */
public record RTCConfiguration(
        List<RTCIceServer> iceServers,
        RTCIceTransportPolicy iceTransportPolicy,
        RTCBundlePolicy bundlePolicy,
        RTCRtcpMuxPolicy rtcpMuxPolicy,
        List<RTCCertificate> certificates,
        int iceCandidatePoolSize,
        boolean alwaysNegotiateDataChannels) {

    /**
     * Copies the lists.
     *
     * @param iceServers STUN and TURN servers
     * @param iceTransportPolicy which candidates may be used
     * @param bundlePolicy how media sections are offered
     * @param rtcpMuxPolicy whether RTP and RTCP share a transport
     * @param certificates the certificate to prove this side with
     * @param iceCandidatePoolSize 0 to 255
     * @param alwaysNegotiateDataChannels true to offer a data section before the first channel exists
     */
    public RTCConfiguration {
        iceServers = List.copyOf(iceServers);
        certificates = List.copyOf(certificates);
        if (iceCandidatePoolSize < 0 || iceCandidatePoolSize > 255) {
            throw DOMException.typeError("iceCandidatePoolSize is 0 to 255");
        }
    }

    /**
     * Returns the configuration with every member at its default.
     *
     * @return the defaults
     */
    public static RTCConfiguration defaults() {
        return builder().build();
    }

    /**
     * Begins a configuration.
     *
     * @return a builder at the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a configuration from this one.
     *
     * @return a builder with these members
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.iceServers = iceServers;
        builder.iceTransportPolicy = iceTransportPolicy;
        builder.bundlePolicy = bundlePolicy;
        builder.rtcpMuxPolicy = rtcpMuxPolicy;
        builder.certificates = certificates;
        builder.iceCandidatePoolSize = iceCandidatePoolSize;
        builder.alwaysNegotiateDataChannels = alwaysNegotiateDataChannels;
        return builder;
    }

    /** Collects the members of a configuration. */
    public static final class Builder {
        private List<RTCIceServer> iceServers = List.of();
        private RTCIceTransportPolicy iceTransportPolicy = RTCIceTransportPolicy.ALL;
        private RTCBundlePolicy bundlePolicy = RTCBundlePolicy.BALANCED;
        private RTCRtcpMuxPolicy rtcpMuxPolicy = RTCRtcpMuxPolicy.REQUIRE;
        private List<RTCCertificate> certificates = List.of();
        private int iceCandidatePoolSize;
        private boolean alwaysNegotiateDataChannels;

        private Builder() {}

        /**
         * Adds a server.
         *
         * @param server the server
         * @return this
         */
        public Builder iceServer(RTCIceServer server) {
            List<RTCIceServer> all = new ArrayList<>(iceServers);
            all.add(server);
            iceServers = all;
            return this;
        }

        /**
         * Sets the servers.
         *
         * @param servers in the order of preference
         * @return this
         */
        public Builder iceServers(List<RTCIceServer> servers) {
            iceServers = servers;
            return this;
        }

        /**
         * Sets which candidates may be used.
         *
         * @param policy the policy
         * @return this
         */
        public Builder iceTransportPolicy(RTCIceTransportPolicy policy) {
            iceTransportPolicy = policy;
            return this;
        }

        /**
         * Sets how media sections are offered.
         *
         * @param policy the policy
         * @return this
         */
        public Builder bundlePolicy(RTCBundlePolicy policy) {
            bundlePolicy = policy;
            return this;
        }

        /**
         * Sets whether RTP and RTCP share a transport.
         *
         * @param policy the policy
         * @return this
         */
        public Builder rtcpMuxPolicy(RTCRtcpMuxPolicy policy) {
            rtcpMuxPolicy = policy;
            return this;
        }

        /**
         * Sets the certificate to prove this side with.
         *
         * @param certificates the first one is used
         * @return this
         */
        public Builder certificates(RTCCertificate... certificates) {
            this.certificates = List.of(certificates);
            return this;
        }

        /**
         * Sets whether gathering begins before a description is set.
         *
         * @param size 0 to 255
         * @return this
         */
        public Builder iceCandidatePoolSize(int size) {
            iceCandidatePoolSize = size;
            return this;
        }

        /**
         * Sets whether a data section is offered before the first channel exists.
         *
         * @param always true to offer it always
         * @return this
         */
        public Builder alwaysNegotiateDataChannels(boolean always) {
            alwaysNegotiateDataChannels = always;
            return this;
        }

        /**
         * Returns the configuration.
         *
         * @return the configuration
         * @throws DOMException TypeError when the pool size is out of range
         */
        public RTCConfiguration build() {
            return new RTCConfiguration(
                    iceServers,
                    iceTransportPolicy,
                    bundlePolicy,
                    rtcpMuxPolicy,
                    certificates,
                    iceCandidatePoolSize,
                    alwaysNegotiateDataChannels);
        }
    }
}
