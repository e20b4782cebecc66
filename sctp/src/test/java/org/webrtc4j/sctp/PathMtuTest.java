package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.init;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Path MTU discovery (RFC 8899): when it searches, what it finds, and what becomes of data when the path changes. */
class PathMtuTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int BASE = 1188;
    private static final int MOST = 1400;
    private static final int HEARTBEAT = 4;
    private static final int PAD = 132;

    private static SctpOptionsBuilder searching() {
        return RawPeer.options().maxProbedPacketSize(MOST).maxReceiveMessageSize(0);
    }

    /** A path that silently drops what is larger than its MTU. */
    private static final class Path {
        final Pipe pipe = new Pipe(5);
        final List<Integer> sizes = new ArrayList<>();
        final Peer[] peers;
        int mtu;
        int probes;

        Path(int mtu, SctpOptionsBuilder options) {
            this.mtu = mtu;
            pipe.filter = packet -> {
                sizes.add(packet.length);
                probes += packet[12] == HEARTBEAT && packet[packet.length - 1] == 0 && packet.length > BASE ? 1 : 0;
                return packet.length <= this.mtu;
            };
            peers = Peer.connected(pipe, options.build());
        }

        void send(int bytes) {
            for (int sent = 0; sent < bytes; sent += 50_000) {
                peers[0].send(1, new byte[50_000]);
            }
            int before = peers[1].messages.size();
            boolean arrived =
                    pipe.runUntil(() -> peers[1].messages.size() == before + (bytes + 49_999) / 50_000, 300 * SECOND);
            assertThat(arrived).isTrue();
        }

        SctpStats stats() {
            return peers[0].association.stats();
        }

        int largestOfLast(int packets) {
            return sizes.subList(Math.max(0, sizes.size() - packets), sizes.size()).stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
        }
    }

    @Test
    void aPathThatCarriesTheLargestSizeIsKnownAfterOneProbe() {
        Path path = new Path(9_000, searching());
        path.send(3_000_000);
        assertThat(path.probes).isEqualTo(1);
        assertThat(path.stats().packetSize()).isEqualTo(MOST);
        assertThat(path.largestOfLast(1_000)).isBetween(MOST - 3, MOST);
        path.send(1_000_000);
        assertThat(path.probes).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_200, 1_250, 1_288, 1_300, 1_301, 1_350, 1_399})
    void aNarrowerPathIsFoundWithoutLosingData(int mtu) {
        Path path = new Path(mtu, searching());
        path.send(200_000);
        path.pipe.runFor(60 * SECOND);
        path.send(500_000);
        int found = path.stats().packetSize();
        assertThat(found).isLessThanOrEqualTo(mtu);
        // What is gained must be worth a chunk.
        assertThat(found).isGreaterThan(mtu - BASE < 128 ? BASE - 1 : mtu - 36);
        assertThat(path.stats().chunksRetransmitted()).isZero();
        assertThat(path.stats().timeouts()).isZero();
    }

    @Test
    void aLostProbeSaysNothingAboutCongestion() {
        Path narrow = new Path(BASE, searching());
        Path fixed = new Path(BASE, RawPeer.options().maxReceiveMessageSize(0));
        narrow.send(2_000_000);
        fixed.send(2_000_000);
        assertThat(narrow.probes).isPositive();
        assertThat(narrow.stats().congestionWindow()).isEqualTo(fixed.stats().congestionWindow());
        assertThat(narrow.stats().fastRecoveries()).isZero();
    }

    @Test
    void whoIsNotAskedToOrSendsLittleDoesNotSearch() {
        Path off = new Path(9_000, RawPeer.options().maxReceiveMessageSize(0));
        off.send(1_000_000);
        Path quiet = new Path(9_000, searching());
        quiet.send(50_000);
        quiet.pipe.runFor(1_000 * SECOND);
        assertThat(off.probes + quiet.probes).isZero();
        assertThat(off.stats().packetSize()).isEqualTo(BASE);
    }

    @Test
    void whenThePathBecomesNarrowerSilentlyEverythingArrivesInPacketsOfTheBaseSize() {
        Path path = new Path(9_000, searching());
        path.send(1_000_000);
        assertThat(path.stats().packetSize()).isEqualTo(MOST);
        path.peers[0].send(1, new byte[2_000_000]);
        path.pipe.runFor(15_000_000L);
        path.mtu = BASE;
        assertThat(path.pipe.runUntil(() -> path.peers[1].messages.size() == 21, 60 * SECOND))
                .isTrue();
        assertThat(path.stats().packetSize()).isEqualTo(BASE);
        assertThat(path.peers[1].messages.get(20).payload()).hasSize(2_000_000);
    }

    @Test
    void aPathThatBecameNarrowerIsSearchedAtOnce() {
        Path path = new Path(9_000, searching());
        path.send(1_000_000);
        path.mtu = 1_300;
        path.peers[0].send(1, new byte[1_000_000]);
        path.pipe.runFor(60 * SECOND);
        assertThat(path.peers[1].messages).hasSize(21);
        assertThat(path.stats().packetSize()).isEqualTo(1_292);
    }

    @Test
    void smallMessagesThatPassDoNotHideThatLargePacketsDoNot() {
        Path path = new Path(9_000, searching());
        path.send(1_000_000);
        path.mtu = BASE;
        path.peers[0].send(1, new byte[1_000_000]);
        int received = path.peers[1].messages.size();
        for (int i = 0; i < 1_000; i++) {
            path.peers[0].send(2, new byte[20], SendOptions.UNORDERED);
            path.pipe.runFor(20_000_000L);
        }
        assertThat(path.peers[1].messages).hasSize(received + 1_001);
        assertThat(path.stats().packetSize()).isEqualTo(BASE);
    }

    @Test
    void anOutageDoesNotCostTheLargerSize() {
        Path path = new Path(9_000, searching());
        path.send(1_000_000);
        path.mtu = 0;
        path.peers[0].send(1, new byte[100_000]);
        path.pipe.runFor(20 * SECOND);
        assertThat(path.stats().packetSize()).isEqualTo(BASE);
        path.mtu = 9_000;
        path.pipe.runFor(5 * SECOND);
        assertThat(path.stats().packetSize()).isEqualTo(MOST);
    }

    @Test
    void aPathThatBecomesWiderIsFoundAfterTenMinutes() {
        Path path = new Path(BASE, searching());
        path.send(200_000);
        path.pipe.runFor(60 * SECOND);
        int probes = path.probes;
        path.mtu = 9_000;
        path.send(1_000_000);
        assertThat(path.probes).isEqualTo(probes);
        path.pipe.runFor(600 * SECOND);
        path.send(1_000_000);
        assertThat(path.stats().packetSize()).isEqualTo(MOST);
    }

    @Test
    void onAnotherWayOnlyTheBaseSizeIsKnownUntilItIsSearched() {
        Path path = new Path(9_000, searching());
        path.send(1_000_000);
        path.peers[0].association.pathChanged(path.pipe.nowNanos);
        assertThat(path.stats().packetSize()).isEqualTo(BASE);
        path.send(1_000_000);
        assertThat(path.probes).isEqualTo(2);
        assertThat(path.stats().packetSize()).isEqualTo(MOST);
    }

    @Test
    void messagesOfEverySizeArriveInPacketsOfEverySize() {
        Path path = new Path(9_000, searching());
        path.send(200_000);
        for (int size = 1; size < 6_000; size += 37) {
            byte[] message = new byte[size];
            Arrays.fill(message, (byte) size);
            path.peers[0].send(size % 5, message, size % 2 == 0 ? SendOptions.ORDERED : SendOptions.UNORDERED);
            path.peers[1].messages.clear();
            path.pipe.runUntil(() -> !path.peers[1].messages.isEmpty(), SECOND);
            assertThat(path.peers[1].messages.get(0).payload()).isEqualTo(message);
        }
    }

    /** A peer by hand that is searched by an association which has sent enough. */
    private static RawPeer probed() {
        RawPeer peer = RawPeer.established(searching());
        peer.send(1, 70_000);
        peer.turn();
        acknowledge(peer);
        return peer;
    }

    private static void acknowledge(RawPeer peer) {
        for (int i = 0; i < 40; i++) {
            int last = peer.sent(0).stream()
                    .mapToInt(c -> c.i32(0) - RawPeer.OUR_TSN)
                    .max()
                    .orElse(0);
            peer.now += RawPeer.MILLI;
            peer.receive(peer.sack(last));
        }
    }

    private static List<RawPeer.Chunk> probes(RawPeer peer) {
        return peer.sent(HEARTBEAT);
    }

    @Test
    void aProbeIsAHeartbeatAndPaddingAloneInAPacketOfExactlyTheSize() {
        RawPeer peer = probed();
        RawPeer.Chunk heartbeat = probes(peer).get(0);
        List<RawPeer.Chunk> packet =
                peer.sent.stream().filter(c -> c.packet() == heartbeat.packet()).toList();
        assertThat(packet).extracting(RawPeer.Chunk::type).containsExactly(HEARTBEAT, PAD);
        int bytes = 12
                + packet.stream()
                        .mapToInt(c -> 4 + (c.value().length + 3) / 4 * 4)
                        .sum();
        assertThat(bytes).isEqualTo(MOST);
        assertThat(packet.get(1).value()).containsOnly(0);
    }

    @Test
    void onlyTheAnswerToTheProbeThatIsOutCounts() {
        RawPeer peer = probed();
        byte[] info = probes(peer).get(0).value();
        for (int at : new int[] {0, 3, 5, info.length - 1}) {
            byte[] forged = info.clone();
            forged[at] ^= 1;
            peer.receive(chunk(5, 0, forged));
        }
        assertThat(peer.association.stats().packetSize()).isEqualTo(BASE);
        assertThat(peer.drops(SctpDrop.FOREIGN_HEARTBEAT_ACK)).isEqualTo(4);
        peer.receive(chunk(5, 0, info));
        assertThat(peer.association.stats().packetSize()).isEqualTo(MOST);
        peer.receive(chunk(5, 0, info));
        assertThat(peer.drops(SctpDrop.FOREIGN_HEARTBEAT_ACK)).isEqualTo(5);
    }

    @Test
    void threeProbesOfASizeAreLostBeforeASmallerOneIsTried() {
        RawPeer peer = probed();
        assertThat(probes(peer)).hasSize(1);
        peer.pass(10 * SECOND);
        List<Integer> sizes = probes(peer).stream().map(c -> c.i32(12)).toList();
        assertThat(sizes).startsWith(MOST, MOST, MOST, (BASE + MOST) / 2 & ~3);
        peer.pass(100 * SECOND);
        assertThat(probes(peer).stream().filter(c -> c.value().length == 16).map(c -> c.i32(12)))
                .hasSize(6);
        assertThat(peer.association.stats().packetSize()).isEqualTo(BASE);
    }

    @Test
    void aLateAnswerToAnEarlierProbeOfTheSameSizeCounts() {
        RawPeer peer = probed();
        byte[] info = probes(peer).get(0).value();
        peer.pass(1_500 * RawPeer.MILLI);
        assertThat(probes(peer)).hasSize(2);
        peer.receive(chunk(5, 0, info));
        assertThat(peer.association.stats().packetSize()).isEqualTo(MOST);
    }

    @Test
    void aRestartForgetsWhatWasFound() {
        RawPeer peer = probed();
        peer.receive(chunk(5, 0, probes(peer).get(0).value()));
        assertThat(peer.association.stats().packetSize()).isEqualTo(MOST);
        peer.sent.clear();
        peer.receiveTagged(0, init(0x3333_3333, 9_000));
        RawPeer.Chunk ack = peer.sent(2).get(0);
        byte[] value = ack.value();
        int at = 16;
        while (ack.u16(at) != 7) {
            at += (ack.u16(at + 2) + 3) & ~3;
        }
        peer.receiveTagged(ack.i32(0), chunk(10, 0, Arrays.copyOfRange(value, at + 4, at + ack.u16(at + 2))));
        assertThat(peer.events(SctpEvent.Restarted.class)).hasSize(1);
        assertThat(peer.association.stats().packetSize()).isEqualTo(BASE);
    }

    @Test
    void anAssociationThatIsShuttingDownIsNotSearchedAnyMore() {
        RawPeer peer = probed();
        int before = probes(peer).size();
        peer.association.shutdown(peer.now);
        peer.turn();
        peer.pass(30 * SECOND);
        assertThat(probes(peer)).hasSize(before);
    }
}
