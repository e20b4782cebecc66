package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.webrtc4j.BinaryType;
import org.webrtc4j.CloseCause;
import org.webrtc4j.DOMException;
import org.webrtc4j.MessageData;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCDataChannelStats;
import org.webrtc4j.RTCPeerConnectionStats;
import org.webrtc4j.RTCSctpTransportState;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** Data channels from createDataChannel to close, over two real stacks. */
class ChannelsTest {

    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(5));
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private interface Body {
        void run(SimulatedPeers peers) throws Exception;
    }

    private static void simulate(Body body) {
        Simulation.run(11, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(simulation, QUICK);
            body.run(peers);
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static void connect(SimulatedPeers peers, RTCDataChannel channel) {
        peers.negotiate();
        await(peers, channel, RTCDataChannelState.OPEN);
        assertThat(peers.failures).isEmpty();
    }

    private static void await(SimulatedPeers peers, RTCDataChannel channel, RTCDataChannelState state) {
        peers.simulation.time().runUntil(() -> channel.readyState() == state, LIMIT);
    }

    private static void assertRefused(Runnable call, String name) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                .isEqualTo(name));
    }

    private static RTCDataChannelInit.Builder init() {
        return RTCDataChannelInit.builder();
    }

    @Test
    void membersOutOfRangeOrAgainstEachOtherAreRefused() {
        simulate(peers -> {
            assertRefused(() -> peers.offerer.createDataChannel("x".repeat(65_536)), "TypeError");
            assertRefused(
                    () -> peers.offerer.createDataChannel(
                            "x", init().protocol("é".repeat(32_768)).build()),
                    "TypeError");
            assertRefused(
                    () -> peers.offerer.createDataChannel(
                            "x", init().maxRetransmits(1).maxPacketLifeTime(1).build()),
                    "TypeError");
            assertRefused(
                    () -> peers.offerer.createDataChannel(
                            "x", init().negotiated(true).build()),
                    "TypeError");
            assertRefused(
                    () -> peers.offerer.createDataChannel(
                            "x", init().negotiated(true).id(65_535).build()),
                    "TypeError");
            assertRefused(
                    () -> peers.offerer.createDataChannel(
                            "x", init().maxRetransmits(65_536).build()),
                    "TypeError");
            peers.offerer.createDataChannel("x", init().negotiated(true).id(4).build());
            assertRefused(
                    () -> peers.offerer.createDataChannel(
                            "y", init().negotiated(true).id(4).build()),
                    "OperationError");
        });
    }

    @Test
    void anAnnouncedChannelHasWhatItWasMadeWith() {
        simulate(peers -> {
            List<RTCDataChannel> announced = new ArrayList<>();
            peers.answerer.onDataChannel(event -> announced.add(event.channel()));
            RTCDataChannel channel = peers.offerer.createDataChannel(
                    "a label ☃",
                    init().ordered(false).maxRetransmits(3).protocol("game.v1").build());
            connect(peers, channel);
            peers.simulation.time().runUntil(() -> !announced.isEmpty(), LIMIT);

            RTCDataChannel remote = announced.get(0);
            assertThat(remote.label()).isEqualTo("a label ☃");
            assertThat(remote.protocol()).isEqualTo("game.v1");
            assertThat(remote.ordered()).isFalse();
            assertThat(remote.maxRetransmits()).isEqualTo(3);
            assertThat(remote.maxPacketLifeTime()).isNull();
            assertThat(remote.negotiated()).isFalse();
            assertThat(remote.id()).isEqualTo(channel.id());
            // The answerer is the DTLS client, so the offerer's channels have odd ids.
            assertThat(channel.id()).isEqualTo(1);
        });
    }

    @Test
    void aHandlerSetInTheDatachannelEventMissesNothing() {
        simulate(peers -> {
            List<String> events = new ArrayList<>();
            peers.answerer.onDataChannel(event -> event.channel()
                    .onOpen(open -> events.add("open"))
                    .onMessage(message -> events.add(message.text())));
            RTCDataChannel channel = peers.offerer.createDataChannel("quick");
            channel.onOpen(event -> {
                channel.send("first");
                channel.send("second");
            });
            connect(peers, channel);
            peers.simulation.time().runUntil(() -> events.size() == 3, LIMIT);

            assertThat(events).containsExactly("open", "first", "second");
        });
    }

    @Test
    void aNegotiatedPairOpensWithoutAnAnnouncement() {
        simulate(peers -> {
            List<String> announced = new ArrayList<>();
            List<String> received = new ArrayList<>();
            peers.answerer.onDataChannel(event -> announced.add(event.channel().label()));
            RTCDataChannelInit init = init().negotiated(true).id(100).build();
            RTCDataChannel channel = peers.offerer.createDataChannel("here", init);
            RTCDataChannel other = peers.answerer.createDataChannel("there", init);
            other.onMessage(message -> received.add(message.text()));
            connect(peers, channel);
            channel.send("no OPEN needed");
            peers.simulation.time().runUntil(() -> !received.isEmpty(), LIMIT);

            assertThat(announced).isEmpty();
            assertThat(other.readyState()).isEqualTo(RTCDataChannelState.OPEN);
        });
    }

    @Test
    void closingSendsWhatIsBufferedResetsTheStreamAndFreesTheId() {
        simulate(peers -> {
            List<String> here = new ArrayList<>();
            List<String> there = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            peers.answerer.onDataChannel(event -> event.channel()
                    .onMessage(message -> sizes.add(message.bytes().length))
                    .onClosing(closing -> there.add("closing"))
                    .onClose(close -> there.add("close")));
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            channel.onClosing(closing -> here.add("closing")).onClose(close -> here.add("close"));
            connect(peers, channel);
            for (int i = 0; i < 20; i++) {
                channel.send(new byte[10_000]);
            }
            channel.close();
            assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CLOSING);
            assertRefused(() -> channel.send("late"), "InvalidStateError");
            await(peers, channel, RTCDataChannelState.CLOSED);
            peers.simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(sizes).hasSize(20).containsOnly(10_000);
            assertThat(here).containsExactly("close");
            assertThat(there).containsExactly("closing", "close");
            assertThat(channel.bufferedAmount()).isZero();
            RTCDataChannel next = peers.offerer.createDataChannel("two");
            assertThat(next.id()).isEqualTo(channel.id());
            await(peers, next, RTCDataChannelState.OPEN);
        });
    }

    @Test
    void bothSidesMayCloseAtOnce() {
        simulate(peers -> {
            List<RTCDataChannel> announced = new ArrayList<>();
            peers.answerer.onDataChannel(event -> announced.add(event.channel()));
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            connect(peers, channel);
            peers.simulation.time().runUntil(() -> !announced.isEmpty(), LIMIT);

            channel.close();
            announced.get(0).close();
            await(peers, channel, RTCDataChannelState.CLOSED);
            await(peers, announced.get(0), RTCDataChannelState.CLOSED);
        });
    }

    @Test
    void aChannelClosedBeforeItsTransportIsThereCloses() {
        simulate(peers -> {
            List<String> events = new ArrayList<>();
            RTCDataChannel never = peers.offerer.createDataChannel("never");
            never.onOpen(event -> events.add("open")).onClose(event -> events.add("close"));
            never.close();
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            connect(peers, channel);

            assertThat(events).containsExactly("close");
            assertThat(never.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
        });
    }

    @Test
    void aThousandChannelsOpenAndEchoAndCloseAgain() {
        simulate(peers -> {
            int[] echoes = new int[1];
            peers.answerer.onDataChannel(event ->
                    event.channel().onMessage(message -> event.channel().send(message.data())));
            List<RTCDataChannel> channels = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                RTCDataChannel channel = peers.offerer.createDataChannel("channel " + i);
                channel.onOpen(event -> channel.send("ping")).onMessage(message -> echoes[0]++);
                channels.add(channel);
            }
            peers.negotiate();
            peers.simulation.time().runUntil(() -> echoes[0] == 1_000, LIMIT);
            channels.forEach(RTCDataChannel::close);
            peers.simulation
                    .time()
                    .runUntil(
                            () -> channels.stream().allMatch(each -> each.readyState() == RTCDataChannelState.CLOSED),
                            LIMIT);
        });
    }

    @Test
    void emptyMessagesOfBothKindsAndTheLargestOneArrive() {
        simulate(peers -> {
            List<MessageData> received = new ArrayList<>();
            peers.answerer.onDataChannel(event -> event.channel().onMessage(message -> received.add(message.data())));
            RTCDataChannel channel = peers.offerer.createDataChannel("sizes");
            connect(peers, channel);
            byte[] largest = new byte[262_144];
            largest[262_143] = 5;
            channel.send("");
            channel.send(new byte[0]);
            channel.send(largest);
            assertRefused(() -> channel.send(new byte[262_145]), "TypeError");
            peers.simulation.time().runUntil(() -> received.size() == 3, LIMIT);

            assertThat(received)
                    .containsExactly(
                            new MessageData.Text(""),
                            new MessageData.ArrayBuffer(new byte[0]),
                            new MessageData.ArrayBuffer(largest));
        });
    }

    @Test
    void binaryMessagesComeAsTheBinaryTypeSays() {
        simulate(peers -> {
            List<MessageData> received = new ArrayList<>();
            peers.answerer.onDataChannel(event ->
                    event.channel().binaryType(BinaryType.BLOB).onMessage(message -> received.add(message.data())));
            RTCDataChannel channel = peers.offerer.createDataChannel("kinds");
            connect(peers, channel);
            channel.send(new byte[] {1, 2, 3});
            peers.simulation.time().runUntil(() -> !received.isEmpty(), LIMIT);

            assertThat(received.get(0)).isInstanceOf(MessageData.Blob.class);
            assertThat(received.get(0).bytes()).containsExactly(1, 2, 3);
        });
    }

    @Test
    void bufferedAmountCountsAtOnceFallsWhenSentAndTellsWhenItIsLow() {
        simulate(peers -> {
            List<Long> lows = new ArrayList<>();
            RTCDataChannel channel = peers.offerer.createDataChannel("full");
            channel.bufferedAmountLowThreshold(100_000)
                    .onBufferedAmountLow(event -> lows.add(channel.bufferedAmount()));
            connect(peers, channel);
            for (int i = 0; i < 64; i++) {
                channel.send(new byte[262_144]);
            }
            assertThat(channel.bufferedAmount()).isEqualTo(16 * 1024 * 1024);
            assertRefused(() -> channel.send(new byte[1]), "OperationError");
            peers.simulation.time().runUntil(() -> channel.bufferedAmount() == 0, Duration.ofMinutes(10));

            assertThat(lows).hasSize(1);
            assertThat(lows.get(0)).isLessThanOrEqualTo(100_000);
        });
    }

    @Test
    void sendAsyncWaitsForRoomAndKeepsItsOrder() {
        simulate(peers -> {
            List<Integer> received = new ArrayList<>();
            peers.answerer.onDataChannel(
                    event -> event.channel().onMessage(message -> received.add((int) message.bytes()[0])));
            RTCDataChannel channel = peers.offerer.createDataChannel("async");
            connect(peers, channel);
            List<CompletableFuture<?>> sends = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] message = new byte[200_000];
                message[0] = (byte) i;
                sends.add(channel.sendAsync(message));
            }
            assertThat(sends.get(0)).isDone();
            assertThat(sends.get(39)).isNotDone();
            assertThat(channel.bufferedAmount()).isLessThan(2_000_000);
            peers.simulation.time().runUntil(() -> received.size() == 40, Duration.ofMinutes(5));

            assertThat(received).isSorted();
            assertThat(sends).allMatch(CompletableFuture::isDone);
        });
    }

    @Test
    void aSlowReaderHoldsTheSenderBackAndMemoryStaysInItsBound() {
        simulate(peers -> {
            long[] received = new long[1];
            List<RTCDataChannel> announced = new ArrayList<>();
            peers.answerer.onDataChannel(event -> {
                announced.add(event.channel());
                event.channel().pauseReading().onMessage(message -> received[0] += message.bytes().length);
            });
            RTCDataChannel channel = peers.offerer.createDataChannel("slow");
            connect(peers, channel);
            for (int i = 0; i < 64; i++) {
                channel.send(new byte[262_144]);
            }
            peers.simulation.time().runFor(Duration.ofSeconds(60));
            assertThat(received[0]).isZero();
            // The window of the reader is 8 MiB: what is beyond stays with the sender.
            assertThat(channel.bufferedAmount()).isGreaterThan(7 * 1024 * 1024);

            announced.get(0).resumeReading();
            peers.simulation.time().runUntil(() -> received[0] == 16 * 1024 * 1024, Duration.ofMinutes(10));
        });
    }

    @Test
    void theEndOfTheOtherSideClosesEveryChannel() {
        simulate(peers -> {
            List<String> events = new ArrayList<>();
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            channel.onClose(event -> events.add("close"));
            connect(peers, channel);

            peers.answerer.close();
            await(peers, channel, RTCDataChannelState.CLOSED);

            assertThat(events).containsExactly("close");
            assertThat(peers.offerer.sctp()).isNotNull();
            peers.simulation
                    .time()
                    .runUntil(
                            () -> {
                                var sctp = peers.offerer.sctp();
                                return sctp != null && sctp.state() == RTCSctpTransportState.CLOSED;
                            },
                            LIMIT);
        });
    }

    @Test
    void closeGracefullyDeliversWhatWasGivenToSend() {
        simulate(peers -> {
            long[] received = new long[1];
            peers.answerer.onDataChannel(
                    event -> event.channel().onMessage(message -> received[0] += message.bytes().length));
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            connect(peers, channel);
            for (int i = 0; i < 20; i++) {
                channel.send(new byte[100_000]);
            }
            CompletableFuture<CloseCause> closed = peers.offerer.closeGracefully(Duration.ofSeconds(60));
            peers.simulation.time().runUntil(closed::isDone, LIMIT);

            assertThat(closed.join().kind()).isEqualTo(CloseCause.Kind.CLOSED_GRACEFULLY);
            assertThat(received[0]).isEqualTo(2_000_000);
        });
    }

    @Test
    void statisticsCountMessagesAndChannelsAndAreReadableAfterClose() {
        simulate(peers -> {
            List<String> echoed = new ArrayList<>();
            peers.answerer.onDataChannel(event ->
                    event.channel().onMessage(message -> event.channel().send(message.data())));
            RTCDataChannel channel = peers.offerer.createDataChannel("counted");
            channel.onMessage(message -> echoed.add(message.text()));
            connect(peers, channel);
            channel.send("four");
            channel.send("five5");
            peers.simulation.time().runUntil(() -> echoed.size() == 2, LIMIT);

            RTCStatsReport report = report(peers);
            RTCDataChannelStats stats =
                    report.all(RTCDataChannelStats.class).findFirst().orElseThrow();
            assertThat(stats.messagesSent()).isEqualTo(2);
            assertThat(stats.bytesSent()).isEqualTo(9);
            assertThat(stats.messagesReceived()).isEqualTo(2);
            assertThat(stats.bytesReceived()).isEqualTo(9);
            assertThat(report.keySet()).isEqualTo(report(peers).keySet());

            peers.offerer.close();
            RTCPeerConnectionStats after =
                    report(peers).all(RTCPeerConnectionStats.class).findFirst().orElseThrow();
            assertThat(after.dataChannelsOpened()).isEqualTo(1);
        });
    }

    private static RTCStatsReport report(SimulatedPeers peers) {
        CompletableFuture<RTCStatsReport> report = peers.offerer.getStats();
        peers.simulation.time().runUntil(report::isDone, LIMIT);
        return report.join();
    }
}
