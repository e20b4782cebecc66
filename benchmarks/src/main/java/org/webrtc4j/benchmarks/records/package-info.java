/** What a protected DTLS record costs, beside the records of the library that shakes hands. */
@NullMarked
package org.webrtc4j.benchmarks.records;

import org.jspecify.annotations.NullMarked;
