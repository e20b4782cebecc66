/** The receiving half: which TSNs have come, when to acknowledge, reassembly, the receive window. */
@NullMarked
package org.webrtc4j.sctp.rx;

import org.jspecify.annotations.NullMarked;
