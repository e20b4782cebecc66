/** What SRTP costs a packet beside jitsi-srtp and libsrtp, in rounds that take turns. */
@NullMarked
package org.webrtc4j.benchmarks.srtp;

import org.jspecify.annotations.NullMarked;
