package org.webrtc4j.jsep;

/**
 * What a section is within the bundle.
 *
 * @param carrier whether it names the candidates: the first section in use
 * @param bundleOnly whether it is only of use within the bundle (RFC 9143 section 6)
 */
record SectionPlace(boolean carrier, boolean bundleOnly) {}
