package org.webrtc4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.common.EventLoop;

/** What operators see of connections: flight recorder, log, listener. */
class ObservationTest {

    private static final int SECONDS = 30;
    private static final int MESSAGES = 10;
    private static final int MESSAGE_BYTES = 1_000;

    /** RFC 7983 gives 64 to 79 to TURN channels, of which there are none. */
    private static final byte[] FOR_NOBODY = {64, 0, 0, 0};

    private final NotedAgents agents = new NotedAgents();

    /** Connects, has b drop three packets that are for nobody, and closes both. */
    private void connectDropAndClose(RuntimeListener listener) throws Exception {
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                .loops(2)
                .iceAgents(agents)
                .listener(listener)
                .build()) {
            RTCPeerConnection a = runtime.createPeerConnection(RTCConfiguration.defaults(), "a");
            RTCPeerConnection b = runtime.createPeerConnection(RTCConfiguration.defaults(), "b");
            CompletableFuture<Boolean> open = new CompletableFuture<>();
            CompletableFuture<Boolean> arrived = new CompletableFuture<>();
            b.onDataChannel(event -> event.channel().onMessage(message -> {
                if (message.data() instanceof MessageData.Text) {
                    arrived.complete(true);
                }
            }));
            RTCDataChannel channel = a.createDataChannel("one");
            channel.onOpen(event -> {
                for (int i = 0; i < MESSAGES; i++) {
                    channel.send(new byte[MESSAGE_BYTES]);
                }
                open.complete(true);
            });
            Pairing pairing = Pairing.connect(a, b);
            open.get(SECONDS, TimeUnit.SECONDS);
            for (int i = 0; i < 3; i++) {
                agents.sendRaw("a", FOR_NOBODY).get(SECONDS, TimeUnit.SECONDS);
            }
            channel.send("after them");
            arrived.get(SECONDS, TimeUnit.SECONDS);
            for (RTCPeerConnection each : List.of(a, b)) {
                each.close();
                each.whenClosed().get(SECONDS, TimeUnit.SECONDS);
            }

            assertThat(pairing.failures).isEmpty();
            assertThat(runtime.stats().queuePeaks().bufferedBytes()).isGreaterThanOrEqualTo(MESSAGES * MESSAGE_BYTES);
        }
    }

    @Test
    void aRecordingHoldsStatesTheSetUpAndDropsByReasonUnderTheConnectionsName(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("org.webrtc4j.ConnectionState");
            recording.enable("org.webrtc4j.Handshake");
            recording.enable("org.webrtc4j.Drops");
            recording.start();
            connectDropAndClose(RuntimeListener.NONE);
            recording.stop();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(of(events, "ConnectionState", "a"))
                .extracting(event -> event.getString("state"))
                .containsExactlyInAnyOrder("connecting", "connected", "closed");
        assertThat(of(events, "Handshake", "a")).singleElement().satisfies(setUp -> {
            assertThat(setUp.getString("result")).isEqualTo("connected");
            assertThat(setUp.getDuration("dtlsNanos")).isPositive();
        });
        assertThat(of(events, "Drops", "b"))
                .extracting(event -> event.getString("reason"), event -> event.getLong("count"))
                .contains(tuple("driver/unknown-class", 3L));
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String kind, String connection) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("org.webrtc4j." + kind))
                .filter(event -> event.getString("connection").equals(connection))
                .toList();
    }

    @Test
    void aConnectionThatClosesLeavesOneLineWithItsNameInTheContextAndNoAddress() throws Exception {
        try (LogLines log = new LogLines()) {
            connectDropAndClose(RuntimeListener.NONE);

            assertThat(log.of("a")).singleElement().satisfies(line -> {
                assertThat(line.level()).isEqualTo(Level.INFO);
                assertThat(line.message())
                        .startsWith("Connection a closed: Closed by its owner. Pair host")
                        .containsPattern("ICE \\d+ ms, DTLS \\d+ ms, SCTP \\d+ ms, open \\d+ ms")
                        .doesNotContainPattern("\\d+\\.\\d+\\.\\d+\\.\\d+");
            });
        }
    }

    @Test
    void aListenerHearsDropsByReasonAndThePeaksOfTheQueuesBeforeTheEnd() throws Exception {
        Map<String, QueuePeaks> peaks = new ConcurrentHashMap<>();
        Map<String, Map<String, Long>> drops = new ConcurrentHashMap<>();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        connectDropAndClose(new RuntimeListener() {
            @Override
            public void onQueuePeaks(String connection, QueuePeaks most) {
                peaks.put(connection, most);
                order.add("peaks of " + connection);
            }

            @Override
            public void onClosed(String connection, CloseCause cause, Map<String, Long> dropped) {
                drops.put(connection, dropped);
                order.add("end of " + connection);
            }
        });

        assertThat(order).containsExactly("peaks of a", "end of a", "peaks of b", "end of b");
        QueuePeaks ofSender = requireNonNull(peaks.get("a"));
        // All were given in one handler, so none could leave in between.
        assertThat(ofSender.bufferedBytes()).isGreaterThanOrEqualTo(MESSAGES * MESSAGE_BYTES);
        assertThat(ofSender.commands()).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(ofSender.events()).isPositive();
        assertThat(requireNonNull(peaks.get("b")).bufferedBytes()).isZero();
        assertThat(drops.get("b")).containsEntry("driver/unknown-class", 3L);
    }

    @Test
    void aListenerHearsHowLateTheTimersOfALoopRan() throws Exception {
        long anHour = TimeUnit.HOURS.toNanos(1);
        AtomicReference<EventLoop> loop = new AtomicReference<>();
        CompletableFuture<Integer> late = new CompletableFuture<>();
        RuntimeListener listener = new RuntimeListener() {
            @Override
            public void onLoopLag(int number, long lagNanos) {
                if (lagNanos >= anHour) {
                    late.complete(number);
                } else if (number == 1) {
                    // Heard in the second after; once more, should this machine sleep so long that it is forgotten.
                    EventLoop told = loop.get();
                    if (told != null) {
                        runTimerLateBy(anHour, told);
                    }
                }
            }
        };
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                .loops(2)
                .iceAgents(agents)
                .listener(listener)
                .build()) {
            loop.set(runtime.parts().loops().get(1));

            assertThat(late.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(runtime.stats().loopLagNanos()).hasSize(2);
        }
    }

    private static void runTimerLateBy(long nanos, EventLoop loop) {
        loop.newTimer(() -> {}).arm(loop.clock().nanoTime() - nanos);
    }
}
