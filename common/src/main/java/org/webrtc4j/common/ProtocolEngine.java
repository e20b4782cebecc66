package org.webrtc4j.common;

import java.nio.ByteBuffer;

/**
 * A protocol as a single-threaded state machine: packets and time go in; packets, events and the next wake-up come out.
 *
 * <p>An engine has no socket, no thread, no clock and no randomness of its own; all four are given at construction or
 * passed in. It is confined to one thread at a time, and its owner drives it in <em>turns</em>:
 *
 * <ol>
 *   <li>inputs: any number of {@link #handlePacket} and {@link #handleTimeout} calls. {@code handlePacket} only takes in;
 *   <li>{@link #handleBatchEnd}, once: the engine decides (acknowledge now or later, what to send) and emits to its sink;
 *   <li>queued events are delivered by the owner; their handlers may call anything;
 *   <li>{@code handleBatchEnd} again where something joined; then one timer is armed at {@link #nextTimeout}.
 * </ol>
 *
 * <p>Rules that make stacking safe: a sink never calls back into the engine that calls it; an event is only appended to
 * the owner's queue; methods that send only queue. Bad bytes are dropped and counted, never thrown.
 */
public interface ProtocolEngine {

    /** The value of {@link #nextTimeout} when the engine waits for nothing. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Takes one packet in.
     *
     * @param packet the bytes between position and limit of a heap buffer, borrowed for the duration of the call
     * @param nowNanos the time of this turn, on the owner's {@link TimeSource}
     */
    void handlePacket(ByteBuffer packet, long nowNanos);

    /**
     * Lets time pass. An early or a late call does no harm, so one coarse timer serves any number of engines.
     *
     * @param nowNanos the time of this turn
     */
    void handleTimeout(long nowNanos);

    /**
     * Tells that the inputs of this turn are over: decide and emit.
     *
     * @param nowNanos the time of this turn
     */
    default void handleBatchEnd(long nowNanos) {}

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return an absolute time in nanoseconds, or {@link #NEVER}
     */
    long nextTimeout();
}
