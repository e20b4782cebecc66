package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection was closed.
 *
 * @param kind who closed it
 * @param message one sentence for people
 * @param thrown the exception behind it, or null
 */
public record CloseCause(
        Kind kind, String message, @Nullable Throwable thrown) {

    /** Who closed a connection. */
    public enum Kind {
        /** {@link RTCPeerConnection#close()}, from a failed state too: the message then says why it had failed. */
        CLOSED,
        /** {@link RTCPeerConnection#closeGracefully}. */
        CLOSED_GRACEFULLY,
        /** The user's Executor refused a task. */
        EXECUTOR_REJECTED,
        /** The runtime was shut down. */
        RUNTIME_SHUTDOWN,
        /** Something inside the library threw. */
        INTERNAL_ERROR
    }
}
