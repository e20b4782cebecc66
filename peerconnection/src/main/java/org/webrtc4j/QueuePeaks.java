package org.webrtc4j;

/**
 * The most that ever waited in the queues of a connection.
 *
 * @param commands tasks that waited for the loop
 * @param events tasks that waited for the place of events, the loop or the user's Executor
 * @param bufferedBytes bytes given to send and not yet sent, over all channels
 */
public record QueuePeaks(int commands, int events, long bufferedBytes) {

    /** Nothing ever waited. */
    static final QueuePeaks NONE = new QueuePeaks(0, 0, 0);

    QueuePeaks max(QueuePeaks other) {
        return new QueuePeaks(
                Math.max(commands, other.commands),
                Math.max(events, other.events),
                Math.max(bufferedBytes, other.bufferedBytes));
    }
}
