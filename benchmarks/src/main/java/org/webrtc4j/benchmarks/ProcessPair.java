package org.webrtc4j.benchmarks;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** Two processes of one stack, joined over loopback. */
final class ProcessPair implements AutoCloseable {

    private static final int START_SECONDS = 120;

    final ProcessPeer offerer;
    final ProcessPeer answerer;

    ProcessPair(Stack stack, JsonObject scenario) throws IOException, InterruptedException {
        answerer = stack.start("answerer", scenario);
        offerer = stack.start("offerer", scenario);
        Peer.join(offerer, answerer);
        offerer.await("ready", START_SECONDS);
        answerer.await("ready", START_SECONDS);
    }

    @Override
    public void close() {
        offerer.close();
        answerer.close();
    }
}
