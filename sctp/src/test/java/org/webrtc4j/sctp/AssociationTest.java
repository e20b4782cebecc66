package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssociationTest {

    private static final long SECOND = 1_000_000_000L;

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aMessageOfAnySizeArrivesUnchanged() {
        Pipe pipe = new Pipe(1);
        Peer[] peers =
                Peer.connected(pipe, SctpOptions.builder().maxSendMessageSize(0).build());
        int[] sizes = {1, 2, 3, 4, 5, 1159, 1160, 1161, 1163, 2320, 16_384, 65_536, 262_144};
        for (int size : sizes) {
            assertThat(peers[0].send(7, bytes(size, size))).isEqualTo(SendStatus.QUEUED);
        }
        pipe.runFor(5 * SECOND);
        assertThat(peers[1].messages).hasSize(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            assertThat(peers[1].messages.get(i).payload()).isEqualTo(bytes(sizes[i], sizes[i]));
        }
        assertThat(peers[0].association.stats().timeouts()).isZero();
        assertThat(peers[0].association.stats().bytesInFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void underLossReorderDuplicatesAndCorruptionEveryByteArrivesInOrder(boolean interleaving) {
        SctpOptions options = SctpOptions.builder().interleaving(interleaving).build();
        for (long seed = 1; seed <= 60; seed++) {
            Pipe pipe = new Pipe(seed);
            pipe.loss = 0.1;
            pipe.duplicates = 0.05;
            pipe.corruption = 0.02;
            pipe.jitterNanos = 15_000_000L;
            Peer[] peers = Peer.connected(pipe, options);
            int[] next = new int[8];
            Random random = new Random(seed);
            for (int i = 0; i < 150; i++) {
                byte[] payload = bytes(1 + random.nextInt(20_000), i);
                int stream = random.nextInt(8);
                payload[0] = (byte) next[stream]++;
                peers[0].send(stream, payload);
            }
            boolean done = pipe.runUntil(() -> peers[1].messages.size() == 150, 600 * SECOND);
            assertThat(done)
                    .as("seed %d: %s", seed, peers[0].association.stats())
                    .isTrue();
            int[] seen = new int[8];
            for (SctpEvent.Message message : peers[1].messages) {
                assertThat(message.payload()[0]).as("seed %d", seed).isEqualTo((byte) seen[message.streamId()]++);
            }
            assertThat(Arrays.stream(seen).sum()).isEqualTo(150);
        }
    }
}
