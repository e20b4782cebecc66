/**
 * The ICE agent as a pure engine (RFC 8445, 8838, 8863, 7675): pairs, checks, nomination, consent, restart.
 *
 * <p>No socket, thread, clock or randomness of its own; {@code IceEngine} is the only entry.
 */
@NullMarked
package org.webrtc4j.ice.agent;

import org.jspecify.annotations.NullMarked;
