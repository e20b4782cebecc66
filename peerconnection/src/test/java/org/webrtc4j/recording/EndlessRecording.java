package org.webrtc4j.recording;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import org.webrtc4j.RecorderListener;
import org.webrtc4j.RecorderOptions;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.file.FileOutput;
import org.webrtc4j.media.file.MediaContainer;

/** Records until it is killed. */
public final class EndlessRecording {

    private EndlessRecording() {}

    public static void main(String[] arguments) throws Exception {
        OutputStream file = Files.newOutputStream(Path.of(arguments[0]));
        Recording recording = new Recording(
                FileOutput.of(file),
                MediaContainer.WEBM,
                RecorderOptions.DEFAULTS,
                ForkJoinPool.commonPool(),
                RecorderListener.NONE);
        int track = recording.add(MediaKind.VIDEO, "sender", () -> {});
        for (int i = 0; ; i++) {
            recording.offer(new Arrival(track, Pictures.picture(i, i % 30 == 0, 500), i * 33_333_333L, -1, 1));
            if (i == 1_000) {
                System.out.println("recording");
            }
            while (recording.stats().framesWritten() < i - 1_000) {
                Thread.onSpinWait();
            }
        }
    }
}
