/** A second SRTP transform behind the same interface, over jitsi-srtp. */
@NullMarked
package org.webrtc4j.jitsisrtp;

import org.jspecify.annotations.NullMarked;
