/**
 * STUN messages (RFC 8489) with the attributes of ICE (RFC 8445 section 16.1): read in place, written into reused
 * scratch, authenticated with a reused {@code Mac}.
 *
 * <p>Reader, writer and keys are confined to one thread; no message is an object.
 */
@NullMarked
package org.webrtc4j.ice.stun;

import org.jspecify.annotations.NullMarked;
