/**
 * A TURN server (RFC 8656) as a pure state machine: packets of clients and peers and time go in, packets and wishes for
 * relayed addresses come out.
 *
 * <p>No socket, thread, clock or randomness of its own.
 */
@NullMarked
package org.webrtc4j.turnserver.engine;

import org.jspecify.annotations.NullMarked;
