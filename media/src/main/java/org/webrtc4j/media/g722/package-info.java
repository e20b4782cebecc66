/** G.722: seven kilohertz of sound in 64 kbit/s (ITU-T G.722). */
@NullMarked
package org.webrtc4j.media.g722;

import org.jspecify.annotations.NullMarked;
