/** Peers of other stacks, as programs that speak JSON lines: what interop tests and benchmarks join and drive. */
@NullMarked
package org.webrtc4j.testkit.peer;

import org.jspecify.annotations.NullMarked;
