/**
 * Encoded frames, the codecs they are made by, and how they travel in RTP payloads.
 *
 * <p>Everything here works on slices of arrays and on primitives: it knows no sockets, threads, clocks or session
 * descriptions, and not the view of a packet either. {@link org.webrtc4j.media.PayloadFormats} is where to begin.
 */
@NullMarked
package org.webrtc4j.media;

import org.jspecify.annotations.NullMarked;
