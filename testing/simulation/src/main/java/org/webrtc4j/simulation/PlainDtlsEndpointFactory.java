package org.webrtc4j.simulation;

import java.util.random.RandomGenerator;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsSink;

/** Makes {@link PlainDtlsEndpoint}s. It has no workers: an endpoint does everything within the calls of its owner. */
public final class PlainDtlsEndpointFactory implements DtlsEndpointFactory {

    private final RandomGenerator random;

    /**
     * Creates a factory.
     *
     * @param random the only source of chance of all its endpoints
     */
    public PlainDtlsEndpointFactory(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public DtlsEndpoint create(DtlsConfig config, EventLoop loop, DtlsSink sink) {
        return new PlainDtlsEndpoint(config, random, sink);
    }

    @Override
    public void close() {}
}
