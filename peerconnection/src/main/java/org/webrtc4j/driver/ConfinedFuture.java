package org.webrtc4j.driver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.webrtc4j.DOMException;

/**
 * A future that completes where something else goes on as well, a connection's events or a source's clock, and therefore
 * refuses to be waited for there: it would never complete. Futures derived from it refuse too.
 *
 * @param <T> its result
 */
public final class ConfinedFuture<T> extends CompletableFuture<T> {

    private final BooleanSupplier here;

    /**
     * Makes a future that is not complete.
     *
     * @param here tells whether it is called where the future completes
     */
    public ConfinedFuture(BooleanSupplier here) {
        this.here = here;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new ConfinedFuture<>(here);
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
        if (!isDone() && here.getAsBoolean()) {
            throw new DOMException(
                    "This future completes on the thread that waits for it; chain with thenCompose or thenAccept instead",
                    "InvalidStateError");
        }
    }
}
