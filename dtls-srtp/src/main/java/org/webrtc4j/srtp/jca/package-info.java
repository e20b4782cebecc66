/** The SRTP transform on the ciphers and digests of the JDK. */
@NullMarked
package org.webrtc4j.srtp.jca;

import org.jspecify.annotations.NullMarked;
