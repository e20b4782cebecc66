/** Certificates and fingerprints (RFC 8122). */
@NullMarked
package org.webrtc4j.certificate;

import org.jspecify.annotations.NullMarked;
