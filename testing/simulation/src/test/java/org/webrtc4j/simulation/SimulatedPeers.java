package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.webrtc4j.EventType;
import org.webrtc4j.RTCCertificate;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannelStats;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSctpTransportStats;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.ice.simulation.VirtualPorts;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualNetwork;

/**
 * Two whole connections on a simulated network, each with its host and loop, joined by signalling that takes its time.
 * Everything but the crypto of DTLS is the real thing.
 */
final class SimulatedPeers {

    private static final Duration SIGNALLING_DELAY = Duration.ofMillis(10);

    private static final RTCCertificate OFFERER_CERTIFICATE = certificate();
    private static final RTCCertificate ANSWERER_CERTIFICATE = certificate();

    final Simulation simulation;
    final VirtualHost offererHost;
    final VirtualHost answererHost;
    final VirtualLoop offererLoop;
    final VirtualLoop answererLoop;
    final VirtualPorts offererPorts;
    final VirtualPorts answererPorts;
    final WebRtcRuntime offererRuntime;
    final WebRtcRuntime answererRuntime;
    final RTCPeerConnection offerer;
    final RTCPeerConnection answerer;
    final List<Throwable> failures = new ArrayList<>();
    private final List<CompletableFuture<?>> noted = new ArrayList<>();

    SimulatedPeers(Simulation simulation, Impairments impairments) {
        this(simulation, impairments, Side.ORDINARY, Side.ORDINARY);
    }

    SimulatedPeers(Simulation simulation, Impairments impairments, Side offererSide, Side answererSide) {
        this(
                simulation,
                simulation.newNetwork(impairments),
                network -> network.host("offerer", "192.0.2.1"),
                offererSide,
                network -> network.host("answerer", "192.0.2.2"),
                answererSide);
    }

    /** Peers at home elsewhere than on the open network: behind NATs, for example. */
    SimulatedPeers(
            Simulation simulation,
            VirtualNetwork network,
            Function<VirtualNetwork, VirtualHost> offererHome,
            Side offererSide,
            Function<VirtualNetwork, VirtualHost> answererHome,
            Side answererSide) {
        this.simulation = simulation;
        offererHost = offererHome.apply(network);
        answererHost = answererHome.apply(network);
        offererLoop = simulation.newLoop("offerer");
        answererLoop = simulation.newLoop("answerer");
        offererPorts = new VirtualPorts(offererHost);
        answererPorts = new VirtualPorts(answererHost);
        offererRuntime = runtime("offerer", offererLoop, offererPorts, offererSide);
        answererRuntime = runtime("answerer", answererLoop, answererPorts, answererSide);
        offerer = offererRuntime.createPeerConnection(configuration(OFFERER_CERTIFICATE, offererSide), "offerer");
        answerer = answererRuntime.createPeerConnection(configuration(ANSWERER_CERTIFICATE, answererSide), "answerer");
        trickle(offerer, answerer);
        trickle(answerer, offerer);
    }

    private static RTCCertificate certificate() {
        return RTCCertificate.of(
                Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis()));
    }

    private WebRtcRuntime runtime(String name, VirtualLoop loop, VirtualPorts ports, Side side) {
        RandomGenerator random = simulation.newRandom(name);
        return side.runtime()
                .apply(WebRtcRuntime.builder()
                        .eventLoops(List.of(loop))
                        .iceAgents(PortIceAgents.builder(side.ports().apply(ports))
                                .random(random)
                                .build())
                        .dtls(side.dtls().apply(new PlainDtlsEndpointFactory(random)))
                        .codecExecutor(simulation.newLoop(name + " codecs"))
                        .random(random))
                .build();
    }

    private static RTCConfiguration configuration(RTCCertificate certificate, Side side) {
        return side.configuration()
                .apply(RTCConfiguration.builder().certificates(certificate))
                .build();
    }

    /** Exchanges offer and answer; what goes wrong is in {@link #failures}. */
    void negotiate() {
        negotiate(offerer, answerer);
    }

    /** The same from either side, as in a renegotiation. */
    void negotiate(RTCPeerConnection from, RTCPeerConnection to) {
        note(from.setLocalDescription()
                .thenCompose(done -> signal(from))
                .thenCompose(to::setRemoteDescription)
                .thenCompose(done -> to.setLocalDescription())
                .thenCompose(done -> signal(to))
                .thenCompose(from::setRemoteDescription));
    }

    /** Tells what both sides think, for a run that failed. */
    String describe() {
        return describe(offerer) + "\n" + describe(answerer) + "\nfailures " + failures + " "
                + simulation.time().takeFailures();
    }

    private String describe(RTCPeerConnection connection) {
        CompletableFuture<RTCStatsReport> report = connection.getStats();
        simulation.time().runFor(Duration.ofMillis(1));
        return connection + " " + connection.iceConnectionState() + "\n  "
                + report.join().all(RTCSctpTransportStats.class).toList() + "\n  "
                + report.join().all(RTCDataChannelStats.class).toList();
    }

    void note(CompletableFuture<?> future) {
        noted.add(future.whenComplete((done, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        }));
    }

    private CompletableFuture<RTCSessionDescription> signal(RTCPeerConnection from) {
        CompletableFuture<RTCSessionDescription> arrived = new CompletableFuture<>();
        simulation.time().after(SIGNALLING_DELAY, () -> arrived.complete(requireNonNull(from.localDescription())));
        return arrived;
    }

    /** Candidates take as long as descriptions, so one never overtakes the description it belongs to by much. */
    private void trickle(RTCPeerConnection from, RTCPeerConnection to) {
        from.addEventListener(EventType.ICECANDIDATE, event -> {
            RTCIceCandidate candidate = event.candidate();
            if (candidate != null) {
                simulation.time().after(SIGNALLING_DELAY.plusMillis(1), () -> note(to.addIceCandidate(candidate)));
            }
        });
    }
}
