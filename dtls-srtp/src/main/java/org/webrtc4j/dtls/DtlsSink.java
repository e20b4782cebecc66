package org.webrtc4j.dtls;

import java.nio.ByteBuffer;
import org.webrtc4j.common.PacketSink;

/**
 * Where a {@link DtlsEndpoint} puts what it makes. None of these may call back into the endpoint.
 *
 * <p>An endpoint whose handshake runs on a worker calls from its loop, but also between the owner's turns.
 */
public interface DtlsSink extends PacketSink {

    /**
     * Takes one decrypted datagram. Data that overtook the end of the handshake comes in a task of its own after the one
     * in which {@link DtlsEvent.Connected} was reported.
     *
     * @param data a heap buffer, borrowed for the call
     */
    void onApplicationData(ByteBuffer data);

    /**
     * Takes note of an event; the owner delivers it later in its turn.
     *
     * @param event what happened
     */
    void onEvent(DtlsEvent event);
}
