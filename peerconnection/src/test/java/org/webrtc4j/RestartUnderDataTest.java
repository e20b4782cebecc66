package org.webrtc4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** ICE restarts over real sockets while numbered messages flow both ways over one reliable channel. */
class RestartUnderDataTest {

    private static final int RESTARTS = 6;
    private static final int ON_THE_WAY = 16;
    private static final int BETWEEN_RESTARTS = 500;

    @Test
    void noMessageIsLostDoubledOrOutOfOrderWhileASideRestartsAgainAndAgain() throws Exception {
        try (WebRtcRuntime runtime =
                WebRtcRuntime.builder().loops(2).includeLoopback(true).build()) {
            restartUnderData(runtime, runtime, "a port for each connection");
        }
    }

    @Test
    void noMessageIsLostDoubledOrOutOfOrderWhereTheAddressesOfTheSharedPortStayTheSame() throws Exception {
        try (WebRtcRuntime client =
                        WebRtcRuntime.builder().loops(1).includeLoopback(true).build();
                WebRtcRuntime server = WebRtcRuntime.builder()
                        .loops(2)
                        .udpPort(0)
                        .server()
                        .includeLoopback(true)
                        .build()) {
            restartUnderData(client, server, "one port for all");
        }
    }

    private static void restartUnderData(WebRtcRuntime one, WebRtcRuntime other, String what) throws Exception {
        RTCPeerConnection offerer = one.createPeerConnection(RTCConfiguration.defaults());
        RTCPeerConnection answerer = other.createPeerConnection(RTCConfiguration.defaults());
        AtomicBoolean flowing = new AtomicBoolean(true);
        End near = new End(flowing);
        End far = new End(flowing);
        answerer.onDataChannel(event -> far.begin(event.channel()));
        near.begin(offerer.createDataChannel("numbers"));
        negotiate(offerer, answerer);
        near.progress(BETWEEN_RESTARTS);

        long worst = 0;
        for (int i = 0; i < RESTARTS; i++) {
            RTCIceTransport ice = requireNonNull(offerer.sctp()).transport().iceTransport();
            CompletableFuture<@Nullable Void> selected = new CompletableFuture<>();
            String before = ufrag(ice);
            ice.onSelectedCandidatePairChange(event -> {
                if (!ufrag(ice).equals(before)) {
                    selected.complete(null);
                }
            });
            near.longestGapNanos.set(0);
            far.longestGapNanos.set(0);

            offerer.restartIce();
            negotiate(offerer, answerer);
            selected.get(20, TimeUnit.SECONDS);

            near.progress(BETWEEN_RESTARTS);
            far.progress(BETWEEN_RESTARTS);
            worst = Math.max(worst, Math.max(near.longestGapNanos.get(), far.longestGapNanos.get()));
        }
        flowing.set(false);
        near.awaitAll(far);
        far.awaitAll(near);
        System.out.printf(
                "%s: %d messages over %d restarts, longest gap %.1f ms%n",
                what, near.received.get() + far.received.get(), RESTARTS, worst / 1e6);
        assertThat(near.problem).isNull();
        assertThat(far.problem).isNull();
        offerer.close();
        answerer.close();
    }

    /** With whole descriptions: a candidate of a restart that overtakes its description would be refused. */
    private static void negotiate(RTCPeerConnection offerer, RTCPeerConnection answerer) throws Exception {
        offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .get(20, TimeUnit.SECONDS);
    }

    private static String ufrag(RTCIceTransport ice) {
        RTCIceCandidatePair pair = ice.getSelectedCandidatePair();
        return pair == null ? "" : requireNonNull(pair.local().usernameFragment());
    }

    /** One end of the channel: for each message that comes it sends one, so that some are always on the way. */
    private static final class End {

        final AtomicLong received = new AtomicLong();
        final AtomicLong sent = new AtomicLong();
        final AtomicLong longestGapNanos = new AtomicLong();
        volatile @Nullable String problem;
        private final AtomicBoolean flowing;
        private volatile long awaited = Long.MAX_VALUE;
        private volatile CompletableFuture<@Nullable Void> reached = new CompletableFuture<>();
        private long lastArrivalNanos;

        End(AtomicBoolean flowing) {
            this.flowing = flowing;
        }

        void begin(RTCDataChannel channel) {
            channel.onOpen(event -> {
                lastArrivalNanos = System.nanoTime();
                for (int i = 0; i < ON_THE_WAY; i++) {
                    channel.send(Long.toString(sent.getAndIncrement()));
                }
            });
            channel.onMessage(message -> take(channel, message.text()));
        }

        private void take(RTCDataChannel channel, String text) {
            // One comparison tells loss, doubles and disorder.
            if (problem == null && !text.equals(Long.toString(received.get()))) {
                problem = "expected " + received.get() + " and got " + text;
            }
            long now = System.nanoTime();
            longestGapNanos.accumulateAndGet(now - lastArrivalNanos, Math::max);
            lastArrivalNanos = now;
            if (flowing.get()) {
                channel.send(Long.toString(sent.getAndIncrement()));
            }
            if (received.incrementAndGet() >= awaited) {
                reached.complete(null);
            }
        }

        /** Waits for so many more messages. */
        void progress(long more) throws Exception {
            await(received.get() + more);
        }

        void awaitAll(End other) throws Exception {
            // Each answers what comes until it sees that nothing flows any more: the last number is known then.
            long last;
            do {
                last = other.sent.get();
                await(last);
            } while (other.sent.get() != last);
            assertThat(received.get()).isEqualTo(last);
        }

        private void await(long count) throws Exception {
            CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
            reached = future;
            awaited = count;
            if (received.get() >= count) {
                return;
            }
            future.get(20, TimeUnit.SECONDS);
        }
    }
}
