/** Frames out of an incoming stream whose packets are late, doubled, out of order or lost. */
@NullMarked
package org.webrtc4j.media.assembly;

import org.jspecify.annotations.NullMarked;
