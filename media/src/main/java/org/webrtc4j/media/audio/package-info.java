/** The pieces of voice: rates and channels changed, tones made and found, levels, and a jitter buffer. */
@NullMarked
package org.webrtc4j.media.audio;

import org.jspecify.annotations.NullMarked;
