@NullMarked
package org.webrtc4j.benchmarks;

import org.jspecify.annotations.NullMarked;
