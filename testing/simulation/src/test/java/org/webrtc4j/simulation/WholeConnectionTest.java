package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.RTCPeerConnectionState.FAILED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.MessageData;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;

/** ICE, DTLS in plain text, SCTP and the W3C objects on top, on a network that loses. */
class WholeConnectionTest {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final int MESSAGES = 40;
    private static final int MAX_SIZE = 20_000;

    static LongStream seeds() {
        return Seeds.upTo(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void atAnyLossUpToTwentyPercentItConnectsAndDeliversEachMessageOnceAndUnchanged(long seed) {
        Simulation.run(seed, simulation -> {
            double loss = 0.2 * (seed % 21) / 20;
            SimulatedPeers peers = new SimulatedPeers(
                    simulation,
                    Impairments.NONE
                            .withDelay(Duration.ofMillis(5 + seed % 40))
                            .withLoss(loss)
                            .withReordering(Duration.ofMillis(seed % 10))
                            .withDuplicates(0.01));
            Conversation conversation = new Conversation(peers, simulation.newRandom("messages"));

            Set<RTCPeerConnectionState> offererStates = states(peers.offerer);
            Set<RTCPeerConnectionState> answererStates = states(peers.answerer);

            peers.negotiate();
            if (!simulation.time().reaches(conversation::isOver, LIMIT)) {
                throw new AssertionError(peers.describe());
            }

            assertThat(peers.failures).isEmpty();
            // Consent may go missing for a while at this loss, so connected need not be the last state.
            assertThat(offererStates).contains(RTCPeerConnectionState.CONNECTED).doesNotContain(FAILED);
            assertThat(answererStates)
                    .contains(RTCPeerConnectionState.CONNECTED)
                    .doesNotContain(FAILED);
            assertThat(conversation.orderedReceived).isEqualTo(conversation.orderedSent);
            assertThat(conversation.unorderedReceived).containsExactlyInAnyOrderElementsOf(conversation.unorderedSent);
            assertThat(conversation.echoed).isEqualTo(conversation.orderedSent);
            peers.offerer.close();
            peers.answerer.close();
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(peers.offererLoop.armedTimers()).isZero();
            assertThat(peers.answererLoop.armedTimers()).isZero();
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static Set<RTCPeerConnectionState> states(RTCPeerConnection connection) {
        Set<RTCPeerConnectionState> seen = EnumSet.noneOf(RTCPeerConnectionState.class);
        connection.onConnectionStateChange(event -> seen.add(connection.connectionState()));
        return seen;
    }

    /** An ordered channel whose messages come back, and an unordered one beside it. */
    private static final class Conversation {

        final List<MessageData> orderedSent = new ArrayList<>();
        final List<MessageData> orderedReceived = new ArrayList<>();
        final List<MessageData> echoed = new ArrayList<>();
        final List<MessageData> unorderedSent = new ArrayList<>();
        final List<MessageData> unorderedReceived = new ArrayList<>();

        Conversation(SimulatedPeers peers, RandomGenerator random) {
            peers.answerer.onDataChannel(event -> receive(event.channel()));
            RTCDataChannel ordered = peers.offerer.createDataChannel("ordered");
            RTCDataChannel unordered = peers.offerer.createDataChannel(
                    "unordered", RTCDataChannelInit.builder().ordered(false).build());
            ordered.onOpen(event -> sendAll(ordered, random, orderedSent))
                    .onMessage(message -> echoed.add(message.data()));
            unordered.onOpen(event -> sendAll(unordered, random, unorderedSent));
        }

        boolean isOver() {
            return echoed.size() == MESSAGES && unorderedReceived.size() == MESSAGES;
        }

        private void receive(RTCDataChannel channel) {
            if (channel.ordered()) {
                channel.onMessage(message -> {
                    orderedReceived.add(message.data());
                    channel.send(message.data());
                });
            } else {
                channel.onMessage(message -> unorderedReceived.add(message.data()));
            }
        }

        private static void sendAll(RTCDataChannel channel, RandomGenerator random, List<MessageData> sent) {
            for (int i = 0; i < MESSAGES; i++) {
                MessageData message = message(random);
                sent.add(message);
                channel.send(message);
            }
        }

        private static MessageData message(RandomGenerator random) {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(MAX_SIZE) : random.nextInt(200)];
            random.nextBytes(bytes);
            return random.nextBoolean()
                    ? new MessageData.ArrayBuffer(bytes)
                    : new MessageData.Text("text ".repeat(bytes.length / 5));
        }
    }
}
