package org.webrtc4j.benchmarks.forward;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.dtls.bouncycastle.BouncyCastleDtls;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.jca.JcaSrtp;

/**
 * The runtime of a generator: its connections set themselves up as any, with one SRTP profile; then their agents and keys can
 * be had, to send packets that no session has made.
 */
final class TappedRuntime {

    /** What one connection has below RTP. */
    record Transport(IceAgent agent, SrtpTransform srtp) {}

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final WebRtcRuntime runtime;
    private final OneProfileDtls dtls;
    private volatile @Nullable IceAgent agent;
    private volatile @Nullable SrtpTransform srtp;

    /**
     * Builds the runtime.
     *
     * @param builder with its loops
     * @param agents makes the agents
     * @param profile the only one negotiated
     */
    TappedRuntime(RuntimeBuilder builder, IceAgentFactory agents, SrtpProfile profile) {
        dtls = new OneProfileDtls(profile);
        runtime = builder.iceAgents(new Agents(agents))
                .dtls(dtls)
                .srtp((negotiated, keys, client) -> {
                    srtp = new JcaSrtp().create(negotiated, keys, client);
                    return new JcaSrtp().create(negotiated, keys, client);
                })
                .build();
    }

    WebRtcRuntime runtime() {
        return runtime;
    }

    /** The transport of the connection that was set up last. */
    Transport latest() {
        IceAgent made = agent;
        SrtpTransform keyed = srtp;
        if (made == null || keyed == null) {
            throw new IllegalStateException("No connection has been set up");
        }
        return new Transport(made, keyed);
    }

    /** Ends its connections, and what carries them out of the handshake. */
    CompletableFuture<@Nullable Void> shutdown() {
        return runtime.shutdown(LIMIT).whenComplete((done, failure) -> dtls.close());
    }

    private final class Agents implements IceAgentFactory {

        private final IceAgentFactory inner;

        Agents(IceAgentFactory inner) {
            this.inner = inner;
        }

        @Override
        public IceAgent create(EventLoop loop, IceAgentOptions options) {
            IceAgent made = inner.create(loop, options);
            agent = made;
            return made;
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    /** DTLS that offers and takes a single SRTP profile. */
    private static final class OneProfileDtls implements DtlsEndpointFactory {

        private static final int WORKERS = 2;

        private final SrtpProfile profile;
        private final DtlsEndpointFactory inner = BouncyCastleDtls.builder(new SecureRandom())
                .workers(WORKERS, WORKERS)
                .build();

        OneProfileDtls(SrtpProfile profile) {
            this.profile = profile;
        }

        @Override
        public DtlsEndpoint create(DtlsConfig config, EventLoop loop, DtlsSink sink) {
            return inner.create(
                    new DtlsConfig(
                            config.name(),
                            config.certificate(),
                            List.of(profile),
                            config.mtu(),
                            config.handshakeTimeoutNanos(),
                            config.firstResendNanos()),
                    loop,
                    sink);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
