/** AV1 as RTP carries it (the RTP payload format of the Alliance for Open Media). */
@NullMarked
package org.webrtc4j.media.av1;

import org.jspecify.annotations.NullMarked;
