/** H.265 (RFC 7798). */
@NullMarked
package org.webrtc4j.media.h265;

import org.jspecify.annotations.NullMarked;
