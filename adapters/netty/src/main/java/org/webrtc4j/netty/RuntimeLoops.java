package org.webrtc4j.netty;

import java.util.HashMap;
import java.util.Map;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.NettyEventLoops;

/** The loops of a runtime, by the Netty loops that they run on: a channel and its connection live on the same one. */
final class RuntimeLoops {

    private final WebRtcRuntime runtime;
    private final Map<io.netty.channel.EventLoop, EventLoop> loops = new HashMap<>();

    RuntimeLoops(WebRtcRuntime runtime) {
        if (runtime.hasExecutor()) {
            throw new IllegalArgumentException(
                    "Handlers of a channel run on its event loop: the runtime must not have an Executor");
        }
        this.runtime = runtime;
        for (EventLoop each : runtime.eventLoops()) {
            loops.put(NettyEventLoops.nettyLoop(each), each);
        }
    }

    boolean contains(io.netty.channel.EventLoop loop) {
        return loops.containsKey(loop);
    }

    RTCPeerConnection newConnection(io.netty.channel.EventLoop at, RTCConfiguration configuration, String name) {
        EventLoop loop = loops.get(at);
        if (loop == null) {
            throw new IllegalArgumentException("The runtime has no connections on " + at);
        }
        return runtime.on(loop).createPeerConnection(configuration, name);
    }
}
