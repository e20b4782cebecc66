@NullMarked
package org.webrtc4j.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
