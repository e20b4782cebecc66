/** Events for Java Flight Recorder: state changes, handshakes and drops, each with the connection's name. */
@NullMarked
package org.webrtc4j.flight;

import org.jspecify.annotations.NullMarked;
