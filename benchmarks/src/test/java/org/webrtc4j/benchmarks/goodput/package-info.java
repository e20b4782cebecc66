@NullMarked
package org.webrtc4j.benchmarks.goodput;

import org.jspecify.annotations.NullMarked;
