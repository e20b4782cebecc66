/** What DTLS and SRTP have in common: the JDK's ciphers by name, replay windows, words of an array. Not exported. */
@NullMarked
package org.webrtc4j.crypto;

import org.jspecify.annotations.NullMarked;
