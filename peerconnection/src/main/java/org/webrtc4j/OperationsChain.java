package org.webrtc4j;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.webrtc4j.driver.ConfinedFuture;

/**
 * The operations chain of a connection: descriptions and candidates take effect one after the other, in the order of the
 * calls, each as a task of its own of the {@link EventPlace}.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#dfn-operations-chain">the specification</a>
 */
final class OperationsChain {

    /** How many operations may wait; one more fails with OperationError. */
    static final int MAX_OPERATIONS = 4_096;

    private final EventPlace place;
    private final BooleanSupplier closed;
    private final Runnable onEmpty;
    private final Object monitor = new Object();
    private int length;

    /**
     * Creates a chain.
     *
     * @param closed whether the connection is closed: an operation that comes to its turn then fails
     * @param onEmpty runs in the place each time the last operation has ended
     */
    OperationsChain(EventPlace place, BooleanSupplier closed, Runnable onEmpty) {
        this.place = place;
        this.closed = closed;
        this.onEmpty = onEmpty;
    }

    boolean isEmpty() {
        synchronized (monitor) {
            return length == 0;
        }
    }

    /** Chains an operation; the future completes in the place with what it returns or throws. */
    <T> CompletableFuture<T> chain(Callable<T> operation) {
        ConfinedFuture<T> result = new ConfinedFuture<>(place::here);
        if (closed.getAsBoolean()) {
            result.completeExceptionally(DOMException.invalidState("The connection is closed"));
            return result;
        }
        synchronized (monitor) {
            if (length >= MAX_OPERATIONS) {
                result.completeExceptionally(
                        DOMException.operation(MAX_OPERATIONS + " operations wait on this connection already"));
                return result;
            }
            length++;
        }
        place.execute(() -> run(operation, result));
        return result;
    }

    private <T> void run(Callable<T> operation, ConfinedFuture<T> result) {
        T value = null;
        Throwable failure = null;
        try {
            if (closed.getAsBoolean()) {
                throw DOMException.invalidState("The connection was closed before this operation");
            }
            value = operation.call();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        // The events of the operation were queued by it and fire before its future completes.
        T done = value;
        Throwable failed = failure;
        place.execute(() -> {
            if (failed != null) {
                result.completeExceptionally(failed);
            } else {
                result.complete(done);
            }
            boolean empty;
            synchronized (monitor) {
                empty = --length == 0;
            }
            if (empty) {
                onEmpty.run();
            }
        });
    }
}
