/** The server and clients of it on a simulated network. */
@NullMarked
package org.webrtc4j.turnserver.simulation;

import org.jspecify.annotations.NullMarked;
