package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.ice.memory.InMemoryIceAgents;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.file.FileOutput;
import org.webrtc4j.media.file.MediaFileReader;
import org.webrtc4j.media.file.MediaTrackFormat;
import org.webrtc4j.media.file.TimedFrame;
import org.webrtc4j.media.file.WebmReader;
import org.webrtc4j.media.file.WebmWriter;
import org.webrtc4j.recording.Pictures;

/** A file is played over a connection and recorded at its other end. */
class PlayAndRecordTest {

    private static final int LIMIT_SECONDS = 60;
    private static final int PICTURES = 60;

    private final WebRtcRuntime runtime = WebRtcRuntime.builder()
            .loops(2)
            .iceAgents(new InMemoryIceAgents(new SecureRandom()))
            .build();

    @AfterEach
    void end() {
        runtime.close();
    }

    private static Path film(Path folder) throws Exception {
        Path file = folder.resolve("film.webm");
        try (OutputStream out = Files.newOutputStream(file)) {
            WebmWriter writer = new WebmWriter(
                    FileOutput.of(out),
                    List.of(
                            Objects.requireNonNull(MediaTrackFormat.video(Pictures.picture(0, true, 100))),
                            MediaTrackFormat.audio(Pictures.sound(0).codec())));
            for (int i = 0; i < PICTURES; i++) {
                writer.write(0, i * 40_000L, Pictures.picture(i, i % 15 == 0, 3_000));
                writer.write(1, i * 40_000L, Pictures.sound(2L * i));
                writer.write(1, i * 40_000L + 20_000, Pictures.sound(2L * i + 1));
            }
        }
        return file;
    }

    private static List<TimedFrame> read(Path file, MediaKind kind) throws Exception {
        List<TimedFrame> frames = new ArrayList<>();
        try (MediaFileReader reader = new WebmReader(position -> {
            var stream = Files.newInputStream(file);
            stream.skipNBytes(position);
            return stream;
        })) {
            for (TimedFrame each = reader.next(); each != null; each = reader.next()) {
                if (each.frame().kind() == kind) {
                    frames.add(each);
                }
            }
        }
        return frames;
    }

    @Test
    void whatIsPlayedIsRecordedInTheSameOrderAndTime(@TempDir Path folder) throws Exception {
        RTCPeerConnection sends = runtime.createPeerConnection(RTCConfiguration.defaults(), "sends");
        RTCPeerConnection records = runtime.createPeerConnection(RTCConfiguration.defaults(), "records");
        Path copy = folder.resolve("copy.webm");
        CountDownLatch played = new CountDownLatch(1);
        try (FilePlayer player = FilePlayer.open(film(folder));
                Recorder recorder = Recorder.to(copy)) {
            assertThat(player.duration()).as("a live file").isNull();
            player.tracks().forEach(track -> sends.addTrack(track));
            player.onEnded(played::countDown);
            records.onTrack(event -> recorder.add(event.receiver()));
            Pairing.connect(sends, records);
            player.play();
            assertThat(played.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(player.position()).isEqualTo(Duration.ofMillis((PICTURES - 1) * 40 + 20));
            while (recorder.stats().framesWritten() < PICTURES) {
                Thread.onSpinWait();
            }
            RecorderStats stats = recorder.stop().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(stats.gaps()).isZero();
        }
        List<TimedFrame> pictures = read(copy, MediaKind.VIDEO);
        assertThat(pictures).isNotEmpty();
        int first = Pictures.number(pictures.get(0).frame());
        long offset = pictures.get(0).timeMicros() - first * 40_000L;
        for (TimedFrame each : pictures) {
            int number = Pictures.number(each.frame());
            assertThat(each.frame().bytes())
                    .isEqualTo(Pictures.picture(number, number % 15 == 0, 3_000).bytes());
            // By timestamps, whatever the load of the machine did to arrival; corrections by reports are small here.
            assertThat(each.timeMicros() - offset).isBetween(number * 40_000L - 40_000, number * 40_000L + 40_000);
        }
        assertThat(read(copy, MediaKind.AUDIO)).isNotEmpty();
    }

    @Test
    void aPlayerPausesAndGoesElsewhere(@TempDir Path folder) throws Exception {
        CountDownLatch ends = new CountDownLatch(2);
        try (FilePlayer player = FilePlayer.open(film(folder))) {
            player.onEnded(() -> {
                boolean first = ends.getCount() == 2;
                ends.countDown();
                if (first) {
                    player.pause();
                    player.seek(Duration.ofMillis(1_900));
                    player.play();
                }
            });
            player.seek(Duration.ofMillis(1_300));
            player.play();
            assertThat(ends.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(player.position()).isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
        }
    }
}
