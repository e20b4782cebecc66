package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.DOMException;
import org.webrtc4j.DataChannelSettings;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSctpTransportStats;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SctpInit;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;

/** The settings of data channels, through whole connections: each works, with a peer that has it and one that does not. */
class DataChannelSettingsTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration DELAY = Duration.ofMillis(20);

    private static DataChannelSettings.Builder usual(DataChannelSettings.Builder builder) {
        return builder;
    }

    private static DataChannelSettings.Builder snap(DataChannelSettings.Builder builder) {
        return builder.snap(true);
    }

    private static DataChannelSettings.Builder all(DataChannelSettings.Builder builder) {
        return builder.snap(true).interleaving(true).zeroChecksum(true).pathMtuDiscovery(true);
    }

    private static Side side(UnaryOperator<DataChannelSettings.Builder> settings) {
        return Side.ofRuntime(runtime -> runtime.dataChannels(
                settings.apply(DataChannelSettings.builder()).build()));
    }

    private static SimulatedPeers peers(
            Simulation simulation,
            Impairments impairments,
            UnaryOperator<DataChannelSettings.Builder> offerer,
            UnaryOperator<DataChannelSettings.Builder> answerer) {
        return new SimulatedPeers(simulation, impairments, side(offerer), side(answerer));
    }

    /** When the offerer's channel opens, in nanoseconds from the beginning of the negotiation. */
    private static long openNanos(
            Simulation simulation,
            UnaryOperator<DataChannelSettings.Builder> offerer,
            UnaryOperator<DataChannelSettings.Builder> answerer) {
        SimulatedPeers peers = peers(simulation, Impairments.NONE.withDelay(DELAY), offerer, answerer);
        AtomicLong open = new AtomicLong();
        long begin = simulation.time().nanoTime();
        peers.offerer
                .createDataChannel("channel")
                .onOpen(event -> open.set(simulation.time().nanoTime() - begin));
        peers.negotiate();
        assertThat(simulation.time().reaches(() -> open.get() > 0, LIMIT))
                .as(peers::describe)
                .isTrue();
        return open.get();
    }

    private static Optional<SctpInit> init(RTCPeerConnection of) {
        return SessionDescription.parse(requireNonNull(of.localDescription()).sdp()).media().stream()
                .filter(MediaDescription::isDataChannel)
                .findFirst()
                .flatMap(MediaDescription::sctpInit);
    }

    /** Sends a pattern from the offerer and returns how long it took to arrive. */
    private static long transferNanos(SimulatedPeers peers, int messages, int size) {
        long[] arrived = new long[1];
        byte[] pattern = new byte[size];
        for (int i = 0; i < size; i++) {
            pattern[i] = (byte) (i + 7 * (i >> 8));
        }
        peers.answerer.onDataChannel(event -> event.channel().onMessage(message -> {
            assertThat(Arrays.equals(message.data().bytes(), pattern)).isTrue();
            arrived[0]++;
        }));
        RTCDataChannel channel = peers.offerer.createDataChannel("channel");
        peers.negotiate();
        assertThat(peers.simulation.time().reaches(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT))
                .as(peers::describe)
                .isTrue();
        long begin = peers.simulation.time().nanoTime();
        for (int i = 0; i < messages; i++) {
            channel.send(pattern);
        }
        assertThat(peers.simulation.time().reaches(() -> arrived[0] == messages, LIMIT.multipliedBy(5)))
                .as(peers::describe)
                .isTrue();
        return peers.simulation.time().nanoTime() - begin;
    }

    private static RTCSctpTransportStats sctp(SimulatedPeers peers) {
        CompletableFuture<RTCStatsReport> report = peers.offerer.getStats();
        peers.simulation.time().runFor(Duration.ofMillis(1));
        return report.join().all(RTCSctpTransportStats.class).findFirst().orElseThrow();
    }

    // --- DataChannelSettingsTest::snap

    @Test
    void withInitChunksInTheDescriptionsAChannelOpensTwoRoundTripsSooner() {
        Simulation.run(31, simulation -> {
            long usual = openNanos(simulation, DataChannelSettingsTest::usual, DataChannelSettingsTest::usual);
            Simulation.run(31, again -> {
                long sooner = usual - openNanos(again, DataChannelSettingsTest::snap, DataChannelSettingsTest::snap);
                assertThat(sooner).isGreaterThanOrEqualTo(DELAY.multipliedBy(4).toNanos());
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void theAnswerHasOneOnlyIfTheOfferHasAndBothSettingsWantIt(boolean offerers, boolean answerers) {
        Simulation.run(32, simulation -> {
            SimulatedPeers peers = peers(
                    simulation,
                    Impairments.NONE.withDelay(DELAY),
                    builder -> builder.snap(offerers),
                    builder -> builder.snap(answerers));
            transferNanos(peers, 3, 10_000);
            assertThat(init(peers.offerer).isPresent()).isEqualTo(offerers);
            assertThat(init(peers.answerer).isPresent()).isEqualTo(offerers && answerers);
            assertThat(peers.failures).isEmpty();
        });
    }

    @Test
    void laterDescriptionsRepeatItUnchangedAndTheAssociationGoesOn() {
        Simulation.run(33, simulation -> {
            SimulatedPeers peers = peers(
                    simulation,
                    Impairments.NONE.withDelay(DELAY),
                    DataChannelSettingsTest::snap,
                    DataChannelSettingsTest::snap);
            transferNanos(peers, 1, 100);
            Optional<SctpInit> offered = init(peers.offerer);
            Optional<SctpInit> answered = init(peers.answerer);
            assertThat(offered).isNotEqualTo(answered);
            peers.negotiate(peers.answerer, peers.offerer);
            simulation.time().runFor(Duration.ofSeconds(1));
            peers.negotiate();
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(init(peers.offerer)).isEqualTo(offered).isPresent();
            assertThat(init(peers.answerer)).isEqualTo(answered).isPresent();
            assertThat(peers.failures).isEmpty();
            RTCDataChannel second = peers.offerer.createDataChannel("second");
            assertThat(simulation.time().reaches(() -> second.readyState() == RTCDataChannelState.OPEN, LIMIT))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"AQ==", "%%%%", "AgAAFAAAAAEAEAAA//////////8=", "AQAAFAAAAAAAEAAA//8="})
    void aChunkThatCannotBeginAnAssociationFailsTheDescription(String base64) {
        Simulation.run(34, simulation -> {
            SimulatedPeers peers = peers(
                    simulation,
                    Impairments.NONE.withDelay(DELAY),
                    DataChannelSettingsTest::snap,
                    DataChannelSettingsTest::snap);
            peers.offerer.createDataChannel("channel");
            CompletableFuture<Void> described = peers.offerer.setLocalDescription();
            simulation.time().runUntil(described::isDone, LIMIT);
            String sdp = requireNonNull(peers.offerer.localDescription()).sdp();
            String good = init(peers.offerer).orElseThrow().base64();
            assertThat(Base64.getDecoder().decode(good)[0]).isEqualTo((byte) 1);
            CompletableFuture<Void> set = peers.answerer.setRemoteDescription(
                    new RTCSessionDescriptionInit(RTCSdpType.OFFER, sdp.replace(good, base64)));
            simulation.time().runUntil(set::isDone, LIMIT);
            assertThat(set)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(DOMException.class);
        });
    }

    static LongStream seeds() {
        return Seeds.upTo(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void withEverySettingMessagesArriveThroughLoss(long seed) {
        Simulation.run(seed, simulation -> {
            SimulatedPeers peers = peers(
                    simulation,
                    Impairments.NONE
                            .withDelay(Duration.ofMillis(1 + seed % 30))
                            .withLoss(0.1 * (seed % 11) / 10)
                            .withReordering(Duration.ofMillis(seed % 7)),
                    builder -> seed % 3 == 0 ? usual(builder) : all(builder),
                    builder -> seed % 3 == 1 ? usual(builder) : all(builder));
            transferNanos(peers, 20, 20_000);
            assertThat(peers.failures).isEmpty();
        });
    }

    // --- the path's packet size

    @Test
    void largerPacketsAreUsedWhereThePathCarriesThemOnlyWhenAskedFor() {
        for (boolean asked : new boolean[] {false, true}) {
            Simulation.run(35, simulation -> {
                SimulatedPeers peers = peers(
                        simulation,
                        Impairments.NONE.withDelay(DELAY),
                        builder -> builder.pathMtuDiscovery(asked),
                        DataChannelSettingsTest::usual);
                transferNanos(peers, 100, 60_000);
                assertThat(sctp(peers).mtu()).isEqualTo(asked ? 1_400 : 1_188);
            });
        }
    }

    @Test
    void onAPathThatIsNarrowerEverythingArrivesAndNothingTakesLonger() {
        Simulation.run(36, simulation -> {
            Impairments narrow = Impairments.NONE.withDelay(DELAY).withMtu(1_280);
            long fixed = transferNanos(
                    peers(simulation, narrow, DataChannelSettingsTest::usual, DataChannelSettingsTest::usual),
                    50,
                    60_000);
            Simulation.run(36, again -> {
                SimulatedPeers peers =
                        peers(again, narrow, builder -> builder.pathMtuDiscovery(true), DataChannelSettingsTest::usual);
                assertThat(transferNanos(peers, 50, 60_000)).isLessThanOrEqualTo(fixed + fixed / 20);
                assertThat(sctp(peers).mtu()).isEqualTo(1_188);
            });
        });
    }

    @ParameterizedTest
    @EnumSource(SctpCongestionControl.class)
    void everyControllerMovesData(SctpCongestionControl control) {
        Simulation.run(37, simulation -> {
            SimulatedPeers peers = peers(
                    simulation,
                    Impairments.NONE.withDelay(DELAY).withLoss(0.01),
                    builder -> builder.congestionControl(control),
                    DataChannelSettingsTest::usual);
            transferNanos(peers, 40, 60_000);
        });
    }
}
