package org.webrtc4j.simulation;

import java.util.function.UnaryOperator;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.ice.port.PortProvider;

/**
 * What is special about one of two simulated peers.
 *
 * @param runtime changes how its runtime is built
 * @param configuration changes how its connection is made
 * @param ports may stand between its agent and the network
 * @param dtls may stand between its DTLS endpoint and what is above
 */
record Side(
        UnaryOperator<RuntimeBuilder> runtime,
        UnaryOperator<RTCConfiguration.Builder> configuration,
        UnaryOperator<PortProvider> ports,
        UnaryOperator<DtlsEndpointFactory> dtls) {

    static final Side ORDINARY = new Side(
            UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());

    static Side ofRuntime(UnaryOperator<RuntimeBuilder> runtime) {
        return new Side(runtime, ORDINARY.configuration, ORDINARY.ports, ORDINARY.dtls);
    }

    static Side ofConfiguration(UnaryOperator<RTCConfiguration.Builder> configuration) {
        return new Side(ORDINARY.runtime, configuration, ORDINARY.ports, ORDINARY.dtls);
    }

    static Side between(UnaryOperator<PortProvider> ports, UnaryOperator<DtlsEndpointFactory> dtls) {
        return new Side(ORDINARY.runtime, ORDINARY.configuration, ports, dtls);
    }
}
