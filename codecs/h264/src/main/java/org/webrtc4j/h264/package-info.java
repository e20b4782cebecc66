/** H.264 pictures, and key frames of VP8, by JCodec. */
@NullMarked
package org.webrtc4j.h264;

import org.jspecify.annotations.NullMarked;
