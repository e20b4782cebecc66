/** The parts of sending a stream, each a small state of its own. */
@NullMarked
package org.webrtc4j.rtp.send;

import org.jspecify.annotations.NullMarked;
