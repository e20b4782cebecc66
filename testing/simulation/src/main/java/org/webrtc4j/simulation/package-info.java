/**
 * Whole connections in virtual time. The one part of a connection that keeps its own clock, the DTLS library, is replaced
 * by {@link org.webrtc4j.simulation.PlainDtlsEndpoint} behind the same seam; everything else is what users run.
 */
@NullMarked
package org.webrtc4j.simulation;

import org.jspecify.annotations.NullMarked;
