/**
 * RTP and RTCP (RFC 3550) as WebRTC uses them: a reused packet view, and the session that carries all streams of one
 * connection.
 *
 * <p>Everything here works on plaintext in heap buffers that are borrowed for the call, on one thread, without a clock or
 * randomness of its own.
 */
@NullMarked
package org.webrtc4j.rtp;

import org.jspecify.annotations.NullMarked;
