/**
 * RTCP (RFC 3550 section 6) with the feedback messages and extended reports of WebRTC: cursors over a borrowed buffer that
 * make no objects, and a builder of bounded size.
 */
@NullMarked
package org.webrtc4j.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
