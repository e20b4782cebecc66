/**
 * RTP header extensions (RFC 8285): which identifier means what, writing them, and the formats of those that WebRTC uses.
 *
 * <p>Formats are read and written in place, at an index of an array, as primitives.
 */
@NullMarked
package org.webrtc4j.rtp.extension;

import org.jspecify.annotations.NullMarked;
