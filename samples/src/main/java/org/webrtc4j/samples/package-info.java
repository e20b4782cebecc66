/** One runnable jar: a demo server with its page, a command-line peer, a self-test, and an SDP checker. */
@NullMarked
package org.webrtc4j.samples;

import org.jspecify.annotations.NullMarked;
