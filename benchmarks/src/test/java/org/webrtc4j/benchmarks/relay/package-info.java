@NullMarked
package org.webrtc4j.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
