/** One SCTP association over UDP without DTLS as a program: JSON lines in and out, for trials against other stacks. */
@NullMarked
package org.webrtc4j.samples.sctp;

import org.jspecify.annotations.NullMarked;
