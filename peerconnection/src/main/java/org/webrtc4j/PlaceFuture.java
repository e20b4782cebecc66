package org.webrtc4j;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that completes in a connection's {@link EventPlace}, and therefore refuses to be waited for there: it would
 * never complete. Futures derived from it refuse too.
 */
final class PlaceFuture<T> extends CompletableFuture<T> {

    private final EventPlace place;

    PlaceFuture(EventPlace place) {
        this.place = place;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new PlaceFuture<>(place);
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
        if (!isDone() && place.here()) {
            throw DOMException.invalidState(
                    "This future completes on the thread that waits for it; chain with thenCompose or thenAccept instead");
        }
    }
}
