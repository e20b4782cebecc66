/** Data channels of several stacks through a relay that delays and loses packets. */
@NullMarked
package org.webrtc4j.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
