@NullMarked
package org.webrtc4j.benchmarks.ice;

import org.jspecify.annotations.NullMarked;
