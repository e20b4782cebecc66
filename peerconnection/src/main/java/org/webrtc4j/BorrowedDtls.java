package org.webrtc4j;

import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsSink;

/** A factory that belongs to somebody else: it is used here and not closed. */
record BorrowedDtls(DtlsEndpointFactory owner) implements DtlsEndpointFactory {

    @Override
    public DtlsEndpoint create(DtlsConfig config, EventLoop loop, DtlsSink sink) {
        return owner.create(config, loop, sink);
    }

    @Override
    public void close() {
        // Its owner closes it.
    }
}
