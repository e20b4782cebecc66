/** What payload formats share: a growing frame, bits, start codes. */
@NullMarked
package org.webrtc4j.media.bytes;

import org.jspecify.annotations.NullMarked;
