/** DTLS 1.2 over Bouncy Castle. */
@NullMarked
package org.webrtc4j.dtls.bouncycastle;

import org.jspecify.annotations.NullMarked;
