/** H.264 as RTP carries it (RFC 6184). */
@NullMarked
package org.webrtc4j.media.h264;

import org.jspecify.annotations.NullMarked;
