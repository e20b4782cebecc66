/** Encoders and decoders: the interfaces behind which codec libraries stand, and how they are found. */
@NullMarked
package org.webrtc4j.media.codec;

import org.jspecify.annotations.NullMarked;
