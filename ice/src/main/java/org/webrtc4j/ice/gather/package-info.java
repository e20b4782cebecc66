/**
 * Gathering as pure state machines (RFC 8445 section 5.1.1): host candidates from ports, server-reflexive ones by STUN.
 *
 * <p>No socket, thread, clock or randomness of its own.
 */
@NullMarked
package org.webrtc4j.ice.gather;

import org.jspecify.annotations.NullMarked;
