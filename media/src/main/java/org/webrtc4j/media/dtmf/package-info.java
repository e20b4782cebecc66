/** Key presses on a telephone, as events of RTP (RFC 4733). */
@NullMarked
package org.webrtc4j.media.dtmf;

import org.jspecify.annotations.NullMarked;
