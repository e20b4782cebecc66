package org.webrtc4j.dtls.contract;

import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsRole;

/** A client and a server with a link between them. */
public final class DtlsPair {

    private final DrivenLoop loop;
    private final DtlsPeer client;
    private final DtlsPeer server;
    private final DtlsConfig clientConfig;
    private final DtlsConfig serverConfig;
    private final List<byte[]> fromClient = new ArrayList<>();
    private final List<byte[]> fromServer = new ArrayList<>();
    private Link link = Link.perfect();

    /**
     * Creates two endpoints, not started, that know nothing of each other's fingerprints.
     *
     * @param factory their implementation
     * @param loop where both live
     * @param clientConfig what the client is made of
     * @param serverConfig what the server is made of
     */
    public DtlsPair(DtlsEndpointFactory factory, DrivenLoop loop, DtlsConfig clientConfig, DtlsConfig serverConfig) {
        this.loop = loop;
        this.clientConfig = clientConfig;
        this.serverConfig = serverConfig;
        client = new DtlsPeer(factory, clientConfig, loop);
        server = new DtlsPeer(factory, serverConfig, loop);
        client.output(datagram -> carry(true, fromClient, datagram, server));
        server.output(datagram -> carry(false, fromServer, datagram, client));
    }

    /**
     * Replaces the link.
     *
     * @param replacement from now on
     * @return this
     */
    public DtlsPair link(Link replacement) {
        link = replacement;
        return this;
    }

    private void carry(boolean clients, List<byte[]> sent, byte[] datagram, DtlsPeer receiver) {
        int index = sent.size();
        sent.add(datagram);
        for (Link.Arrival arrival : link.carry(clients, index, datagram)) {
            Runnable delivery = () -> receiver.receive(arrival.datagram());
            if (arrival.delayNanos() == 0) {
                loop.execute(delivery);
            } else {
                loop.newTimer(delivery).arm(loop.clock().nanoTime() + arrival.delayNanos());
            }
        }
    }

    /**
     * Tells both the other's fingerprints and starts them, the server first.
     *
     * @return this
     */
    public DtlsPair start() {
        client.expect(serverConfig.certificate().fingerprints());
        server.expect(clientConfig.certificate().fingerprints());
        server.start(DtlsRole.SERVER);
        client.start(DtlsRole.CLIENT);
        return this;
    }

    /**
     * Starts both and waits for the end of the handshake.
     *
     * @return this
     */
    public DtlsPair connect() {
        start();
        loop.runUntil("both connected", () -> {
            rejectFailure(client);
            rejectFailure(server);
            return client.hasConnected() && server.hasConnected();
        });
        return this;
    }

    private static void rejectFailure(DtlsPeer peer) {
        if (peer.failure().isPresent()) {
            throw new AssertionError("The handshake failed: " + peer.failure().get());
        }
    }

    /** Closes both. */
    public void close() {
        client.close();
        server.close();
    }

    /**
     * Returns the client.
     *
     * @return as created
     */
    public DtlsPeer client() {
        return client;
    }

    /**
     * Returns the server.
     *
     * @return as created
     */
    public DtlsPeer server() {
        return server;
    }

    /**
     * Returns what the client sent.
     *
     * @return all datagrams so far
     */
    public List<byte[]> fromClient() {
        return fromClient;
    }

    /**
     * Returns what the server sent.
     *
     * @return all datagrams so far
     */
    public List<byte[]> fromServer() {
        return fromServer;
    }
}
