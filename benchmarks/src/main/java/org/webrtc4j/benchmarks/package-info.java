/** The harness that measures data channels beside other stacks in the same run, and JMH benchmarks. */
@NullMarked
package org.webrtc4j.benchmarks;

import org.jspecify.annotations.NullMarked;
