/** VP9 as RTP carries it (RFC 9628). */
@NullMarked
package org.webrtc4j.media.vp9;

import org.jspecify.annotations.NullMarked;
