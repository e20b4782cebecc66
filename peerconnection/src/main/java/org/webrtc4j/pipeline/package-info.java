/** What stands between RTP and the tracks of a connection: frames from packets and packets from frames, and forwarding. */
@NullMarked
package org.webrtc4j.pipeline;

import org.jspecify.annotations.NullMarked;
