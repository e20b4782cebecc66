/**
 * Records of the epoch that follows a handshake: protected and opened on the JDK's ciphers, with nothing allocated here for
 * each. Pure code; not exported.
 */
@NullMarked
package org.webrtc4j.dtls.record;

import org.jspecify.annotations.NullMarked;
