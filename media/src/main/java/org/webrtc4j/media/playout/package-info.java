/** When what was received is heard and shown: delays that follow the jitter, an even pace, sound and picture in step. */
@NullMarked
package org.webrtc4j.media.playout;

import org.jspecify.annotations.NullMarked;
