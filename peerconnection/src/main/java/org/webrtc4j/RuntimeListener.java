package org.webrtc4j;

import java.util.Map;

/**
 * Hears what happens to the connections of a runtime: the place for metrics, without a dependency on any.
 *
 * <p>Called on the loops or Executors of the connections, from several threads at once; an implementation returns quickly
 * and does not throw.
 */
public interface RuntimeListener {

    /** Hears nothing. */
    RuntimeListener NONE = new RuntimeListener() {};

    /**
     * The state of a connection changed.
     *
     * @param connection its name
     * @param state the new state
     */
    default void onConnectionState(String connection, RTCPeerConnectionState state) {}

    /**
     * The data channels of a connection can carry messages for the first time.
     *
     * @param connection its name
     * @param times how long each phase took
     */
    default void onConnected(String connection, ConnectTimes times) {}

    /**
     * A connection failed.
     *
     * @param connection its name
     * @param why one sentence: which pairs were tried and what came back, or what ended DTLS or SCTP
     */
    default void onFailed(String connection, String why) {}

    /**
     * A connection was closed and has released everything.
     *
     * @param connection its name
     * @param cause why
     * @param drops packets, records and chunks it dropped over its life, by layer and reason
     */
    default void onClosed(String connection, CloseCause cause, Map<String, Long> drops) {}

    /**
     * A connection was closed: how much waited in its queues at worst. Told right before {@link #onClosed}; those of
     * connections that live are in {@link WebRtcRuntime#stats()}.
     *
     * @param connection its name
     * @param peaks the most that waited
     */
    default void onQueuePeaks(String connection, QueuePeaks peaks) {}

    /**
     * How late the timers of a loop ran, told once a second on that loop. Loops of another kind than Netty's are not
     * measured.
     *
     * @param loop its number, from 0
     * @param lagNanos the worst of the last one to two seconds
     */
    default void onLoopLag(int loop, long lagNanos) {}

    /**
     * A handler of a connection threw. It was logged; the other handlers were called all the same.
     *
     * @param connection its name
     * @param thrown what it threw
     */
    default void onHandlerException(String connection, Throwable thrown) {}
}
