/**
 * The driver of a connection: one loop, one turn, one timer for the engines of ICE, DTLS and SCTP stacked on each other.
 *
 * <p>The way of a packet: the agent hands it to {@link org.webrtc4j.driver.ConnectionDriver}, which looks at its first
 * byte; DTLS decrypts it and hands the datagram on; the data channel session takes it in and queues events; at the end of
 * the batch the engines decide and emit, from the bottom up, and the agent flushes once.
 */
@NullMarked
package org.webrtc4j.driver;

import org.jspecify.annotations.NullMarked;
