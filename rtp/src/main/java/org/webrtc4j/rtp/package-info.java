/** RTP and RTCP packets, header extensions, streams and congestion control. Nothing is built yet. */
@NullMarked
package org.webrtc4j.rtp;

import org.jspecify.annotations.NullMarked;
