package org.webrtc4j.benchmarks.datagram;

import java.io.Closeable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The thread of a contestant that brings none. Who reads on the thread that sent finds each packet in its processor's cache,
 * and takes half the time of an event loop, which never does.
 */
final class OwnThread implements Closeable {

    private static final int LIMIT_SECONDS = 20;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "contestant");
        made.setDaemon(true);
        return made;
    });
    private final LoopGate gate = new LoopGate(thread);

    /** Reads a burst: the callback takes packets until it has had all, and tells the gate of each. */
    interface Reader {
        void read(LoopGate gate) throws Exception;
    }

    Cost send(Callable<Cost> burst) throws Exception {
        return thread.submit(burst).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    Cost receive(BurstReceiver.Source source, Reader reader) throws Exception {
        return gate.pass(() -> {
            source.send();
            thread.execute(() -> {
                try {
                    reader.read(gate);
                    gate.onReadEnd();
                } catch (Exception e) {
                    gate.onFailure(e);
                }
            });
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
