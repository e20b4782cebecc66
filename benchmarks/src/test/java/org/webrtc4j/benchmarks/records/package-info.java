@NullMarked
package org.webrtc4j.benchmarks.records;

import org.jspecify.annotations.NullMarked;
