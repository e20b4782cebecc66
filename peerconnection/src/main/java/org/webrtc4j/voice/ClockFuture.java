package org.webrtc4j.voice;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.webrtc4j.DOMException;

/** A future that the clock of a source completes, and that refuses to be waited for where that would stop the clock. */
final class ClockFuture<T> extends CompletableFuture<T> {

    private final BooleanSupplier inClock;

    ClockFuture(BooleanSupplier inClock) {
        this.inClock = inClock;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new ClockFuture<>(inClock);
    }

    @Override
    public T join() {
        refuseDeadlock();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseDeadlock();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseDeadlock();
        return super.get(timeout, unit);
    }

    private void refuseDeadlock() {
        if (!isDone() && inClock.getAsBoolean()) {
            throw new DOMException(
                    "This future completes on the loop that waits for it; chain with thenCompose or thenAccept instead",
                    "InvalidStateError");
        }
    }
}
