/** SRTP protection profiles and their keys (RFC 5764). The transform itself is not built yet. */
@NullMarked
package org.webrtc4j.srtp;

import org.jspecify.annotations.NullMarked;
