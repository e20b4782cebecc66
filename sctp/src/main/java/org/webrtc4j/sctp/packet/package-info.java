/** The wire: checksum, chunk and parameter codes, the packet builder, and the chunks that are values (RFC 9260 section 3). */
@NullMarked
package org.webrtc4j.sctp.packet;

import org.jspecify.annotations.NullMarked;
