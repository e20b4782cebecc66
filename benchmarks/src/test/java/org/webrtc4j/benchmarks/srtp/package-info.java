@NullMarked
package org.webrtc4j.benchmarks.srtp;

import org.jspecify.annotations.NullMarked;
