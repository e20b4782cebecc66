/** Numbers in network byte order. */
@NullMarked
package org.webrtc4j.rtp.wire;

import org.jspecify.annotations.NullMarked;
