/**
 * Where packets leave and arrive: the seam between the pure agent and sockets, real or simulated.
 *
 * <p>The Netty implementation is the only place of the stack that knows a socket or a {@code ByteBuf}.
 */
@NullMarked
package org.webrtc4j.ice.port;

import org.jspecify.annotations.NullMarked;
