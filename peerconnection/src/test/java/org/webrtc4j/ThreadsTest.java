package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.memory.InMemoryIceAgents;

/** Handlers may do anything, on any Executor; waiting in the wrong place throws. */
class ThreadsTest {

    private static final int SECONDS = 30;

    private final List<WebRtcRuntime> runtimes = new ArrayList<>();

    @AfterEach
    void end() {
        runtimes.forEach(WebRtcRuntime::close);
    }

    private WebRtcRuntime runtime(RuntimeBuilder builder) {
        WebRtcRuntime runtime = builder.loops(2)
                .iceAgents(new InMemoryIceAgents(new SecureRandom()))
                .build();
        runtimes.add(runtime);
        return runtime;
    }

    private static RTCPeerConnection connection(WebRtcRuntime runtime, String name) {
        return runtime.createPeerConnection(RTCConfiguration.defaults(), name);
    }

    private static void echo(RTCPeerConnection connection) {
        connection.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
    }

    @Test
    void connectionsOnTwoLoopsCallEachOthersMethodsFromTheirHandlers() throws Exception {
        WebRtcRuntime runtime = runtime(WebRtcRuntime.builder());
        RTCPeerConnection a = connection(runtime, "a");
        RTCPeerConnection b = connection(runtime, "b");
        CompletableFuture<String> answered = new CompletableFuture<>();
        List<RTCDataChannel> made = Collections.synchronizedList(new ArrayList<>());
        a.onDataChannel(event -> {
            // Called on a's loop while b's handler below runs on b's.
            made.add(b.createDataChannel("made by a's handler"));
            b.connectionState();
            event.channel().onMessage(message -> answered.complete(message.text() + b.signalingState()));
        });
        b.onDataChannel(event -> {
            RTCDataChannel back = a.createDataChannel("never wanted");
            back.close();
            RTCDataChannel channel = b.createDataChannel("from b to a");
            channel.onOpen(open -> channel.send("state of b: "));
        });
        a.createDataChannel("from a to b");

        Pairing pairing = Pairing.connect(a, b);

        assertThat(answered.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("state of b: stable");
        assertThat(pairing.failures).isEmpty();
        assertThat(made).isNotEmpty();
    }

    @Test
    void aHandlerThatClosesItsConnectionHearsNothingMore() throws Exception {
        WebRtcRuntime runtime = runtime(WebRtcRuntime.builder());
        RTCPeerConnection a = connection(runtime, "a");
        RTCPeerConnection b = connection(runtime, "b");
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        b.onConnectionStateChange(event -> heard.add(b.connectionState().wireName()));
        b.onDataChannel(event -> event.channel()
                .onMessage(message -> {
                    heard.add(message.text());
                    b.close();
                    assertThat(event.channel().readyState()).isEqualTo(RTCDataChannelState.CLOSED);
                })
                .onClose(close -> heard.add("close")));
        CompletableFuture<Boolean> closedThere = new CompletableFuture<>();
        RTCDataChannel channel = a.createDataChannel("one");
        channel.onOpen(event -> {
                    channel.send("first");
                    channel.send("second");
                })
                .onClose(event -> closedThere.complete(true));

        Pairing.connect(a, b);

        assertThat(closedThere.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(b.whenClosed().get(SECONDS, TimeUnit.SECONDS).kind()).isEqualTo(CloseCause.Kind.CLOSED);
        assertThat(heard).contains("first").doesNotContain("second", "close", "closed");
        assertThat(b.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
        assertThat(b.signalingState()).isEqualTo(RTCSignalingState.CLOSED);
    }

    @Test
    void aHandlerThatThrowsHarmsNobodyElseAndIsReportedOnce() throws Exception {
        List<String> reported = Collections.synchronizedList(new ArrayList<>());
        WebRtcRuntime runtime = runtime(WebRtcRuntime.builder().listener(new RuntimeListener() {
            @Override
            public void onHandlerException(String connection, Throwable thrown) {
                reported.add(connection + ": " + thrown.getMessage());
            }
        }));
        RTCPeerConnection a = connection(runtime, "a");
        RTCPeerConnection b = connection(runtime, "b");
        echo(b);
        CompletableFuture<String> second = new CompletableFuture<>();
        RTCDataChannel channel = a.createDataChannel("one");
        AtomicInteger heard = new AtomicInteger();
        channel.onOpen(event -> {
            channel.send("first");
            channel.send("second");
        });
        channel.onMessage(message -> {
            if (heard.incrementAndGet() == 1) {
                throw new IllegalArgumentException("thrown on purpose");
            }
        });
        channel.addEventListener(EventType.MESSAGE, message -> {
            if (message.text().equals("second")) {
                second.complete(message.text());
            }
        });

        Pairing.connect(a, b);

        assertThat(second.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(reported).containsExactly("a: thrown on purpose");
    }

    @Test
    void onAThreadForEachTaskEventsComeOneAfterTheOtherInTheirOrder() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        AtomicInteger threads = new AtomicInteger();
        WebRtcRuntime runtime = runtime(WebRtcRuntime.builder().executor(task -> {
            threads.incrementAndGet();
            new Thread(task).start();
        }));
        RTCPeerConnection a = connection(runtime, "a");
        RTCPeerConnection b = connection(runtime, "b");
        echo(b);
        int count = 500;
        List<Integer> echoed = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Boolean> all = new CompletableFuture<>();
        RTCDataChannel channel = a.createDataChannel("one");
        channel.onOpen(event -> {
            for (int i = 0; i < count; i++) {
                channel.send(Integer.toString(i));
            }
        });
        channel.onMessage(message -> {
            if (running.incrementAndGet() > 1) {
                overlapped.set(true);
            }
            echoed.add(Integer.parseInt(message.text()));
            running.decrementAndGet();
            if (echoed.size() == count) {
                all.complete(true);
            }
        });

        Pairing.connect(a, b);

        assertThat(all.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(overlapped).isFalse();
        assertThat(echoed).isSorted().hasSize(count);
        assertThat(threads.get()).isGreaterThan(1);
    }

    @Test
    void anExecutorThatRefusesClosesTheConnectionOnceWithThatCause() throws Exception {
        AtomicBoolean refusing = new AtomicBoolean();
        Executor executor = task -> {
            if (refusing.get()) {
                throw new RejectedExecutionException("full");
            }
            new Thread(task).start();
        };
        AtomicInteger closes = new AtomicInteger();
        WebRtcRuntime runtime =
                runtime(WebRtcRuntime.builder().executor(executor).listener(new RuntimeListener() {
                    @Override
                    public void onClosed(String connection, CloseCause cause, Map<String, Long> drops) {
                        if (cause.kind() == CloseCause.Kind.EXECUTOR_REJECTED) {
                            closes.incrementAndGet();
                        }
                    }
                }));
        RTCPeerConnection a = connection(runtime, "a");
        refusing.set(true);

        CompletableFuture<RTCSessionDescriptionInit> offer = a.createOffer();

        CloseCause cause = a.whenClosed().get(SECONDS, TimeUnit.SECONDS);
        assertThat(cause.kind()).isEqualTo(CloseCause.Kind.EXECUTOR_REJECTED);
        assertThat(cause.thrown()).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> offer.get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DOMException.class)
                .hasMessageContaining("InvalidStateError");
        assertThat(closes).hasValue(1);
    }

    @Test
    void joinOnTheLoopThrowsInsteadOfDeadlocking() throws Exception {
        WebRtcRuntime runtime = runtime(WebRtcRuntime.builder());
        assertJoinThrowsInAHandlerOf(connection(runtime, "on its loop"));
    }

    @Test
    void joinInATaskOfTheExecutorThrowsInsteadOfDeadlocking() throws Exception {
        WebRtcRuntime runtime = runtime(WebRtcRuntime.builder().executor(task -> new Thread(task).start()));
        assertJoinThrowsInAHandlerOf(connection(runtime, "on an executor"));
    }

    private static void assertJoinThrowsInAHandlerOf(RTCPeerConnection connection) throws Exception {
        CompletableFuture<Throwable> direct = new CompletableFuture<>();
        CompletableFuture<Throwable> derived = new CompletableFuture<>();
        connection.onNegotiationNeeded(event -> {
            CompletableFuture<RTCSessionDescriptionInit> offer = connection.createOffer();
            try {
                offer.join();
            } catch (DOMException thrown) {
                direct.complete(thrown);
            }
            try {
                offer.thenApply(RTCSessionDescriptionInit::sdp).get();
            } catch (Exception thrown) {
                derived.complete(thrown);
            }
        });
        connection.createDataChannel("one");

        assertThat(direct.get(SECONDS, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        DOMException.class, thrown -> assertThat(thrown.name()).isEqualTo("InvalidStateError"));
        assertThat(derived.get(SECONDS, TimeUnit.SECONDS)).isInstanceOf(DOMException.class);
        // From any other thread waiting is fine.
        assertThat(connection.createOffer().get(SECONDS, TimeUnit.SECONDS).sdp())
                .contains("m=application");
    }
}
