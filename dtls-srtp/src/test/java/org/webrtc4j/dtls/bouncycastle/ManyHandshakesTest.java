package org.webrtc4j.dtls.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsFailure.Reason;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.contract.DtlsPair;
import org.webrtc4j.dtls.contract.Link;
import org.webrtc4j.dtls.contract.RealTimeLoop;

class ManyHandshakesTest {

    /** Seeds of the loss test; -Ddtls.seeds=500 for more. */
    private static final int SEEDS = Integer.getInteger("dtls.seeds", 100);

    private static final int AT_ONCE = 16;
    private static final double LOSS = 0.10;
    private static final LocalCertificate CERTIFICATE =
            Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());

    private final RealTimeLoop loop = new RealTimeLoop();
    private BouncyCastleDtls factory = new BouncyCastleDtls(new SecureRandom());

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void withTenPercentLossEveryHandshakeSucceeds() {
        factory.warmUp(CERTIFICATE);
        long[] nanos = new long[SEEDS];
        int next = 0;
        List<Running> running = new ArrayList<>();
        while (next < SEEDS || !running.isEmpty()) {
            while (next < SEEDS && running.size() < AT_ONCE) {
                running.add(new Running(next, lossy(next).start(), loop.clock().nanoTime()));
                next++;
            }
            loop.runUntil("one of " + running.size() + " handshakes, seeds up to " + next, () -> running.stream()
                    .anyMatch(Running::isOver));
            running.removeIf(one -> {
                if (one.isOver()) {
                    one.check();
                    nanos[one.seed] = loop.clock().nanoTime() - one.startNanos;
                    one.pair.close();
                    return true;
                }
                return false;
            });
        }
        Arrays.sort(nanos);
        System.out.printf(
                "DTLS handshakes at 10 %% loss, %d at once: median %d ms, p90 %d ms, max %d ms, %d seeds%n",
                AT_ONCE,
                nanos[SEEDS / 2] / 1_000_000,
                nanos[SEEDS * 9 / 10] / 1_000_000,
                nanos[SEEDS - 1] / 1_000_000,
                SEEDS);
        assertThat(nanos[0]).isPositive();
    }

    private record Running(int seed, DtlsPair pair, long startNanos) {
        boolean isOver() {
            return (pair.client().hasConnected() && pair.server().hasConnected())
                    || pair.client().hasEnded()
                    || pair.server().hasEnded();
        }

        void check() {
            assertThat(pair.client().failure()).as("seed " + seed).isEmpty();
            assertThat(pair.server().failure()).as("seed " + seed).isEmpty();
        }
    }

    private DtlsPair lossy(int seed) {
        Random random = new Random(seed);
        return pair().link((fromClient, index, datagram) ->
                random.nextDouble() < LOSS ? List.of() : List.of(new Link.Arrival(0, datagram)));
    }

    @Test
    void twoHundredAtOnceInOneProcessWithPoolsOfFour() {
        factory.close();
        factory = BouncyCastleDtls.builder(new SecureRandom()).workers(4, 4).build();
        List<DtlsPair> pairs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pairs.add(pair().start());
            assertThat(factory.runningHandshakes(DtlsRole.CLIENT)).isLessThanOrEqualTo(4);
        }
        assertThat(factory.waitingHandshakes(DtlsRole.CLIENT)).isPositive();
        loop.runUntil("all connected", () -> pairs.stream()
                .allMatch(pair -> pair.client().hasConnected() && pair.server().hasConnected()));
        pairs.forEach(DtlsPair::close);
    }

    @Test
    void aServerTakesNoWorkerBeforeAHello() {
        for (int i = 0; i < 10; i++) {
            pair().server().start(DtlsRole.SERVER);
        }
        assertThat(factory.runningHandshakes(DtlsRole.SERVER)).isZero();
        assertThat(factory.waitingHandshakes(DtlsRole.SERVER)).isZero();
    }

    @Test
    void beyondTheBoundsAHandshakeFailsAsOverloaded() {
        factory.close();
        factory = BouncyCastleDtls.builder(new SecureRandom())
                .workers(1, 1)
                .waiting(1)
                .build();
        Link silent = (fromClient, index, datagram) -> List.of();
        DtlsPair running = pair().link(silent).start();
        DtlsPair waiting = pair().link(silent).start();
        DtlsPair refused = pair().link(silent).start();

        assertThat(refused.client().failure().orElseThrow().reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(waiting.client().hasEnded()).isFalse();
        running.client().close();
        loop.runUntil("the waiting one runs", () -> !waiting.fromClient().isEmpty());
        waiting.client().close();
    }

    @Test
    void aClosedHandshakeGivesItsPlaceInTheQueueUp() {
        factory.close();
        factory = BouncyCastleDtls.builder(new SecureRandom()).workers(1, 1).build();
        Link silent = (fromClient, index, datagram) -> List.of();
        DtlsPair running = pair().link(silent).start();
        DtlsPair waiting = pair().link(silent).start();
        assertThat(factory.waitingHandshakes(DtlsRole.CLIENT)).isEqualTo(1);
        waiting.client().close();
        assertThat(factory.waitingHandshakes(DtlsRole.CLIENT)).isZero();
        running.client().close();
    }

    @Test
    void closingTheFactoryFailsHandshakesAndKeepsConnections() {
        DtlsPair connected = pair().connect();
        DtlsPair underWay =
                pair().link((fromClient, index, datagram) -> List.of()).start();
        factory.close();
        loop.runUntil("the handshake fails", () -> underWay.client().hasEnded());
        assertThat(underWay.client().failure().orElseThrow().reason()).isEqualTo(Reason.INTERNAL);
        assertThat(connected.client().send(new byte[] {1})).isTrue();
        loop.runUntil("data", () -> !connected.server().data().isEmpty());
        connected.close();
    }

    @Test
    void noWorkerIsHeldAfterTheHandshake() {
        List<DtlsPair> pairs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pairs.add(pair().connect());
        }
        loop.runUntil(
                "workers are free",
                () -> factory.runningHandshakes(DtlsRole.CLIENT) + factory.runningHandshakes(DtlsRole.SERVER) == 0
                        || spin());
        pairs.forEach(DtlsPair::close);
    }

    private boolean spin() {
        // The workers' last steps post nothing: keeps the loop turning until they are done.
        loop.execute(() -> {});
        return false;
    }

    @Test
    void anExecutorOfTheCallersRunsTheHandshakes() {
        factory.close();
        List<Thread> threads = new ArrayList<>();
        factory = BouncyCastleDtls.builder(new SecureRandom())
                .executor(task -> {
                    Thread thread = new Thread(task);
                    threads.add(thread);
                    thread.start();
                })
                .build();
        pair().connect().close();
        assertThat(threads).hasSize(2);
    }

    @Test
    void connectingTakesThisLong() {
        factory.warmUp(CERTIFICATE);
        int rounds = 200;
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = loop.clock().nanoTime();
            DtlsPair pair = pair().connect();
            nanos[i] = loop.clock().nanoTime() - start;
            pair.close();
        }
        System.out.printf("DTLS handshake in memory: first %d us", nanos[0] / 1_000);
        Arrays.sort(nanos);
        System.out.printf(", median %d us, p90 %d us%n", nanos[rounds / 2] / 1_000, nanos[rounds * 9 / 10] / 1_000);
        assertThat(nanos[0]).isPositive();
    }

    private DtlsPair pair() {
        DtlsConfig config = DtlsConfig.of("many", CERTIFICATE);
        return new DtlsPair(factory, loop, config, config);
    }
}
