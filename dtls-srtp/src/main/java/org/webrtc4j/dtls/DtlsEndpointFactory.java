package org.webrtc4j.dtls;

import org.webrtc4j.common.EventLoop;

/** Makes endpoints, and owns what they share (handshake workers). */
public interface DtlsEndpointFactory extends AutoCloseable {

    /**
     * Makes an endpoint confined to a loop.
     *
     * @param config what the association is made of
     * @param loop where the endpoint lives; results of workers are posted to it
     * @param sink where it puts what it makes
     * @return a new endpoint, not started
     */
    DtlsEndpoint create(DtlsConfig config, EventLoop loop, DtlsSink sink);

    /** Ends workers. Handshakes under way fail. */
    @Override
    void close();
}
