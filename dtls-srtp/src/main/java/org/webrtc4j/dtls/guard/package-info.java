/**
 * What stands between the network and a DTLS implementation: records walked, handshakes kept within bounds, drops counted.
 * Pure code; not exported.
 */
@NullMarked
package org.webrtc4j.dtls.guard;

import org.jspecify.annotations.NullMarked;
