package org.webrtc4j.samples.recipes;

import java.io.IOException;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.EchoServer;

/** The echo server in a container: one forwarded UDP port for all connections, and the host's address in its answers. */
public final class ContainerServer {

    private ContainerServer() {}

    /**
     * Serves until the container is stopped. PUBLIC_HOST is the address that browsers reach; UDP_PORT and HTTP_PORT are forwarded.
     *
     * @param arguments none
     * @throws IOException when a port is taken
     */
    public static void main(String[] arguments) throws IOException {
        int httpPort = Integer.parseInt(System.getenv().getOrDefault("HTTP_PORT", "8080"));
        int udpPort = Integer.parseInt(System.getenv().getOrDefault("UDP_PORT", "40000"));
        WebRtcRuntime runtime = runtime(System.getenv().getOrDefault("PUBLIC_HOST", "localhost"), udpPort);
        EchoServer.start(httpPort, () -> runtime.createPeerConnection(RTCConfiguration.defaults()));
    }

    /** One UDP port for everybody, presented under the host's address; the container's own stays out of the answers. */
    static WebRtcRuntime runtime(String publicHost, int udpPort) {
        return WebRtcRuntime.builder()
                .server()
                .udpPort(udpPort)
                .advertise(publicHost + ":" + udpPort)
                .hideLocal(true)
                .build();
    }
}
