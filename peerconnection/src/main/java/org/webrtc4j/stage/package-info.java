/** Where encoders and decoders run: threads of a runtime, and stages that keep one frame of a stream there at a time. */
@NullMarked
package org.webrtc4j.stage;

import org.jspecify.annotations.NullMarked;
