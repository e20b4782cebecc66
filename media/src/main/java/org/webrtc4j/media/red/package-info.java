/** Sound that repeats what earlier packets carried (RFC 2198). */
@NullMarked
package org.webrtc4j.media.red;

import org.jspecify.annotations.NullMarked;
