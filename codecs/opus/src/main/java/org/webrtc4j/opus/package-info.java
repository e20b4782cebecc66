/** Opus (RFC 6716) by Concentus, a port of the reference implementation to Java. */
@NullMarked
package org.webrtc4j.opus;

import org.jspecify.annotations.NullMarked;
