/** Forward error correction by exclusive or: packets that are lost come back out of others (RFC 5109, FlexFEC). */
@NullMarked
package org.webrtc4j.rtp.fec;

import org.jspecify.annotations.NullMarked;
