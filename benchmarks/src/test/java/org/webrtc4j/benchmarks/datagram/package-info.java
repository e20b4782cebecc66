@NullMarked
package org.webrtc4j.benchmarks.datagram;

import org.jspecify.annotations.NullMarked;
