/** VP8 as RTP carries it (RFC 7741). */
@NullMarked
package org.webrtc4j.media.vp8;

import org.jspecify.annotations.NullMarked;
