/**
 * A STUN and TURN server (RFC 8489, RFC 8656) to embed: UDP, TCP and TLS on Netty in front of a pure engine.
 */
@NullMarked
package org.webrtc4j.turnserver;

import org.jspecify.annotations.NullMarked;
