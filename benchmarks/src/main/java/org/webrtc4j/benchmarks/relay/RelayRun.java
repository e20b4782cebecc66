package org.webrtc4j.benchmarks.relay;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import org.webrtc4j.benchmarks.Stack;
import org.webrtc4j.benchmarks.ThroughputRun;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/**
 * What one run through the relay gave.
 *
 * @param throughput of the data channel; the process beside the peers is the relay
 * @param lost packets that the relay has lost as the path wants it
 * @param relayDrops packets dropped by the relay that the path did not want to be
 * @param peerDrops packets dropped because a peer's socket was full
 */
record RelayRun(ThroughputRun throughput, long lost, long relayDrops, long peerDrops) {

    private static final int START_SECONDS = 120;

    /** Fresh processes, joined so that they know each other only through the relay. */
    static RelayRun measure(Stack stack, RelayPath path, InetAddress bind, int messageBytes, int seconds)
            throws IOException, InterruptedException {
        JsonObject scenario = ThroughputRun.scenario(messageBytes, seconds);
        try (Relay relay = Relay.start(path, bind);
                ProcessPeer answerer = stack.start("answerer", scenario);
                ProcessPeer offerer = stack.start("offerer", scenario)) {
            Peer.join(
                    offerer,
                    answerer,
                    new RewrittenCandidates(Side.A, relay::present)::of,
                    new RewrittenCandidates(Side.B, relay::present)::of);
            offerer.await("ready", START_SECONDS);
            answerer.await("ready", START_SECONDS);
            ThroughputRun throughput = ThroughputRun.measure(offerer, answerer, seconds, relay.process());
            Relay.Stats stats = relay.stats();
            return new RelayRun(
                    throughput,
                    stats.lost(),
                    stats.unwanted() + SocketDrops.of(relay.process()),
                    SocketDrops.of(offerer.process()) + SocketDrops.of(answerer.process()));
        }
    }

    double megabytesPerSecond() {
        return throughput.megabytesPerSecond();
    }

    double cpuPerGib() {
        return throughput.cpuPerGib();
    }

    double relayCpu() {
        return throughput.besideCpu();
    }
}
