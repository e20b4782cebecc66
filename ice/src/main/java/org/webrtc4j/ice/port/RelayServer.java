package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;

/**
 * A TURN server and how it is reached.
 *
 * @param address its address
 * @param protocol what carries messages to it
 * @param host the name or literal of its URL: what its certificate is for
 */
public record RelayServer(InetSocketAddress address, Protocol protocol, String host) {

    /** What carries messages to a TURN server, the preferred first. */
    public enum Protocol {
        /** Datagrams. */
        UDP("udp"),
        /** A TCP connection. */
        TCP("tcp"),
        /** TLS over TCP. */
        TLS("tls");

        private final String text;

        Protocol(String text) {
            this.text = text;
        }

        /**
         * Returns the name as relayProtocol of a candidate has it.
         *
         * @return udp, tcp or tls
         */
        public String text() {
            return text;
        }
    }
}
