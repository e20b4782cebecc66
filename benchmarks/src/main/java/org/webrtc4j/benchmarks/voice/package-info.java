/** Voice calls: how many of them a core carries. */
@NullMarked
package org.webrtc4j.benchmarks.voice;

import org.jspecify.annotations.NullMarked;
