/** The parts of receiving a stream, each a small state of its own. */
@NullMarked
package org.webrtc4j.rtp.receive;

import org.jspecify.annotations.NullMarked;
