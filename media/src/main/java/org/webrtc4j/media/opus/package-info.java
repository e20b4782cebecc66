/** Opus as RTP carries it (RFC 7587), and what its first bytes tell (RFC 6716). */
@NullMarked
package org.webrtc4j.media.opus;

import org.jspecify.annotations.NullMarked;
