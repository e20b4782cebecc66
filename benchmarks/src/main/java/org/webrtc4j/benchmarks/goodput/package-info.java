/** Goodput of SCTP associations over seeded networks in virtual time: by round trip, loss, message size and controller. */
@NullMarked
package org.webrtc4j.benchmarks.goodput;

import org.jspecify.annotations.NullMarked;
