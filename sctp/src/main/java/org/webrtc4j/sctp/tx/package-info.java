/** The sending half: the queue and its scheduler, outstanding data, congestion control, the retransmission timeout. */
@NullMarked
package org.webrtc4j.sctp.tx;

import org.jspecify.annotations.NullMarked;
