/**
 * The engine contract, the event loop seam, time, serial numbers, and bounded readers and writers.
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock.
 */
@NullMarked
package org.webrtc4j.common;

import org.jspecify.annotations.NullMarked;
