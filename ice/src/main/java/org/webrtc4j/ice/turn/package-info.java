/**
 * TURN (RFC 8656) as pure state machines: the client of one allocation, and the framing of its messages.
 *
 * <p>No socket, thread, clock or randomness of its own.
 */
@NullMarked
package org.webrtc4j.ice.turn;

import org.jspecify.annotations.NullMarked;
