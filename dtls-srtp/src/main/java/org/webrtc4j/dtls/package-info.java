/** The seam of DTLS (RFC 6347, RFC 5763): an endpoint is an engine that carries datagrams of the layer above. */
@NullMarked
package org.webrtc4j.dtls;

import org.jspecify.annotations.NullMarked;
