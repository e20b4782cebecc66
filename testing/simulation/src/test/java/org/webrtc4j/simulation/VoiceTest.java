package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.simulation.MediaPair.simulate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.AudioSource;
import org.webrtc4j.DOMException;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.media.g711.G711;
import org.webrtc4j.testkit.Impairments;

/** A program speaks and another one hears it: samples in, samples out, and what an agent asks of the time between. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as silence
class VoiceTest {

    private static final int IN = 24_000;
    private static final int OUT = 16_000;
    private static final double TONE = 1_000;
    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(5));

    private static Sound hear(MediaPair pair) {
        Sound heard = new Sound(pair.peers.simulation.time(), OUT);
        pair.b.onTrack(event -> event.receiver().pcm(OUT, 1, heard::add));
        return heard;
    }

    private static long now(MediaPair pair) {
        return pair.peers.simulation.time().nanoTime();
    }

    private static AudioSource speak(MediaPair pair, Duration maxQueued) {
        AudioSource source = AudioSource.pcm(IN, 1, maxQueued);
        pair.a.addTrack(source.track());
        return source;
    }

    private static void prefer(MediaPair pair, String codec) {
        List<RTCRtpCodec> preferred = requireNonNull(RTCRtpReceiver.getCapabilities("audio")).codecs().stream()
                .filter(each -> each.mimeType().equalsIgnoreCase("audio/" + codec))
                .toList();
        pair.a.getTransceivers().get(0).setCodecPreferences(preferred);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "G722", "PCMU", "PCMA"})
    void aToneIsHeardAtFivePercentLossThroughEachCodec(String codec) {
        simulate(QUICK.withLoss(0.05), pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(10));
            prefer(pair, codec);
            Sound heard = hear(pair);
            pair.connect();
            source.write(Sound.tone(IN, TONE, 6_000));
            pair.run(Duration.ofSeconds(1));
            long since = now(pair);
            pair.run(Duration.ofSeconds(4));
            assertThat(heard.strength(TONE, since)).isBetween(0.8 * Sound.AMPLITUDE, 1.1 * Sound.AMPLITUDE);
            assertThat(heard.strength(1_700, since)).isLessThan(0.05 * Sound.AMPLITUDE);
            assertThat(heard.lengths()).containsExactly(OUT / 50);
        });
    }

    @Test
    void whatTheReceiverReportsLostIsToldToTheEncoder() {
        simulate(QUICK.withLoss(0.2), pair -> {
            AudioSource source = AudioSource.pcm(IN, 1, Duration.ofSeconds(20));
            List<MediaTrackSource.Consumer> consumers = new ArrayList<>();
            pair.a.addTrack(new MediaStreamTrack(new Overheard(source, consumers)));
            hear(pair);
            pair.connect();
            source.write(Sound.tone(IN, TONE, 15_000));
            assertThat(consumers).hasSize(1);
            assertThat(consumers.get(0).packetLossPercent()).isZero();
            pair.run(Duration.ofSeconds(12));
            assertThat(consumers.get(0).packetLossPercent()).isBetween(5, 40);
        });
    }

    /** A source, and who takes its frames. */
    private record Overheard(AudioSource source, List<MediaTrackSource.Consumer> consumers)
            implements MediaTrackSource {

        @Override
        public String kind() {
            return source.kind();
        }

        @Override
        public String label() {
            return source.label();
        }

        @Override
        public Feed open(Consumer consumer) {
            consumers.add(consumer);
            return source.open(consumer);
        }
    }

    @Test
    void theSinkHearsTwentyMillisecondsEveryTwentyMilliseconds() {
        simulate(pair -> {
            speak(pair, Duration.ofSeconds(1));
            Sound heard = hear(pair);
            pair.connect();
            pair.run(Duration.ofSeconds(1));
            int before = heard.count();
            pair.run(Duration.ofSeconds(5));
            assertThat(heard.count() - before).isEqualTo(250);
        });
    }

    @Test
    void whatIsWrittenBeforeTheConnectionIsThereIsHeardWhole() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(1));
            Sound heard = hear(pair);
            source.write(Sound.tone(IN, TONE, 1_000));
            pair.run(Duration.ofSeconds(5));
            assertThat(source.playedMillis()).isZero();
            assertThat(source.queuedMillis()).isEqualTo(1_000);
            pair.connect();
            pair.run(Duration.ofSeconds(2));
            assertThat(source.playedMillis()).isEqualTo(1_000);
            assertThat(heard.loudMillis()).isBetween(1_000, 1_060);
        });
    }

    @Test
    void drainedIsNeverEarly() {
        for (int millis : new int[] {5, 20, 21, 399, 1_000}) {
            simulate(pair -> {
                AudioSource source = speak(pair, Duration.ofSeconds(2));
                Sound heard = hear(pair);
                AtomicLong lastLoudPacket = new AtomicLong();
                prefer(pair, "PCMU");
                pair.connect();
                pair.run(Duration.ofSeconds(1));
                pair.b.getReceivers().get(0).frames(frame -> {
                    short[] samples = new short[frame.bytes().length];
                    for (int i = 0; i < samples.length; i++) {
                        samples[i] = G711.fromMuLaw(frame.bytes()[i]);
                    }
                    if (Sound.isLoud(samples)) {
                        lastLoudPacket.set(now(pair));
                    }
                });
                pair.run(Duration.ofMillis(7));
                long written = now(pair);
                source.write(Sound.tone(IN, TONE, millis));
                CompletableFuture<?> drained = source.drained();
                pair.await(drained);
                long drainedAt = now(pair);
                assertThat(drainedAt - written).isGreaterThanOrEqualTo(millis * 1_000_000L);
                assertThat(drainedAt - written).isLessThanOrEqualTo((millis + 80) * 1_000_000L);
                assertThat(source.playedMillis()).isEqualTo(millis);
                pair.run(Duration.ofSeconds(1));
                assertThat(lastLoudPacket.get()).isLessThanOrEqualTo(drainedAt + 5_000_000);
                assertThat(heard.loudMillis()).isGreaterThanOrEqualTo(millis);
            });
        }
    }

    @Test
    void drainedWaitsForAnEncoderThatIsSlow() {
        Queue<Runnable> held = new ArrayDeque<>();
        Side slow = Side.ofRuntime(builder -> builder.codecExecutor(held::add));
        simulate(QUICK, slow, Side.ORDINARY, pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(1));
            pair.connect();
            runAll(held);
            source.write(Sound.tone(IN, TONE, 100));
            CompletableFuture<?> drained = source.drained();
            pair.run(Duration.ofMillis(500));
            assertThat(source.playedMillis()).isEqualTo(100);
            assertThat(drained).isNotDone();
            runAll(held);
            pair.run(Duration.ofMillis(20));
            assertThat(drained).isCompleted();
        });
    }

    @Test
    void aLoopThatWasHeldUpLosesTimeAndNoSound() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(5));
            Sound heard = hear(pair);
            pair.connect();
            source.write(Sound.tone(IN, TONE, 3_000));
            pair.run(Duration.ofSeconds(1));
            long played = source.playedMillis();
            pair.peers.simulation.time().leap(Duration.ofMillis(400));
            pair.run(Duration.ofMillis(20));
            assertThat(source.playedMillis()).isLessThanOrEqualTo(played + 40);
            pair.run(Duration.ofSeconds(3));
            assertThat(source.playedMillis()).isEqualTo(3_000);
            // All of it was decoded; some of it was played faster afterwards, until the delay was what it had been.
            RTCInboundRtpStreamStats stats = pair.await(pair.b.getStats())
                    .all(RTCInboundRtpStreamStats.class)
                    .findFirst()
                    .orElseThrow();
            double removed = requireNonNull(stats.removedSamplesForAcceleration());
            double fasterMillis = removed / requireNonNull(stats.totalSamplesReceived()) * heard.count() * 20;
            assertThat(heard.loudMillis() + fasterMillis).isBetween(2_900.0, 3_500.0);
        });
    }

    @Test
    void toWaitOnTheLoopThatPlaysIsRefused() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofMillis(100));
            pair.connect();
            pair.run(Duration.ofMillis(100));
            CompletableFuture<?> room = source.write(Sound.tone(IN, TONE, 1_000));
            pair.peers.offererLoop.run(() -> {
                assertThatThrownBy(room::join).isInstanceOf(DOMException.class);
                assertThatThrownBy(() -> source.drained().thenRun(() -> {}).join())
                        .isInstanceOf(DOMException.class);
            });
        });
    }

    @Test
    void drainedIsThereAtOnceWhereNothingWaits() {
        try (AudioSource source = AudioSource.pcm(IN, 1, Duration.ofSeconds(1))) {
            assertThat(source.drained()).isCompleted();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "PCMU"})
    void clearIsSilenceAtTheFarEndWithinAHundredMilliseconds(String codec) {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(20));
            prefer(pair, codec);
            Sound heard = hear(pair);
            pair.connect();
            source.write(Sound.tone(IN, TONE, 20_000));
            pair.run(Duration.ofMillis(2_013));
            CompletableFuture<?> drained = source.drained();
            long playedBefore = source.playedMillis();
            long cleared = now(pair);
            source.clear();
            pair.run(Duration.ofSeconds(2));
            assertThat(heard.lastLoudNanos() - cleared).isBetween(0L, 100_000_000L);
            assertThat(drained).isCompleted();
            assertThat(source.playedMillis()).isBetween(playedBefore, playedBefore + 20);
            source.write(Sound.tone(IN, TONE, 500));
            pair.run(Duration.ofSeconds(1));
            assertThat(source.playedMillis()).isBetween(playedBefore + 500, playedBefore + 520);
            assertThat(now(pair) - heard.lastLoudNanos()).isLessThan(500_000_000L);
        });
    }

    @Test
    void playedMillisFollowsTheClock() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofMinutes(5));
            prefer(pair, "PCMU");
            pair.connect();
            source.write(Sound.tone(IN, TONE, 70_000));
            pair.run(Duration.ofSeconds(1));
            long atOneSecond = source.playedMillis();
            assertThat(atOneSecond).isBetween(980L, 1_000L);
            for (int seconds = 1; seconds <= 60; seconds++) {
                pair.run(Duration.ofSeconds(1));
                assertThat(source.playedMillis()).isEqualTo(atOneSecond + seconds * 1_000L);
            }
        });
    }

    @Test
    void aTimerThatIsLateMakesNothingLaterLate() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofMinutes(5));
            prefer(pair, "PCMU");
            pair.connect();
            pair.peers
                    .simulation
                    .time()
                    .disturbTimers(
                            pair.peers.simulation.newRandom("timers"), Duration.ofMillis(1), Duration.ofMillis(15));
            source.write(Sound.tone(IN, TONE, 70_000));
            pair.run(Duration.ofSeconds(2));
            long begun = source.playedMillis();
            pair.run(Duration.ofSeconds(60));
            assertThat(source.playedMillis() - begun).isBetween(60_000L - 20, 60_000L + 20);
        });
    }

    @Test
    void aWriterWaitsUntilThereIsRoom() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofMillis(200));
            pair.connect();
            pair.run(Duration.ofMillis(500));
            short[] piece = Sound.tone(IN, TONE, 100);
            assertThat(source.write(piece)).isCompleted();
            assertThat(source.write(piece)).isCompleted();
            CompletableFuture<?> third = source.write(piece);
            assertThat(third).isNotDone();
            assertThatThrownBy(() -> source.write(piece))
                    .isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                            .isEqualTo("OperationError"));
            assertThat(source.queuedMillis()).isEqualTo(300);
            pair.run(Duration.ofMillis(79));
            assertThat(third).isNotDone();
            pair.run(Duration.ofMillis(41));
            assertThat(third).isCompleted();
            CompletableFuture<?> fourth = source.write(Sound.tone(IN, TONE, 1_000));
            assertThat(fourth).isNotDone();
            source.clear();
            assertThat(fourth).isCompleted();
        });
    }

    @Test
    void sendersShareASource() {
        simulate(pair -> {
            AudioSource source = AudioSource.pcm(IN, 1, Duration.ofSeconds(10));
            pair.a.addTrack(source.track());
            pair.a.addTrack(source.track());
            List<Sound> heard = new ArrayList<>();
            pair.b.onTrack(event -> {
                Sound each = new Sound(pair.peers.simulation.time(), OUT);
                heard.add(each);
                event.receiver().pcm(OUT, 1, each::add);
            });
            pair.connect();
            source.write(Sound.tone(IN, TONE, 5_000));
            pair.run(Duration.ofSeconds(1));
            long since = now(pair);
            pair.run(Duration.ofSeconds(3));
            assertThat(heard).hasSize(2);
            assertThat(heard)
                    .allSatisfy(each -> assertThat(each.strength(TONE, since)).isGreaterThan(0.8 * Sound.AMPLITUDE));
            assertThat(source.playedMillis()).isBetween(3_900L, 4_000L);
        });
    }

    @Test
    void aSenderThatIsReplacedLeavesTheOtherOneSpeaking() {
        simulate(pair -> {
            AudioSource source = AudioSource.pcm(IN, 1, Duration.ofSeconds(10));
            MediaStreamTrack track = source.track();
            pair.a.addTrack(source.track());
            pair.a.addTrack(track);
            Sound heard = new Sound(pair.peers.simulation.time(), OUT);
            pair.b.onTrack(event -> event.receiver().pcm(OUT, 1, heard::add));
            pair.connect();
            source.write(Sound.tone(IN, TONE, 5_000));
            pair.run(Duration.ofSeconds(1));
            pair.await(pair.a.getSenders().get(1).replaceTrack(null));
            pair.await(pair.a.getSenders().get(0).replaceTrack(null));
            CompletableFuture<?> drained = source.drained();
            pair.run(Duration.ofSeconds(5));
            assertThat(drained).isCompleted();
            assertThat(source.playedMillis()).isEqualTo(5_000);
            source.write(Sound.tone(IN, TONE, 500));
            pair.run(Duration.ofSeconds(1));
            assertThat(source.playedMillis()).isEqualTo(5_500);
        });
    }

    @Test
    void closingInTheMiddleFailsWhatIsPendingAndStopsTheClock() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(1));
            Sound heard = hear(pair);
            pair.connect();
            CompletableFuture<?> room = source.write(Sound.tone(IN, TONE, 5_000));
            CompletableFuture<?> drained = source.drained();
            pair.run(Duration.ofSeconds(1));
            pair.a.close();
            assertThat(pair.failureOf(room)).isEqualTo("InvalidStateError");
            assertThat(pair.failureOf(drained)).isEqualTo("InvalidStateError");
            assertThat(pair.failureOf(source.write(new short[480]))).isEqualTo("InvalidStateError");
            assertThat(source.queuedMillis()).isZero();
            pair.b.close();
            pair.run(Duration.ofSeconds(1));
            int count = heard.count();
            pair.run(Duration.ofSeconds(5));
            assertThat(heard.count()).isEqualTo(count);
            assertThat(pair.peers.offererLoop.armedTimers()).isZero();
            assertThat(pair.peers.answererLoop.armedTimers()).isZero();
        });
    }

    @Test
    void aSourceThatIsClosedSendsSilence() {
        simulate(pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(1));
            Sound heard = hear(pair);
            pair.connect();
            CompletableFuture<?> room = source.write(Sound.tone(IN, TONE, 5_000));
            pair.run(Duration.ofSeconds(1));
            source.close();
            assertThat(pair.failureOf(room)).isEqualTo("InvalidStateError");
            long closed = now(pair);
            int count = heard.count();
            pair.run(Duration.ofSeconds(1));
            assertThat(heard.lastLoudNanos() - closed).isLessThan(100_000_000L);
            assertThat(heard.count()).isEqualTo(count + 50);
        });
    }

    @Test
    void aSinkThatIsSlowLosesTheOldestSound() {
        Queue<Runnable> held = new ArrayDeque<>();
        Side slow = Side.ofRuntime(builder -> builder.codecExecutor(held::add));
        simulate(QUICK, Side.ORDINARY, slow, pair -> {
            AudioSource source = speak(pair, Duration.ofSeconds(20));
            Sound heard = hear(pair);
            pair.connect();
            source.write(Sound.tone(IN, TONE, 20_000));
            for (int i = 0; i < 50; i++) {
                pair.run(Duration.ofMillis(20));
                runAll(held);
            }
            int before = heard.count();
            pair.run(Duration.ofSeconds(2));
            assertThat(held).hasSize(1);
            runAll(held);
            assertThat(heard.count() - before).isLessThanOrEqualTo(11);
            long since = now(pair);
            for (int i = 0; i < 100; i++) {
                pair.run(Duration.ofMillis(20));
                runAll(held);
            }
            assertThat(heard.strength(TONE, since + 1_000_000_000)).isGreaterThan(0.8 * Sound.AMPLITUDE);
        });
    }

    private static void runAll(Queue<Runnable> held) {
        for (Runnable task = held.poll(); task != null; task = held.poll()) {
            task.run();
        }
    }
}
