/**
 * An SCTP association (RFC 9260) in the WebRTC profile (RFC 8831, RFC 8261), as a sans-IO engine.
 *
 * <p>{@link org.webrtc4j.sctp.SctpAssociation} needs a packet sink and a caller with a clock, and nothing of DTLS or ICE:
 * the same engine runs over UDP (RFC 6951), over DTLS, or in virtual time.
 */
@NullMarked
package org.webrtc4j.sctp;

import org.jspecify.annotations.NullMarked;
