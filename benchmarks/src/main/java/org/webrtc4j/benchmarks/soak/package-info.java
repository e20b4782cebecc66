/** A data channel at full rate for a long time: what stays, and what grows. */
@NullMarked
package org.webrtc4j.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
