package org.webrtc4j.ice.port;

/**
 * How late the timers of a loop ran: the time for which something else, usually a task that blocked, held it.
 *
 * @param recentNanos the largest lag of the last one to two seconds, 0 when no timer ran
 * @param maxNanos the largest lag since the loop began
 */
public record LoopLag(long recentNanos, long maxNanos) {}
