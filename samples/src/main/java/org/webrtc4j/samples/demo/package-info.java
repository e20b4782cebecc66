/** An HTTP and WebSocket server with the demo page: chat, echo and a throughput meter over data channels. */
@NullMarked
package org.webrtc4j.samples.demo;

import org.jspecify.annotations.NullMarked;
