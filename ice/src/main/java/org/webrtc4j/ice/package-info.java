/**
 * The seams of ICE: {@link org.webrtc4j.ice.IceTransport} towards DTLS and the driver of a connection, {@link
 * org.webrtc4j.ice.IceAgent} towards negotiation (RFC 8445, RFC 8838).
 *
 * <p>BUNDLE and rtcp-mux only: one connection is one agent with one stream of one component, so there is no frozen state.
 */
@NullMarked
package org.webrtc4j.ice;

import org.jspecify.annotations.NullMarked;
