package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.UdpImpairmentRelay;

/** Our association and that of another stack, SCTP alone over UDP: what holds with each of them. */
abstract class SctpPeerContract {

    static final int SECONDS = 60;

    private static final int PPID_BINARY = 53;
    private static final int MESSAGE_BYTES = 65_536;
    private static final int TOTAL_BYTES = 100 << 20;
    /** Through loss and delay; {@code -Dwebrtc4j.interop.bytes=1073741824} for the long run. */
    private static final long LOSSY_BYTES = Long.getLong("webrtc4j.interop.bytes", 4 << 20);
    /** Nobody comes below this, however slow recovery is at 2 % and 20 ms. */
    private static final long LEAST_BYTES_A_SECOND = 50_000;

    private static final int SMALL_MESSAGES = 400;
    private static final int SMALL_BYTES = 1_000;

    /** How ours sends; {@code -Dwebrtc4j.interop.control=MODEL} for a gigabyte in minutes rather than most of an hour. */
    private static final SctpCongestionControl CONTROL =
            SctpCongestionControl.valueOf(System.getProperty("webrtc4j.interop.control", "STANDARD"));

    static final SctpOptions OPTIONS = SctpOptions.builder()
            .maxSendMessageSize(1 << 20)
            .congestionControl(CONTROL)
            .build();

    private final String program;
    private final int lastStream;

    /**
     * Names the stack.
     *
     * @param program the program built of it
     * @param lastStream a stream on which a message leaves after all those that wait on stream 1
     */
    SctpPeerContract(String program, int lastStream) {
        this.program = program;
        this.lastStream = lastStream;
    }

    /** Everything but the ends of buffers, in order. */
    static final class Heard {

        private final LinkedBlockingQueue<SctpEvent> events = new LinkedBlockingQueue<>();

        void add(UdpAssociation from, SctpEvent event) {
            if (event instanceof SctpEvent.Message message) {
                from.call(
                        (association, now) -> association.consumed(message.streamId(), message.payload().length, now));
            }
            if (!(event instanceof SctpEvent.BufferedAmountLow)) {
                events.add(event);
            }
        }

        <T extends SctpEvent> T await(Class<T> type) throws InterruptedException {
            while (true) {
                SctpEvent event = events.poll(SECONDS, TimeUnit.SECONDS);
                assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
                if (type.isInstance(event)) {
                    return type.cast(event);
                }
            }
        }
    }

    private static UdpAssociation listening(int port, InetSocketAddress remote, Heard heard) throws IOException {
        UdpAssociation[] made = new UdpAssociation[1];
        CountDownLatch ready = new CountDownLatch(1);
        made[0] = new UdpAssociation(OPTIONS, port, remote, event -> {
            try {
                ready.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add(made[0], event);
        });
        ready.countDown();
        return made[0];
    }

    static UdpAssociation connected(int port, InetSocketAddress remote, Heard heard) throws Exception {
        UdpAssociation ours = listening(port, remote, heard);
        ours.call((association, now) -> association.connect(now));
        heard.await(SctpEvent.Connected.class);
        return ours;
    }

    SctpProgram listener() throws Exception {
        JsonObject config = new JsonObject();
        config.addProperty("mode", "listen");
        config.addProperty("local", "127.0.0.1:0");
        config.addProperty("receiveWindow", 4 << 20);
        return new SctpProgram(program, config);
    }

    private static void send(UdpAssociation ours, int stream, int size, SendOptions options) {
        byte[] message = pattern(size);
        ours.call((association, now) -> association.send(stream, PPID_BINARY, message, options, now));
    }

    @Test
    void messagesOfEachSizeComeBackAsTheyWere() throws Exception {
        Heard heard = new Heard();
        try (SctpProgram theirs = listener();
                UdpAssociation ours = connected(0, theirs.local(), heard)) {
            theirs.command("{\"cmd\":\"echo\",\"on\":true}");
            for (int size : new int[] {1, 100, 1_160, 1_161, 16_384, 65_536, 200_000}) {
                send(ours, 1, size, SendOptions.ORDERED);
                SctpEvent.Message back = heard.await(SctpEvent.Message.class);
                assertThat(back.ppid()).isEqualTo(PPID_BINARY);
                assertThat(Arrays.equals(back.payload(), pattern(size)))
                        .as("%d bytes", size)
                        .isTrue();
            }
        }
    }

    @Test
    void aHundredMegabytesReachThePeer() throws Exception {
        try (SctpProgram theirs = listener()) {
            sink(theirs, theirs.local(), TOTAL_BYTES, SECONDS);
        }
    }

    @Test
    void aHundredMegabytesComeFromThePeer() throws Exception {
        try (SctpProgram theirs = listener()) {
            source(theirs, theirs.local(), TOTAL_BYTES, SECONDS);
        }
    }

    @Test
    void everythingReachesThePeerThroughLossAndDelay() throws Exception {
        try (SctpProgram theirs = listener();
                UdpImpairmentRelay relay = lossy(0.02)) {
            sink(theirs, shown(relay, theirs), LOSSY_BYTES, SECONDS + LOSSY_BYTES / LEAST_BYTES_A_SECOND);
        }
    }

    @Test
    void everythingComesFromThePeerThroughLossAndDelay() throws Exception {
        try (SctpProgram theirs = listener();
                UdpImpairmentRelay relay = lossy(0.02)) {
            source(theirs, shown(relay, theirs), LOSSY_BYTES, SECONDS + LOSSY_BYTES / LEAST_BYTES_A_SECOND);
        }
    }

    private static UdpImpairmentRelay lossy(double loss) {
        return new UdpImpairmentRelay(Impairments.NONE.withLoss(loss).withDelay(Duration.ofMillis(10)), 1);
    }

    private static InetSocketAddress shown(UdpImpairmentRelay relay, SctpProgram theirs) {
        return relay.present(UdpImpairmentRelay.Side.A, theirs.local());
    }

    private static void sink(SctpProgram theirs, InetSocketAddress to, long total, long seconds) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        AtomicLong queued = new AtomicLong();
        byte[] load = pattern(MESSAGE_BYTES);
        theirs.command("{\"cmd\":\"sink\",\"on\":true}");
        UdpAssociation[] ours = new UdpAssociation[1];
        Runnable fill = () -> ours[0].call((association, now) -> {
            while (queued.get() < total
                    && association.send(1, PPID_BINARY, load, SendOptions.ORDERED, now) == SendStatus.QUEUED) {
                queued.addAndGet(MESSAGE_BYTES);
            }
            if (queued.get() >= total) {
                association.shutdown(now);
            }
        });
        ours[0] = new UdpAssociation(OPTIONS, to, event -> {
            if (event instanceof SctpEvent.Connected) {
                connected.countDown();
            } else if (event instanceof SctpEvent.BufferedAmountLow) {
                fill.run();
            } else if (event instanceof SctpEvent.Closed) {
                closed.countDown();
            }
        });
        try (UdpAssociation association = ours[0]) {
            association.call((sctp, now) -> {
                sctp.setBufferedAmountLowThreshold(1, 1 << 20);
                sctp.connect(now);
            });
            assertThat(connected.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            fill.run();
            // The shutdown ends only after everything before it was acknowledged (RFC 9260 section 9.2).
            assertThat(closed.await(seconds, TimeUnit.SECONDS))
                    .as("%d bytes queued", queued.get())
                    .isTrue();
        }
        theirs.command("{\"cmd\":\"stats\"}");
        assertThat(theirs.await("stats", 10).get("receivedBytes").getAsLong()).isEqualTo(total);
    }

    private static void source(SctpProgram theirs, InetSocketAddress from, long total, long seconds) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch complete = new CountDownLatch(1);
        AtomicLong received = new AtomicLong();
        AtomicLong wrong = new AtomicLong();
        byte[] expected = pattern(MESSAGE_BYTES);
        UdpAssociation[] ours = new UdpAssociation[1];
        ours[0] = new UdpAssociation(OPTIONS, from, event -> {
            if (event instanceof SctpEvent.Connected) {
                connected.countDown();
            } else if (event instanceof SctpEvent.Message message) {
                wrong.addAndGet(Arrays.equals(message.payload(), expected) ? 0 : 1);
                ours[0].call((sctp, now) -> sctp.consumed(message.streamId(), message.payload().length, now));
                if (received.addAndGet(message.payload().length) == total) {
                    complete.countDown();
                }
            }
        });
        try (UdpAssociation association = ours[0]) {
            association.call((sctp, now) -> sctp.connect(now));
            assertThat(connected.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            theirs.await("connected", SECONDS);
            theirs.command("{\"cmd\":\"bulk\",\"stream\":1,\"size\":" + MESSAGE_BYTES + ",\"total\":" + total + "}");
            assertThat(complete.await(seconds, TimeUnit.SECONDS))
                    .as("received %d bytes", received.get())
                    .isTrue();
            assertThat(wrong.get()).isZero();
        }
    }

    @Test
    void unorderedMessagesAreUnorderedBothWays() throws Exception {
        Heard heard = new Heard();
        try (SctpProgram theirs = listener();
                UdpAssociation ours = connected(0, theirs.local(), heard)) {
            send(ours, 2, 5_000, SendOptions.UNORDERED);
            JsonObject there = theirs.await("message", SECONDS);
            assertThat(there.get("size").getAsInt()).isEqualTo(5_000);
            if (there.has("unordered")) {
                assertThat(there.get("unordered").getAsBoolean()).isTrue();
            }
            theirs.command("{\"cmd\":\"send\",\"stream\":2,\"size\":5000,\"unordered\":true}");
            SctpEvent.Message here = heard.await(SctpEvent.Message.class);
            assertThat(here.unordered()).isTrue();
            assertThat(here.payload()).isEqualTo(pattern(5_000));
        }
    }

    @Test
    void whatIsSentOnceOnlyIsSkippedByThePeerWhereItIsLost() throws Exception {
        Heard heard = new Heard();
        try (SctpProgram theirs = listener();
                UdpImpairmentRelay relay = lossy(0.05);
                UdpAssociation ours = connected(0, shown(relay, theirs), heard)) {
            theirs.command("{\"cmd\":\"sink\",\"on\":true}");
            SendOptions once = new SendOptions(false, 0, SendOptions.UNLIMITED);
            ours.call((association, now) -> {
                for (int i = 0; i < SMALL_MESSAGES; i++) {
                    association.send(1, PPID_BINARY, pattern(SMALL_BYTES), once, now);
                }
                association.send(1, PPID_BINARY, pattern(9), SendOptions.ORDERED, now);
                association.shutdown(now);
            });
            int abandoned = 0;
            SctpEvent event = heard.await(SctpEvent.class);
            while (!(event instanceof SctpEvent.Closed)) {
                abandoned += event instanceof SctpEvent.Abandoned ? 1 : 0;
                event = heard.await(SctpEvent.class);
            }
            assertThat(abandoned).isBetween(1, SMALL_MESSAGES - 1);
            theirs.command("{\"cmd\":\"stats\"}");
            // What was given up may have arrived all the same, its acknowledgement lost; the last one is reliable.
            assertThat(theirs.await("stats", 10).get("receivedMessages").getAsInt())
                    .isBetween(SMALL_MESSAGES + 1 - abandoned, SMALL_MESSAGES);
        }
    }

    @Test
    void whatThePeerSendsOnceOnlyIsSkippedWhereItIsLost() throws Exception {
        Heard heard = new Heard();
        try (SctpProgram theirs = listener();
                UdpImpairmentRelay relay = lossy(0.05);
                UdpAssociation ours = connected(0, shown(relay, theirs), heard)) {
            theirs.await("connected", SECONDS);
            theirs.command("{\"cmd\":\"bulk\",\"stream\":1,\"size\":" + SMALL_BYTES + ",\"total\":"
                    + SMALL_BYTES * SMALL_MESSAGES + ",\"maxRetransmits\":0}");
            theirs.await("bulkdone", SECONDS);
            theirs.command("{\"cmd\":\"send\",\"stream\":" + lastStream + ",\"size\":9}");
            int received = 0;
            SctpEvent.Message message = heard.await(SctpEvent.Message.class);
            while (message.payload().length == SMALL_BYTES) {
                received++;
                message = heard.await(SctpEvent.Message.class);
            }
            assertThat(received).isBetween(1, SMALL_MESSAGES - 1);
            ours.call((association, now) -> association.abort(now));
            assertThat(heard.await(SctpEvent.Closed.class).cause().kind()).isEqualTo(SctpCloseCause.Kind.LOCAL_ABORT);
        }
    }

    @Test
    void streamsAreResetFromEitherSideAndUsedAgain() throws Exception {
        Heard heard = new Heard();
        try (SctpProgram theirs = listener();
                UdpAssociation ours = connected(0, theirs.local(), heard)) {
            for (int round = 0; round < 3; round++) {
                send(ours, 4, 100, SendOptions.ORDERED);
                send(ours, 4, 3_000, SendOptions.ORDERED);
                assertThat(theirs.await("message", SECONDS).get("size").getAsInt())
                        .isEqualTo(100);
                assertThat(theirs.await("message", SECONDS).get("size").getAsInt())
                        .isEqualTo(3_000);
                ours.call((association, now) -> association.resetStreams(new int[] {4}, now));
                JsonObject reset = theirs.await("reset", SECONDS);
                assertThat(reset.get("streams").toString()).isEqualTo("[4]");
                SctpEvent.StreamsReset here = heard.await(SctpEvent.StreamsReset.class);
                if (here.direction() == SctpEvent.StreamsReset.Direction.INCOMING) {
                    here = heard.await(SctpEvent.StreamsReset.class); // pion resets its direction in return
                }
                assertThat(here.direction()).isEqualTo(SctpEvent.StreamsReset.Direction.OUTGOING);
            }
            theirs.command("{\"cmd\":\"send\",\"stream\":6,\"size\":10}");
            heard.await(SctpEvent.Message.class);
            theirs.command("{\"cmd\":\"reset\",\"streams\":[6]}");
            SctpEvent.StreamsReset theirReset = heard.await(SctpEvent.StreamsReset.class);
            while (!theirReset.streamIds().contains(6)) { // pion may reset 4 in return by the same request
                theirReset = heard.await(SctpEvent.StreamsReset.class);
            }
            assertThat(theirReset.direction()).isEqualTo(SctpEvent.StreamsReset.Direction.INCOMING);
        }
    }

    @Test
    void aPeerThatCrashesAndComesBackRestartsTheAssociation() throws Exception {
        Heard heard = new Heard();
        int ourPort = freePort();
        JsonObject config = new JsonObject();
        config.addProperty("mode", "connect");
        config.addProperty("local", "127.0.0.1:" + freePort());
        config.addProperty("remote", "127.0.0.1:" + ourPort);
        SctpProgram first = new SctpProgram(program, config);
        try (UdpAssociation ours = listening(ourPort, first.local(), heard)) {
            first.command("{\"cmd\":\"connect\"}");
            heard.await(SctpEvent.Connected.class);
            first.await("connected", SECONDS);
            first.command("{\"cmd\":\"send\",\"stream\":1,\"size\":10}");
            heard.await(SctpEvent.Message.class);
            first.kill();
            try (SctpProgram second = new SctpProgram(program, config)) {
                second.command("{\"cmd\":\"connect\"}");
                heard.await(SctpEvent.Restarted.class);
                second.await("connected", SECONDS);
                second.command("{\"cmd\":\"send\",\"stream\":1,\"size\":3000}");
                assertThat(heard.await(SctpEvent.Message.class).payload()).isEqualTo(pattern(3_000));
                send(ours, 1, 2_000, SendOptions.ORDERED);
                assertThat(second.await("message", SECONDS).get("size").getAsInt())
                        .isEqualTo(2_000);
            }
        } finally {
            first.close();
        }
    }

    static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** The bytes that the programs send for a size. */
    static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i + 7 * (i >> 8));
        }
        return bytes;
    }
}
