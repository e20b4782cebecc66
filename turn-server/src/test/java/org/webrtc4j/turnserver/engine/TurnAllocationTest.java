package org.webrtc4j.turnserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.turnserver.engine.TurnWorld.SOON;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.turn.TurnClient;
import org.webrtc4j.ice.turn.TurnDrop;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.turnserver.simulation.VirtualTurnClient;

/** Our client and our server, in virtual time. */
class TurnAllocationTest {

    @Test
    void aClientGetsAnAddressOfEachFamilyAndLearnsItsOwn() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            assertThat(client.allRelayed()).hasSize(2);
            assertThat(client.relayed().getAddress().getHostAddress()).isEqualTo("198.51.100.1");
            assertThat(client.allRelayed().get(1).getAddress()).isInstanceOf(Inet6Address.class);
            assertThat(client.mapped()).asString().contains("203.0.113.1:");
            // One request without credentials, one with.
            assertThat(client.sentTypes()).containsExactly(Stun.ALLOCATE_REQUEST, Stun.ALLOCATE_REQUEST);
            assertThat(world.server.stats().allocations()).isEqualTo(1);
            client.close();
            world.runFor(SOON);
            assertThat(world.server.stats().allocations()).isZero();
            world.end();
        });
    }

    @Test
    void theFirstPacketForAPeerWaitsForItsPermission() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            client.send(world.peer(), "\u0001check");
            world.run(() -> world.peerReceived.contains("\u0001check"));
            assertThat(world.peerSaw).containsExactly(client.relayed());
            assertThat(client.sentTypes())
                    .endsWith(Stun.CREATE_PERMISSION_REQUEST, Stun.SEND_INDICATION)
                    .doesNotContain(Stun.CHANNEL_BIND_REQUEST);
            world.fromPeer(client.relayed(), "answer");
            world.run(() -> client.received().contains("answer"));
            world.end(client);
        });
    }

    @Test
    void dataBindsAChannelAndUsesItFromThen() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            client.send(world.peer(), "data 1");
            world.run(() -> world.peerReceived.contains("data 1"));
            world.runFor(SOON);
            client.send(world.peer(), "data 2");
            world.run(() -> world.peerReceived.contains("data 2"));
            assertThat(client.sentTypes()).contains(Stun.CHANNEL_BIND_REQUEST).endsWith(Stun.FIRST_CHANNEL);
            world.fromPeer(client.relayed(), "back");
            world.run(() -> client.received().contains("back"));
            assertThat(world.server.stats().channels()).isEqualTo(1);
            assertThat(world.server.stats().bytesToPeers()).isEqualTo(12);
            assertThat(world.server.stats().bytesToClients()).isEqualTo(4);
            world.end(client);
        });
    }

    @Test
    void aPeerOfTheOtherFamilyIsReachedFromTheOtherAddress() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient one = world.allocated();
            VirtualTurnClient two = world.allocated();
            two.send(one.allRelayed().get(1), "x");
            world.runFor(SOON);
            one.send(two.allRelayed().get(1), "over IPv6");
            world.run(() -> two.received().contains("over IPv6"));
            world.end(one, two);
        });
    }

    @Test
    void nobodyWithoutPermissionReachesTheClient() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            world.fromPeer(client.relayed(), "unasked");
            world.runFor(SOON);
            assertThat(client.received()).isEmpty();
            assertThat(world.server.stats().drops()).containsEntry("noPermission", 1L);
            world.end(client);
        });
    }

    @Test
    void aQuietHourIsSurvivedByRefreshes() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            for (int minute = 0; minute < 60; minute++) {
                client.send(world.peer(), "minute " + minute);
                world.runFor(Duration.ofMinutes(1));
            }
            assertThat(world.peerReceived).hasSize(60);
            assertThat(client.failure()).isZero();
            assertThat(Collections.frequency(client.sentTypes(), Stun.REFRESH_REQUEST))
                    .isBetween(6, 8);
            assertThat(Collections.frequency(client.sentTypes(), Stun.CHANNEL_BIND_REQUEST))
                    .isBetween(6, 8);
            assertThat(Collections.frequency(client.sentTypes(), Stun.CREATE_PERMISSION_REQUEST))
                    .isBetween(14, 17);
            world.end(client);
        });
    }

    @Test
    void aPeerThatIsNotUsedLosesItsPermissionAndGetsItBack() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            client.send(world.peer(), "before");
            world.runFor(Duration.ofMinutes(30));
            assertThat(world.server.stats().permissions()).isZero();
            assertThat(world.server.stats().channels()).isZero();
            client.send(world.peer(), "after");
            world.run(() -> world.peerReceived.contains("after"));
            world.end(client);
        });
    }

    @Test
    void aStaleNonceIsReplacedWithoutLoss() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(
                    simulation,
                    Impairments.NONE.withDelay(Duration.ofMillis(10)),
                    options -> options.withLifetimes(600, 3_600, 60));
            VirtualTurnClient client = world.allocated();
            for (int minute = 0; minute < 20; minute++) {
                client.send(world.peer(), "minute " + minute);
                world.runFor(Duration.ofMinutes(1));
            }
            assertThat(world.peerReceived).hasSize(20);
            assertThat(world.server.stats().errors()).containsKey(Stun.ERROR_STALE_NONCE);
            world.end(client);
        });
    }

    @Test
    void aClientThatVanishesLosesItsAllocation() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            assertThat(client.isAllocated()).isTrue();
            simulation.time().leap(Duration.ofMinutes(11));
            world.runFor(SOON);
            assertThat(world.server.stats().allocations()).isZero();
            world.run(() -> client.failure() == Stun.ERROR_ALLOCATION_MISMATCH);
            world.end();
        });
    }

    @Test
    void wrongCredentialsAreRefusedWith401() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient wrong = world.client("alice", "guess");
            VirtualTurnClient unknown = world.client("mallory", "guess");
            VirtualTurnClient nobody = world.client("", "");
            for (VirtualTurnClient client : new VirtualTurnClient[] {wrong, unknown, nobody}) {
                client.allocate();
                world.run(() -> client.failure() != 0);
                assertThat(client.failure()).isEqualTo(Stun.ERROR_UNAUTHENTICATED);
            }
            assertThat(world.server.stats().allocationsMade()).isZero();
            world.end();
        });
    }

    @Test
    void timeLimitedCredentialsExpireForNewAllocationsOnly() {
        Simulation.run(1, simulation -> {
            TurnCredentials rest = TurnCredentials.ofSharedSecret("north");
            TurnWorld world =
                    new TurnWorld(simulation, Impairments.NONE, options -> TurnServerOptions.of("example.org", rest));
            long now = TimeUnit.MICROSECONDS.toSeconds(
                    simulation.time().epochMicros(simulation.time().nanoTime()));
            String username = (now + 30) + ":alice";
            String password = TurnCredentials.restPassword("north", username);
            VirtualTurnClient inTime = world.client(username, password);
            inTime.allocate();
            world.run(inTime::isAllocated);
            world.runFor(Duration.ofMinutes(30));
            assertThat(inTime.isAllocated()).isTrue();
            VirtualTurnClient late = world.client(username, password);
            late.allocate();
            world.run(() -> late.failure() == Stun.ERROR_UNAUTHENTICATED);
            world.end(inTime);
        });
    }

    @Test
    void anAccountHasSoManyAllocationsAndNoMore() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(
                    simulation, Impairments.NONE, options -> options.withLimits(new TurnLimits(3, 2, 8, 8, 100)));
            VirtualTurnClient one = world.allocated();
            VirtualTurnClient two = world.allocated();
            VirtualTurnClient three = world.client("alice", "secret");
            three.allocate();
            world.run(() -> three.failure() == Stun.ERROR_QUOTA_REACHED);
            VirtualTurnClient other = world.client("bob", "hidden");
            other.allocate();
            world.run(other::isAllocated);
            two.close();
            world.runFor(SOON);
            VirtualTurnClient four = world.allocated();
            VirtualTurnClient five = world.client("bob", "hidden");
            five.allocate();
            world.run(() -> five.failure() == Stun.ERROR_INSUFFICIENT_CAPACITY);
            world.end(one, other, four);
        });
    }

    @Test
    void privateLoopbackAndLinkLocalPeersAreRefused() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            VirtualTurnClient client = world.allocated();
            String[] refused = {
                "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
                "224.0.0.1", "::1", "fe80::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "::10.0.0.1"
            };
            for (String peer : refused) {
                client.send(new InetSocketAddress(peer, 80), "x");
            }
            world.runFor(SOON);
            assertThat(world.server.stats().errors()).containsEntry(Stun.ERROR_FORBIDDEN, (long) refused.length);
            assertThat(world.server.stats().permissions()).isZero();
            assertThat(world.server.stats().packetsToPeers()).isZero();
            client.send(new InetSocketAddress("10.0.0.1", 80), "again");
            assertThat(client.drops()).containsEntry(TurnDrop.PEER_REFUSED, refused.length + 1L);
            world.end(client);
        });
    }

    @Test
    void privatePeersAreAllowedByOption() {
        Simulation.run(1, simulation -> {
            TurnWorld world =
                    new TurnWorld(simulation, Impairments.NONE, options -> options.withPeers(PeerFilter.server(true)));
            VirtualTurnClient client = world.allocated();
            client.send(new InetSocketAddress("10.0.0.1", 80), "x");
            world.runFor(SOON);
            assertThat(world.server.stats().packetsToPeers()).isEqualTo(1);
            world.end(client);
        });
    }

    @Test
    void aServerBeingEmptiedNamesAnother() {
        Simulation.run(1, simulation -> {
            InetSocketAddress other = new InetSocketAddress("198.51.100.2", 3_478);
            TurnWorld world = new TurnWorld(simulation, Impairments.NONE, options -> options.withAlternate(other));
            VirtualTurnClient client = world.client("alice", "secret");
            client.allocate();
            world.run(() -> other.equals(client.redirect()));
            assertThat(client.failure()).isZero();
            world.end(client);
        });
    }

    @Test
    void aServerOfOneFamilyServesThatOne() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation, Impairments.NONE, options -> options.withFamilies(false, true));
            VirtualTurnClient client = world.allocated();
            assertThat(client.allRelayed()).hasSize(1);
            assertThat(client.relayed().getAddress()).isInstanceOf(Inet6Address.class);
            world.end(client);
        });
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation, Impairments.NONE, options -> options.withFamilies(true, false));
            VirtualTurnClient client = world.allocated();
            assertThat(client.allRelayed()).hasSize(1);
            world.end(client);
        });
    }

    @Test
    void aSilentServerIsGivenUpAsTheBrowsersCodeSays() {
        Simulation.run(1, simulation -> {
            TurnWorld world = new TurnWorld(simulation);
            world.server.close();
            VirtualTurnClient client = world.client("alice", "secret");
            client.allocate();
            world.run(() -> client.failure() == TurnClient.SERVER_SILENT);
            assertThat(simulation.time().elapsed()).isBetween(Duration.ofSeconds(39), Duration.ofSeconds(42));
            world.end();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 50})
    void lossIsRepaired(int percent) {
        int allocated = 0;
        for (int seed = 1; seed <= 40; seed++) {
            boolean[] done = new boolean[1];
            Simulation.run(seed, simulation -> {
                Impairments lossy = Impairments.NONE
                        .withDelay(Duration.ofMillis(20))
                        .withReordering(Duration.ofMillis(30))
                        .withDuplicates(0.1)
                        .withLoss(percent / 100.0);
                TurnWorld world = new TurnWorld(simulation, lossy, options -> options);
                VirtualTurnClient client = world.client("alice", "secret");
                client.allocate();
                world.run(() -> client.isAllocated() || client.failure() != 0);
                done[0] = client.isAllocated();
                for (int i = 0; done[0] && i < (world.peerReceived.isEmpty() ? 3_000 : 200); i++) {
                    client.send(world.peer(), "data");
                    world.runFor(Duration.ofMillis(100));
                }
                if (done[0]) {
                    assertThat(world.peerReceived).isNotEmpty();
                }
                client.close();
                world.runFor(Duration.ofMinutes(11));
                assertThat(world.server.stats().allocations()).isZero();
                world.end();
            });
            allocated += done[0] ? 1 : 0;
        }
        // Each host loses that much both ways: of the exchanges a third, three quarters, fifteen of sixteen fail. There
        // are two, each tried some twenty times.
        assertThat(allocated).isGreaterThanOrEqualTo(percent == 50 ? 10 : 40);
    }
}
