package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsRole;

/** One handshake on its worker: the library blocks with its state on the stack, and the result is posted to the loop. */
final class HandshakeTask {

    /** What the loop hears of the worker; called on the loop. */
    interface Listener {
        void onFlight(List<byte[]> datagrams);

        void onHandshakeDone(DTLSTransport library, EpochCipher cipher);

        void onHandshakeFailed(Throwable cause);

        void onShutDown();
    }

    private final DtlsRole role;
    private final HybridCrypto crypto;
    private final Negotiation negotiation;
    private final LocalIdentity identity;
    private final EventLoop loop;
    private final Listener listener;
    private final WorkerTransport transport;
    private final SwitchedTransport switched;

    HandshakeTask(
            DtlsRole role,
            HybridCrypto crypto,
            Negotiation negotiation,
            LocalIdentity identity,
            EventLoop loop,
            Listener listener) {
        this.role = role;
        this.crypto = crypto;
        this.negotiation = negotiation;
        this.identity = identity;
        this.loop = loop;
        this.listener = listener;
        this.transport =
                new WorkerTransport(negotiation.config().mtu(), flight -> post(() -> listener.onFlight(flight)));
        this.switched = new SwitchedTransport(transport);
    }

    WorkerTransport transport() {
        return transport;
    }

    SwitchedTransport switched() {
        return switched;
    }

    void run() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("webrtc4j-dtls-" + negotiation.config().name());
        try {
            DTLSTransport library = handshake();
            EpochCipher cipher = crypto.cipher();
            transport.flush();
            post(() -> listener.onHandshakeDone(library, cipher));
        } catch (Throwable e) { // an Error too must reach the loop: nobody else would end the association
            transport.flush();
            post(() -> listener.onHandshakeFailed(e));
        } finally {
            thread.setName(name);
        }
    }

    private DTLSTransport handshake() throws IOException {
        return switch (role) {
            case CLIENT -> new DTLSClientProtocol().connect(new ClientPeer(crypto, negotiation, identity), switched);
            case SERVER -> new DTLSServerProtocol().accept(new ServerPeer(crypto, negotiation, identity), switched);
        };
    }

    /** Ends the handshake from outside, with a failure. */
    void shutDown() {
        transport.abort();
        post(listener::onShutDown);
    }

    private void post(Runnable result) {
        try {
            loop.execute(result);
        } catch (RejectedExecutionException e) {
            // The loop is gone and the endpoint with it: nobody is left to tell.
            transport.abort();
        }
    }
}
