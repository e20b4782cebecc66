/** One WebRTC peer on libwebrtc, driven by JSON lines: the stack that the benchmarks are compared with. */
@NullMarked
package org.webrtc4j.peers.libwebrtc;

import org.jspecify.annotations.NullMarked;
