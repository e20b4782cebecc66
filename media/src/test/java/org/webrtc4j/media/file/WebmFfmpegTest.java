package org.webrtc4j.media.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.media.MediaKind;

/** Our WebM before ffmpeg, and ffmpeg's before us. */
@ExtendWith(Ffmpeg.class)
class WebmFfmpegTest {

    private static final String PICTURES = "-f lavfi -i testsrc2=size=%s:rate=15:duration=2 ";
    private static final String SOUND = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=2 ";

    /** A file that is written over in places. */
    private record Disk(RandomAccessFile file) implements FileOutput {

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public boolean rewrite(long position, byte[] bytes) throws IOException {
            long end = file.getFilePointer();
            file.seek(position);
            file.write(bytes);
            file.seek(end);
            return true;
        }
    }

    private static FileOpener opener(Path file) {
        return position -> {
            var stream = Files.newInputStream(file);
            stream.skipNBytes(position);
            return stream;
        };
    }

    private static List<TimedFrame> read(MediaFileReader reader) throws IOException {
        List<TimedFrame> frames = new ArrayList<>();
        for (TimedFrame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
        }
        return frames;
    }

    /** The tracks as whoever records learns of them: from the first frames. */
    private static List<MediaTrackFormat> formats(MediaFileReader reader, List<TimedFrame> frames) {
        List<MediaTrackFormat> formats = new ArrayList<>();
        for (int i = 0; i < reader.tracks().size(); i++) {
            int track = i;
            MediaTrackFormat told = reader.tracks().get(i);
            TimedFrame first = frames.stream()
                    .filter(each -> each.track() == track)
                    .findFirst()
                    .orElseThrow();
            formats.add(
                    told.kind() == MediaKind.AUDIO
                            ? MediaTrackFormat.audio(told.codec())
                            : Objects.requireNonNull(MediaTrackFormat.video(first.frame())));
            assertThat(formats.get(i).width()).isEqualTo(told.width());
            assertThat(formats.get(i).height()).isEqualTo(told.height());
        }
        return formats;
    }

    private static void writeAll(MediaFileWriter writer, List<TimedFrame> frames) throws IOException {
        for (TimedFrame each : frames) {
            assertThat(writer.write(each.track(), each.timeMicros(), each.frame()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vp8, webm, -c:v libvpx -deadline realtime -g 10",
        "vp9, webm, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 10",
        "av1, webm, -c:v libaom-av1 -usage realtime -cpu-used 8 -g 10",
        "h264, mkv, -c:v libx264 -profile:v baseline -preset ultrafast -g 10",
        "h264, mkv, -c:v libx264 -profile:v high -preset ultrafast -bf 0 -g 10"
    })
    void whatFfmpegEncodedIsReadAndWrittenAndItDecodesTheSamePictures(
            String codec, String suffix, String encoder, @TempDir Path folder) throws Exception {
        Path theirs = Ffmpeg.make(
                folder.resolve("theirs." + suffix),
                PICTURES.formatted("322x178") + SOUND + encoder + " -c:a libopus -pix_fmt yuv420p");
        List<TimedFrame> frames;
        Path ours = folder.resolve("ours." + suffix);
        Path live = folder.resolve("live." + suffix);
        try (MediaFileReader reader = new WebmReader(opener(theirs));
                RandomAccessFile file = new RandomAccessFile(ours.toFile(), "rw");
                OutputStream stream = Files.newOutputStream(live)) {
            assertThat(reader.durationMicros()).isBetween(1_950_000L, 2_100_000L);
            frames = read(reader);
            assertThat(reader.truncated()).isFalse();
            WebmWriter writer = new WebmWriter(new Disk(file), formats(reader, frames));
            writeAll(writer, frames);
            writer.finish();
            // Never finished: as after the end of the process.
            writeAll(new WebmWriter(FileOutput.of(stream), formats(reader, frames)), frames);
        }
        assertThat(frames).filteredOn(each -> each.track() == 0).hasSize(30);
        assertThat(frames)
                .filteredOn(each -> each.track() == 0 && each.frame().key())
                .hasSizeGreaterThanOrEqualTo(3);
        for (Path file : List.of(ours, live)) {
            Ffmpeg.decode(file);
            assertThat(Ffmpeg.probe(file, "v:0", "codec_name")).isEqualTo(codec);
            assertThat(Ffmpeg.probe(file, "a:0", "codec_name")).isEqualTo("opus");
            assertThat(Ffmpeg.probe(file, "v:0", "width")).isEqualTo("322");
            assertThat(Ffmpeg.probe(file, "v:0", "nb_read_frames")).isEqualTo("30");
            assertThat(Ffmpeg.probe(file, "a:0", "nb_read_packets"))
                    .isEqualTo(Ffmpeg.probe(theirs, "a:0", "nb_read_packets"));
            assertThat(Ffmpeg.pictures(file)).isEqualTo(Ffmpeg.pictures(theirs)).hasSize(30);
        }
        assertThat(Double.parseDouble(Ffmpeg.probe(ours, "format", "duration"))).isCloseTo(2.0, within(0.2));
        try (MediaFileReader again = new WebmReader(opener(ours))) {
            List<TimedFrame> same = read(again);
            assertThat(same).hasSameSizeAs(frames);
            for (int i = 0; i < frames.size(); i++) {
                assertThat(same.get(i).frame().bytes())
                        .isEqualTo(frames.get(i).frame().bytes());
                assertThat(same.get(i).timeMicros()).isEqualTo(frames.get(i).timeMicros());
            }
        }
    }

    @Test
    void picturesMayChangeTheirSizeInTheMiddle(@TempDir Path folder) throws Exception {
        List<TimedFrame> frames = new ArrayList<>();
        for (String size : List.of("160x90", "640x360")) {
            Path part = Ffmpeg.make(
                    folder.resolve(size + ".webm"), PICTURES.formatted(size) + "-c:v libvpx -deadline realtime");
            try (MediaFileReader reader = new WebmReader(opener(part))) {
                long offset = frames.size() * 1_000_000L / 15;
                read(reader).forEach(each -> frames.add(new TimedFrame(0, offset + each.timeMicros(), each.frame())));
            }
        }
        Path file = folder.resolve("both.webm");
        try (OutputStream stream = Files.newOutputStream(file)) {
            writeAll(
                    new WebmWriter(
                            FileOutput.of(stream),
                            List.of(Objects.requireNonNull(
                                    MediaTrackFormat.video(frames.get(0).frame())))),
                    frames);
        }
        Ffmpeg.decode(file);
        assertThat(Ffmpeg.probe(file, "v:0", "nb_read_frames")).isEqualTo("60");
    }
}
