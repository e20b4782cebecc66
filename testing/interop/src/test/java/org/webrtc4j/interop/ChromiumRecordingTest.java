package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.Recorder;
import org.webrtc4j.RecorderStats;
import org.webrtc4j.WebRtcRuntime;

/** Chromium's camera and microphone in a file, which ffprobe and ffmpeg take. */
@ExtendWith(WithChromium.class)
class ChromiumRecordingTest {

    private static final int MILLIS = 2_500;

    @TempDir
    Path folder;

    @BeforeAll
    static void programs() throws Exception {
        Programs.require("ffmpeg", "ffprobe");
    }

    @ParameterizedTest
    @CsvSource({"VP8, vp8, webm", "VP9, vp9, webm", "H264, h264, mkv", "AV1, av1, webm"})
    void aRecordingHasAllFramesItsDurationAndNoErrors(String codec, String name, String container, Chromium browser)
            throws Exception {
        Path file = folder.resolve("call." + container);
        Map<String, AtomicInteger> frames = new ConcurrentHashMap<>();
        browser.call("await media.open(320, 240, 15)");
        RecorderStats stats;
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                MediaCall call = new MediaCall(browser.page(), runtime, null);
                Recorder recorder = Recorder.to(file)) {
            call.pc.onTrack(event -> {
                AtomicInteger count = frames.computeIfAbsent(event.track().kind(), kind -> new AtomicInteger());
                recorder.add(event.receiver());
                event.receiver().frames(frame -> count.incrementAndGet());
            });
            browser.call("media.send(pc, args[0])", codec);
            call.pageOffers();
            ChromiumSimulcastTest.waitFor(() -> recorder.stats().framesWritten() > 60);
            browser.call("await new Promise((resolve) => setTimeout(resolve, args[0]))", MILLIS);
            stats = recorder.stop().get(MediaCall.SECONDS, TimeUnit.SECONDS);
        }
        System.out.println(codec + ": " + stats + ", frames here " + frames);
        List<String> streams = probe(file, "stream=codec_name,nb_read_packets", "-count_packets");
        assertThat(streams).anyMatch(line -> line.startsWith(name + ",")).anyMatch(line -> line.startsWith("opus,"));
        long packets = streams.stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(',') + 1)))
                .sum();
        assertThat(packets).isEqualTo(stats.framesWritten());
        // Here too counts what came before the first key frame was written, or after the recorder had ended.
        long here = frames.values().stream().mapToLong(AtomicInteger::get).sum();
        assertThat(packets).isBetween((long) (0.8 * here), here);
        assertThat(stats.gaps()).isZero();
        double seconds = Double.parseDouble(
                probe(file, "format=duration", "-hide_banner").get(0));
        assertThat(seconds).isEqualTo(stats.duration().toMillis() / 1e3, within(0.2));
        assertThat(seconds).isBetween(MILLIS / 1e3 - 0.2, MILLIS / 1e3 + 10);
        Programs.ffmpeg(
                folder, "-xerror -i " + file.getFileName() + " -fps_mode passthrough -enc_time_base -1 -f null -");
        assertThat(Files.readString(folder.resolve("said.txt"))).isEmpty();
    }

    private List<String> probe(Path file, String entries, String option) throws Exception {
        Programs.run(
                folder,
                List.of("ffprobe", "-v", "error", option, "-of", "csv=p=0", "-show_entries", entries, file.toString()));
        return Files.readAllLines(folder.resolve("said.txt"));
    }
}
