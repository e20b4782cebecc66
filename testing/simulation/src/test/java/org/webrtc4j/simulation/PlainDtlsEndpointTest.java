package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.testkit.EngineDriver;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Loss;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualLink;
import org.webrtc4j.testkit.VirtualLoop;

class PlainDtlsEndpointTest {

    private static final LocalCertificate CERTIFICATE_A = certificate();
    private static final LocalCertificate CERTIFICATE_B = certificate();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Impairments TWENTY_MILLIS = Impairments.NONE.withDelay(Duration.ofMillis(20));

    static LongStream seeds() {
        return Seeds.upTo(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothSidesConnectAtAnyLossUpToThirtyPercentAndGetTheSameKeys(long seed) {
        Simulation.run(seed, simulation -> {
            double loss = 0.3 * (seed % 31) / 30;
            Pair pair = new Pair(
                    simulation,
                    TWENTY_MILLIS
                            .withLoss(loss)
                            .withReordering(Duration.ofMillis(15))
                            .withDuplicates(0.05)
                            .withCorruption(0.03, 0.03),
                    mtu(seed));
            pair.start();
            simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);

            KeyingMaterial ofA = pair.a.keys();
            KeyingMaterial ofB = pair.b.keys();
            assertThat(ofA.profile()).isEqualTo(ofB.profile());
            assertThat(ofA.clientKey()).isEqualTo(ofB.clientKey()).isNotEqualTo(ofA.serverKey());
            assertThat(ofA.serverSalt()).isEqualTo(ofB.serverSalt());
            pair.closeBoth(simulation);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void dataArrivesUndamagedAtMostOnceOrNotAtAll(long seed) {
        Simulation.run(seed, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
            pair.start();
            simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);
            pair.link.setImpairments(TWENTY_MILLIS
                    .withLoss(0.1)
                    .withDuplicates(0.2)
                    .withReordering(Duration.ofMillis(5))
                    .withCorruption(0.1, 0.1));

            for (int i = 0; i < 50; i++) {
                pair.a.send(number(i));
            }
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(pair.b.data)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(IntStream.range(0, 50).boxed().toList());
            assertThat(pair.b.data).hasSizeGreaterThan(15);
            var lost = pair.link.a().sent().drops().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            var dropped = pair.b.endpoint.stats().drops().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            var duplicated = pair.link.a().sent().duplicated();
            assertThat(pair.b.data.size() + lost + dropped).isEqualTo(50 + duplicated);
        });
    }

    @Test
    void aHandshakeWithoutLossTakesTwoRoundTripsAndFourFlights() {
        Simulation.run(1, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
            pair.start();
            simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);

            assertThat(simulation.time().elapsed()).isEqualTo(Duration.ofMillis(80));
            assertThat(pair.a.endpoint.stats().datagramsSent()).isEqualTo(2);
            assertThat(pair.b.endpoint.stats().datagramsSent()).isEqualTo(2);
        });
    }

    @Test
    void whicheverSingleDatagramIsLostCostsItsResendTimeOnly() {
        for (int dropped = 0; dropped < 8; dropped++) {
            int index = dropped;
            Simulation.run(dropped, simulation -> {
                Pair pair = new Pair(simulation, TWENTY_MILLIS, 400);
                VirtualLink.End end = index % 2 == 0 ? pair.link.a() : pair.link.b();
                end.setImpairments(TWENTY_MILLIS.withLoss(new Loss.Chosen((number, packet) -> number == index / 2)));
                pair.start();
                simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);

                assertThat(simulation.time().elapsed()).isLessThan(Duration.ofMillis(250));
            });
        }
    }

    @Test
    void flightsAreResentAtFiftyMillisecondsAndThenAtDoubledIntervals() {
        Simulation.run(1, simulation -> {
            Side alone = new Side(simulation, "alone", CERTIFICATE_A, DtlsConfig.DEFAULT_MTU);
            List<Long> sentMillis = new ArrayList<>();
            alone.onTransmit(() -> sentMillis.add(simulation.time().elapsed().toMillis()));
            alone.start(DtlsRole.CLIENT);
            simulation.time().runUntilIdle(LIMIT);

            assertThat(sentMillis.subList(0, 8)).containsExactly(0L, 50L, 150L, 350L, 750L, 1550L, 3150L, 4750L);
            assertThat(alone.failure().reason()).isEqualTo(DtlsFailure.Reason.TIMEOUT);
            assertThat(simulation.time().elapsed()).isEqualTo(Duration.ofSeconds(25));
        });
    }

    @Test
    void aCertificateThatMatchesNoFingerprintFailsBothSidesAndLetsNoDataThrough() {
        for (DtlsRole role : DtlsRole.values()) {
            Simulation.run(1, simulation -> {
                Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
                pair.a.endpoint.setRemoteFingerprints(CERTIFICATE_A.fingerprints());
                pair.b.endpoint.setRemoteFingerprints(CERTIFICATE_A.fingerprints());
                pair.a.start(role);
                pair.b.start(role == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT);
                simulation.time().runUntilIdle(LIMIT);

                assertThat(pair.a.failure().reason()).isEqualTo(DtlsFailure.Reason.FINGERPRINT_MISMATCH);
                assertThat(pair.a.failure().sentAlert()).isEqualTo(OptionalInt.of(42));
                assertThat(pair.b.failure().receivedAlert()).isEqualTo(OptionalInt.of(42));
                assertThat(pair.a.connected() || pair.b.connected()).isFalse();
                assertThat(pair.a.send(number(1))).isFalse();
            });
        }
    }

    @Test
    void datagramsThatComeBeforeTheStartAreKept() {
        Simulation.run(1, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
            pair.knowFingerprints();
            pair.a.start(DtlsRole.CLIENT);
            simulation.time().runFor(Duration.ofMillis(30));
            pair.b.start(DtlsRole.SERVER);
            simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);

            assertThat(simulation.time().elapsed()).isEqualTo(Duration.ofMillis(90));
        });
    }

    @Test
    void aSideWithoutFingerprintsFinishesTheHandshakeAndHoldsDataUntilItKnowsThem() {
        Simulation.run(1, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
            pair.a.endpoint.setRemoteFingerprints(CERTIFICATE_B.fingerprints());
            pair.a.start(DtlsRole.CLIENT);
            pair.b.start(DtlsRole.SERVER);
            simulation.time().runUntil(pair.a::connected, LIMIT);
            pair.a.send(number(7));
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(pair.b.connected()).isFalse();
            assertThat(pair.b.data).isEmpty();
            assertThat(pair.b.send(number(8))).isFalse();

            pair.b.endpoint.setRemoteFingerprints(CERTIFICATE_A.fingerprints());

            assertThat(pair.b.connected()).isTrue();
            assertThat(pair.b.data).containsExactly(7);
        });
    }

    @Test
    void closingEndsBothSidesWithOneEventEachAndNothingPassesAfterwards() {
        Simulation.run(1, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
            pair.start();
            simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);

            pair.a.close();
            pair.a.close();
            assertThat(pair.a.send(number(1))).isFalse();
            simulation.time().runUntilIdle(LIMIT);

            assertThat(pair.a.events).hasSize(2).last().isInstanceOf(DtlsEvent.Closed.class);
            assertThat(pair.b.events).hasSize(2).last().isInstanceOf(DtlsEvent.Closed.class);
            assertThat(pair.b.send(number(1))).isFalse();
        });
    }

    @Test
    void dataIsRefusedBeforeTheConnectionIsThere() {
        Simulation.run(1, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
            assertThat(pair.a.send(number(1))).isFalse();
            pair.start();
            assertThat(pair.a.send(number(1))).isFalse();
            assertThatThrownBy(() -> pair.a.start(DtlsRole.CLIENT)).isInstanceOf(IllegalStateException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyBytesAtAnyMomentAreDroppedAndCounted(long seed) {
        Simulation.run(seed, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, DtlsConfig.DEFAULT_MTU);
            var random = simulation.newRandom("noise");
            pair.start();
            for (int i = 0; i < 200; i++) {
                byte[] noise = new byte[random.nextInt(100)];
                random.nextBytes(noise);
                pair.link.a().transmit(ByteBuffer.wrap(noise));
                simulation.time().runFor(Duration.ofNanos(random.nextLong(1_000_000)));
            }
            simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(pair.b.endpoint.stats().drops().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isGreaterThanOrEqualTo(200);
            assertThat(pair.b.data).isEmpty();
        });
    }

    @Test
    void everyDatagramIsInTheFirstByteClassOfDtls() {
        Simulation.run(1, simulation -> {
            Pair pair = new Pair(simulation, TWENTY_MILLIS, 100);
            List<Integer> firstBytes = new ArrayList<>();
            pair.link.a().setImpairments(TWENTY_MILLIS.withLoss(new Loss.Chosen((index, packet) -> {
                firstBytes.add(packet.get(0) & 0xff);
                assertThat(packet.remaining()).isLessThanOrEqualTo(100);
                return false;
            })));
            pair.start();
            simulation.time().runUntil(() -> pair.a.connected() && pair.b.connected(), LIMIT);
            pair.a.send(number(1));
            pair.a.close();

            assertThat(firstBytes).hasSizeGreaterThan(4).allMatch(first -> first >= 20 && first <= 63);
        });
    }

    private static int mtu(long seed) {
        return seed % 3 == 0 ? 300 : DtlsConfig.DEFAULT_MTU;
    }

    private static ByteBuffer number(int number) {
        return ByteBuffer.allocate(4).putInt(number).flip();
    }

    private static LocalCertificate certificate() {
        return Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), 1_767_225_600_000L);
    }

    /** A client a and a server b over one link. */
    private static final class Pair {

        private final VirtualLink link;
        private final Side a;
        private final Side b;

        Pair(Simulation simulation, Impairments impairments, int mtu) {
            link = simulation.newLink(impairments);
            a = new Side(simulation, "a", CERTIFICATE_A, mtu);
            b = new Side(simulation, "b", CERTIFICATE_B, mtu);
            a.join(link.a());
            b.join(link.b());
        }

        void knowFingerprints() {
            a.endpoint.setRemoteFingerprints(CERTIFICATE_B.fingerprints());
            b.endpoint.setRemoteFingerprints(CERTIFICATE_A.fingerprints());
        }

        void start() {
            knowFingerprints();
            a.start(DtlsRole.CLIENT);
            b.start(DtlsRole.SERVER);
        }

        void closeBoth(Simulation simulation) {
            a.close();
            b.close();
            simulation.time().runUntilIdle(LIMIT);
            assertThat(a.endpoint.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
            assertThat(b.endpoint.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
        }
    }

    private static final class Side implements DtlsSink {

        private final DtlsEndpoint endpoint;
        private final VirtualLoop loop;
        private final List<DtlsEvent> events = new ArrayList<>();
        private final List<Integer> data = new ArrayList<>();
        private EngineDriver driver;
        private Runnable onTransmit = () -> {};
        private VirtualLink.End end;

        Side(Simulation simulation, String name, LocalCertificate certificate, int mtu) {
            DtlsConfig defaults = DtlsConfig.of(name, certificate);
            DtlsConfig config = new DtlsConfig(
                    name,
                    certificate,
                    defaults.srtpProfiles(),
                    mtu,
                    defaults.handshakeTimeoutNanos(),
                    defaults.firstResendNanos());
            loop = simulation.newLoop(name);
            endpoint = new PlainDtlsEndpointFactory(simulation.newRandom(name)).create(config, loop, this);
            driver = new EngineDriver(loop, endpoint);
            end = simulation.newLink(Impairments.NONE).a();
        }

        void join(VirtualLink.End newEnd) {
            end = newEnd;
            driver = newEnd.connect(loop, endpoint);
        }

        void onTransmit(Runnable action) {
            onTransmit = action;
        }

        void start(DtlsRole role) {
            driver.turn(nowNanos -> endpoint.start(role, nowNanos));
        }

        boolean send(ByteBuffer packet) {
            boolean[] sent = new boolean[1];
            driver.turn(nowNanos -> sent[0] = endpoint.sendApplicationData(packet, nowNanos));
            return sent[0];
        }

        void close() {
            driver.turn(endpoint::close);
        }

        boolean connected() {
            return events.stream().anyMatch(DtlsEvent.Connected.class::isInstance);
        }

        KeyingMaterial keys() {
            return ((DtlsEvent.Connected) events.get(0)).keys().orElseThrow();
        }

        DtlsFailure failure() {
            return ((DtlsEvent.Failed) events.get(events.size() - 1)).failure();
        }

        @Override
        public void transmit(ByteBuffer packet) {
            onTransmit.run();
            end.transmit(packet);
        }

        @Override
        public void onApplicationData(ByteBuffer received) {
            data.add(received.getInt());
        }

        @Override
        public void onEvent(DtlsEvent event) {
            events.add(event);
        }
    }
}
