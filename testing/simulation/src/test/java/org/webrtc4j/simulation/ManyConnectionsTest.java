package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RuntimeLimits;
import org.webrtc4j.WebRtcRuntime;

/** A thousand connections of one process on one UDP port, everything real: what they cost while nothing happens. */
class ManyConnectionsTest {

    private static final int FEW = 50;
    private static final int MANY = 1_000;
    private static final int HANDSHAKES = 16;
    private static final long LIMIT_SECONDS = 120;

    /** Jar files and the like that a running JVM opens when it needs them. */
    private static final int OTHER_DESCRIPTORS = 20;

    /** Far above what is measured: a buffer for each connection would show. */
    private static final long MAX_HEAP_BYTES = 64 * 1024;

    private static final String WORKER = "webrtc4j-dtls";

    private final RTCConfiguration defaults = RTCConfiguration.defaults();
    private final List<RTCPeerConnection> held = new ArrayList<>();
    private WebRtcRuntime clients;
    private WebRtcRuntime server;

    @BeforeEach
    void start() {
        RuntimeLimits limits = RuntimeLimits.builder().maxHandshakes(HANDSHAKES).build();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        clients = WebRtcRuntime.builder().loops(2).bind(loopback).limits(limits).build();
        server = WebRtcRuntime.builder()
                .loops(2)
                .udpPort(0)
                .bind(loopback)
                .server()
                .limits(limits)
                .build();
    }

    @AfterEach
    void end() {
        clients.shutdown(Duration.ofSeconds(10)).join();
        server.shutdown(Duration.ofSeconds(10)).join();
    }

    @Test
    void aThousandIdleConnectionsHaveTheThreadsAndTheServersDescriptorsOfFifty() throws Exception {
        connect(FEW);
        Set<String> threads = threads(name -> !name.startsWith(WORKER));
        long descriptors = descriptors();
        long heap = heapBytes();

        connect(MANY - FEW);

        // Others may have ended meanwhile: Netty ends the one of its global executor when it has nothing to do.
        assertThat(threads(name -> !name.startsWith(WORKER))).isSubsetOf(threads);
        // Workers of both roles and both runtimes, which end when idle.
        assertThat(threads(name -> name.startsWith(WORKER)).size()).isLessThanOrEqualTo(4 * HANDSHAKES);
        // Each client has a socket of its own; all of the server's share one.
        assertThat(descriptors() - descriptors).isLessThanOrEqualTo(MANY - FEW + OTHER_DESCRIPTORS);
        // Of a pair, half each: the two sides are alike but for the socket.
        long each = (heapBytes() - heap) / (2L * (MANY - FEW));
        System.out.println("Heap of one idle connection: " + each + " bytes");
        assertThat(each).isLessThan(MAX_HEAP_BYTES);
        assertThat(server.stats().connections()).isEqualTo(MANY);
    }

    /** All at once: as a storm of handshakes, of which none may fail. */
    private void connect(int count) throws Exception {
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(connectOne("connection " + held.size() / 2));
        }
        CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new)).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> connectOne(String name) {
        RTCPeerConnection offerer = clients.createPeerConnection(defaults, name + " client");
        RTCPeerConnection answerer = server.createPeerConnection(defaults, name + " server");
        held.add(offerer);
        held.add(answerer);
        CompletableFuture<Void> offererOpen = new CompletableFuture<>();
        CompletableFuture<Void> answererOpen = new CompletableFuture<>();
        RTCDataChannel channel = offerer.createDataChannel("idle");
        channel.onOpen(event -> offererOpen.complete(null));
        answerer.onDataChannel(event -> event.channel().onOpen(open -> answererOpen.complete(null)));
        CompletableFuture<Void> described = offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .thenRun(() -> {});
        CompletableFuture<Object> failed =
                CompletableFuture.anyOf(described, whenFailed(offerer), whenFailed(answerer));
        return CompletableFuture.allOf(offererOpen, answererOpen)
                .applyToEither(failed.thenCompose(done -> new CompletableFuture<>()), done -> null);
    }

    /** Never completes normally. */
    private static CompletableFuture<Void> whenFailed(RTCPeerConnection connection) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        connection.onConnectionStateChange(event -> {
            if (connection.connectionState() == RTCPeerConnectionState.FAILED) {
                failed.completeExceptionally(new AssertionError(connection + " has failed"));
            }
        });
        return failed;
    }

    private static Set<String> threads(Predicate<String> wanted) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName() + " " + thread.getId())
                .filter(wanted)
                .collect(Collectors.toSet());
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    /** What is reachable: the second collection frees what the first one found to be cleaned up. */
    private static long heapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
