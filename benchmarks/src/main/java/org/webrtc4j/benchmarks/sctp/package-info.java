/** SCTP alone, in memory. */
@NullMarked
package org.webrtc4j.benchmarks.sctp;

import org.jspecify.annotations.NullMarked;
