/** SCTP over UDP without DTLS, beside usrsctp. */
@NullMarked
package org.webrtc4j.benchmarks.usrsctp;

import org.jspecify.annotations.NullMarked;
