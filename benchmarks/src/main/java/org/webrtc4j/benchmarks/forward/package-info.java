/** The packet-throughput harness: what a forwarding server does with each packet, measured. */
@NullMarked
package org.webrtc4j.benchmarks.forward;

import org.jspecify.annotations.NullMarked;
