package org.webrtc4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.RecorderListener;
import org.webrtc4j.RecorderOptions;
import org.webrtc4j.RecorderStats;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.file.FileOutput;
import org.webrtc4j.media.file.MediaContainer;
import org.webrtc4j.media.file.MediaFileReader;
import org.webrtc4j.media.file.TimedFrame;
import org.webrtc4j.media.file.WebmReader;

class RecordingTest {

    private static final long MILLI = 1_000_000;
    private static final int LIMIT_SECONDS = 60;

    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void end() {
        disk.shutdownNow();
    }

    private Recording recording(FileOutput output, RecorderOptions options, RecorderListener listener) {
        return new Recording(output, MediaContainer.WEBM, options, disk, listener);
    }

    private Recording recording() {
        return recording(FileOutput.of(file), RecorderOptions.DEFAULTS, RecorderListener.NONE);
    }

    private static RecorderStats stop(Recording recording) throws Exception {
        return recording.stop().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static List<TimedFrame> read(MediaFileReader reader) throws IOException {
        List<TimedFrame> frames = new ArrayList<>();
        for (TimedFrame each = reader.next(); each != null; each = reader.next()) {
            frames.add(each);
        }
        return frames;
    }

    private List<TimedFrame> read() throws IOException {
        return read(new WebmReader(new ByteArrayInputStream(file.toByteArray())));
    }

    @Test
    void aFileBeginsWithAKeyFrameWhichIsAskedFor() throws Exception {
        Recording recording = recording();
        int video = recording.add(MediaKind.VIDEO, "sender", requests::incrementAndGet);
        for (int i = 0; i < 40; i++) {
            recording.offer(new Arrival(video, Pictures.picture(i, i == 20, 100), i * 33L * MILLI, -1, 1));
        }
        RecorderStats stats = stop(recording);
        assertThat(requests).as("at once and half a second later").hasValue(2);
        assertThat(read()).hasSize(20).first().satisfies(each -> {
            assertThat(each.timeMicros()).isZero();
            assertThat(Pictures.number(each.frame())).isEqualTo(20);
        });
        assertThat(stats.framesWritten()).isEqualTo(20);
        assertThat(stats.framesDropped()).isEqualTo(20);
        assertThat(stats.bytes()).isEqualTo(file.size());
    }

    /** The picture arrives 300 ms after the sound of the same moment. */
    @Test
    void soundAndPicturesLieSideBySideAsTheSenderReportsSay() throws Exception {
        Recording recording = recording();
        int video = recording.add(MediaKind.VIDEO, "sender", () -> {});
        int audio = recording.add(MediaKind.AUDIO, "sender", () -> {});
        for (int i = 0; i < 150; i++) {
            long capture = 5_000_000 + i * 20_000L;
            boolean reported = i > 30;
            recording.offer(new Arrival(audio, Pictures.sound(i + 7_000), i * 20L * MILLI, reported ? capture : -1, 1));
            if (i % 5 == 0) {
                recording.offer(new Arrival(
                        video,
                        Pictures.picture(3 * (i / 5), i == 0, 100),
                        (i * 20L + 300) * MILLI,
                        reported ? capture : -1,
                        2));
            }
        }
        stop(recording);
        List<TimedFrame> frames = read();
        long sound = frames.stream()
                .filter(each -> each.frame().kind() == MediaKind.AUDIO)
                .findFirst()
                .orElseThrow()
                .timeMicros();
        long picture = frames.stream()
                .filter(each -> each.frame().kind() == MediaKind.VIDEO)
                .findFirst()
                .orElseThrow()
                .timeMicros();
        assertThat(picture - sound).isBetween(-1_000L, 1_000L);
    }

    @Test
    void withoutReportsArrivalCounts() throws Exception {
        Recording recording = recording();
        int video = recording.add(MediaKind.VIDEO, "one", () -> {});
        int audio = recording.add(MediaKind.AUDIO, "another", () -> {});
        for (int i = 0; i < 30; i++) {
            recording.offer(new Arrival(audio, Pictures.sound(i), i * 20L * MILLI, -1, 1));
        }
        recording.offer(new Arrival(video, Pictures.picture(0, true, 100), 600 * MILLI, -1, 2));
        stop(recording);
        assertThat(read())
                .filteredOn(each -> each.frame().kind() == MediaKind.VIDEO)
                .first()
                .satisfies(each -> assertThat(each.timeMicros()).isEqualTo(600_000));
    }

    @Test
    void whatIsNotSentIsAGap() throws Exception {
        Recording recording = recording();
        int audio = recording.add(MediaKind.AUDIO, "sender", () -> {});
        recording.offer(new Arrival(audio, Pictures.sound(0), 0, -1, 1));
        recording.offer(new Arrival(audio, Pictures.sound(250), 5_000 * MILLI, -1, 1));
        // A new stream begins somewhere: arrival tells where.
        recording.offer(new Arrival(audio, Pictures.sound(9_000_000), 6_000 * MILLI, -1, 2));
        assertThat(stop(recording).duration()).isEqualTo(Duration.ofSeconds(6));
        assertThat(read()).extracting(TimedFrame::timeMicros).containsExactly(0L, 5_000_000L, 6_000_000L);
    }

    @Test
    void aSlowDiskCostsFramesUpToTheNextKeyFrameAndSaysSo() throws Exception {
        CountDownLatch diskGoesOn = new CountDownLatch(1);
        List<MediaKind> told = new ArrayList<>();
        FileOutput slow = (bytes, offset, length) -> {
            try {
                assertThat(diskGoesOn.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            file.write(bytes, offset, length);
        };
        Recording recording = recording(
                slow, new RecorderOptions(1 << 16, Duration.ZERO, Duration.ofSeconds(10)), new RecorderListener() {
                    @Override
                    public void onDropping(MediaKind kind) {
                        told.add(kind);
                    }
                });
        int video = recording.add(MediaKind.VIDEO, "sender", requests::incrementAndGet);
        int i = 0;
        for (; i < 100; i++) {
            recording.offer(new Arrival(video, Pictures.picture(i, i % 30 == 0, 4_000), i * 33L * MILLI, -1, 1));
        }
        assertThat(told).containsExactly(MediaKind.VIDEO);
        diskGoesOn.countDown();
        while (recording.stats().framesWritten() < 13) {
            Thread.onSpinWait();
        }
        for (int end = i + 40; i < end; i++) {
            recording.offer(new Arrival(video, Pictures.picture(i, i % 30 == 0, 500), i * 33L * MILLI, -1, 1));
        }
        RecorderStats stats = stop(recording);
        assertThat(requests).hasPositiveValue();
        assertThat(stats.gaps()).isEqualTo(1);
        assertThat(stats.framesWritten() + stats.framesDropped()).isEqualTo(140);
        int expected = 0;
        for (TimedFrame each : read()) {
            int number = Pictures.number(each.frame());
            assertThat(number == expected || each.frame().key()).isTrue();
            expected = number + 1;
        }
        assertThat(expected).isEqualTo(140);
    }

    @Test
    void aFullDiskEndsTheRecordingAndIsTold() {
        List<Exception> told = new ArrayList<>();
        Recording recording = recording(
                (bytes, offset, length) -> {
                    throw new IOException("No space left on device");
                },
                RecorderOptions.DEFAULTS,
                new RecorderListener() {
                    @Override
                    public void onFailed(Exception cause) {
                        told.add(cause);
                    }
                });
        int audio = recording.add(MediaKind.AUDIO, "sender", () -> {});
        recording.offer(new Arrival(audio, Pictures.sound(0), 0, -1, 1));
        assertThatThrownBy(() -> stop(recording)).hasRootCauseMessage("No space left on device");
        assertThat(told).hasSize(1);
    }

    @Test
    void withoutFramesThereIsNoFile() throws Exception {
        Recording recording = recording();
        int unused = recording.add(MediaKind.VIDEO, "sender", () -> {});
        assertThat(unused).isZero();
        assertThat(stop(recording)).isEqualTo(RecorderStats.NONE);
        assertThat(file.size()).isZero();
    }

    @Test
    void aRecordingCanBeReadAfterItsProcessWasKilled(@TempDir Path folder) throws Exception {
        Path killed = folder.resolve("killed.webm");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessRecording.class.getName(),
                        killed.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("recording");
            while (Files.size(killed) < 1_000_000) {
                Thread.onSpinWait();
            }
        } finally {
            // SIGKILL: nothing of the process runs any more.
            process.destroyForcibly();
        }
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        MediaFileReader reader = new WebmReader(Files.newInputStream(killed));
        List<TimedFrame> frames = read(reader);
        assertThat(frames).hasSizeGreaterThan(1_800);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(Pictures.number(frames.get(i).frame())).isEqualTo(i & 0xffff);
        }
        reader.close();
    }
}
