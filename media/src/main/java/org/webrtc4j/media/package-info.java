/** Payload formats, frames, codec and source interfaces. Nothing is built yet. */
@NullMarked
package org.webrtc4j.media;

import org.jspecify.annotations.NullMarked;
