/** SRTP and SRTCP (RFC 3711, RFC 7714): profiles, keys from DTLS (RFC 5764), and the transform as its users see it. */
@NullMarked
package org.webrtc4j.srtp;

import org.jspecify.annotations.NullMarked;
