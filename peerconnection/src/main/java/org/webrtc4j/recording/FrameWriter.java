package org.webrtc4j.recording;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RecorderListener;
import org.webrtc4j.RecorderOptions;
import org.webrtc4j.RecorderStats;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.file.FileOutput;
import org.webrtc4j.media.file.MediaContainer;
import org.webrtc4j.media.file.MediaFileWriter;
import org.webrtc4j.media.file.MediaTrackFormat;

/**
 * Writes frames where they belong in time. The file begins when each track of pictures has shown a key frame and the senders
 * have told their clocks, or after a while. On the thread that writes, but for {@link #add}.
 */
final class FrameWriter {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");

    /** A track as the file has it. */
    private static final class Track {
        private final MediaKind kind;
        private int index = -1;
        private @Nullable CodecDescription codec;
        private boolean told;

        Track(MediaKind kind) {
            this.kind = kind;
        }
    }

    private record Timed(long micros, Arrival arrival) {}

    private final FileOutput output;
    private final MediaContainer container;
    private final RecorderOptions options;
    private final RecorderListener listener;
    private final List<Track> tracks = new CopyOnWriteArrayList<>();
    private final Timeline timeline = new Timeline();
    private final List<Arrival> pending = new ArrayList<>();

    private @Nullable MediaFileWriter file;
    private boolean finished;
    private long startMicros;
    private long endMicros;
    private long bytes;
    private long frames;
    private long leftOut;

    FrameWriter(FileOutput output, MediaContainer container, RecorderOptions options, RecorderListener listener) {
        this.container = container;
        this.options = options;
        this.listener = listener;
        this.output = new FileOutput() {
            @Override
            public void write(byte[] array, int offset, int length) throws IOException {
                output.write(array, offset, length);
                bytes += length;
            }

            @Override
            public boolean rewrite(long position, byte[] array) throws IOException {
                return output.rewrite(position, array);
            }
        };
    }

    /** Adds a track, under the recording's monitor and before its first frame; of one that is added too late all is left out. */
    void add(MediaKind kind, Object sender) {
        tracks.add(new Track(kind));
        timeline.add(sender);
    }

    /** Writes a frame, or keeps it until the file begins; tells how much of the queue is free again. */
    long write(Arrival arrival) throws IOException {
        MediaFileWriter open = file;
        if (open != null) {
            put(open, timeline.timeMicros(arrival), arrival);
            return arrival.cost();
        }
        pending.add(arrival);
        Duration waited =
                Duration.ofNanos(arrival.arrivalNanos() - pending.get(0).arrivalNanos());
        boolean overdue = waited.compareTo(options.startWait()) >= 0;
        if (overdue || (isComplete() && (isAligned() || waited.compareTo(options.alignWait()) >= 0))) {
            return begin();
        }
        return 0;
    }

    /** Whether each track of pictures that the container holds has shown how it begins. */
    private boolean isComplete() {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).kind == MediaKind.VIDEO && container.holds(MediaKind.VIDEO) && format(i) == null) {
                return false;
            }
        }
        return true;
    }

    private boolean isAligned() {
        if (tracks.size() == 1) {
            return true;
        }
        for (int i = 0; i < tracks.size(); i++) {
            if (lastAligned(i) == null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Arrival lastAligned(int track) {
        for (int i = pending.size() - 1; i >= 0; i--) {
            Arrival each = pending.get(i);
            if (each.track() == track && each.captureMicros() >= 0) {
                return each;
            }
        }
        return null;
    }

    private @Nullable MediaTrackFormat format(int track) {
        for (Arrival each : pending) {
            EncodedFrame frame = each.frame();
            if (each.track() == track && frame.key() && container.holds(frame.codec())) {
                MediaTrackFormat found = frame.kind() == MediaKind.AUDIO
                        ? MediaTrackFormat.audio(frame.codec())
                        : MediaTrackFormat.video(frame);
                if (found != null) {
                    return found;
                }
            }
        }
        return tracks.get(track).kind == MediaKind.AUDIO && container.holds(MediaKind.AUDIO)
                ? MediaTrackFormat.audio(OPUS)
                : null;
    }

    private long begin() throws IOException {
        List<MediaTrackFormat> formats = new ArrayList<>();
        for (int i = 0; i < tracks.size(); i++) {
            MediaTrackFormat format = formats.size() < container.maxTracks() ? format(i) : null;
            if (format != null) {
                tracks.get(i).index = formats.size();
                tracks.get(i).codec = format.codec();
                formats.add(format);
            }
        }
        long released = pending.stream().mapToLong(Arrival::cost).sum();
        if (formats.isEmpty()) {
            leftOut += pending.size();
            pending.clear();
            return released;
        }
        // Sound first: it arrives evenly, so its arrival is the better measure of the sender's clock.
        List<Track> order = new ArrayList<>(tracks);
        order.sort(Comparator.comparing((Track each) -> each.kind == MediaKind.VIDEO));
        for (Track each : order) {
            Arrival aligned = lastAligned(tracks.indexOf(each));
            if (aligned != null) {
                timeline.timeMicros(aligned);
            }
        }
        List<Timed> timed = new ArrayList<>();
        for (Arrival each : pending) {
            timed.add(new Timed(timeline.timeMicros(each), each));
        }
        pending.clear();
        timed.sort(Comparator.comparingLong(Timed::micros));
        startMicros = timed.stream()
                .filter(each -> tracks.get(each.arrival.track()).index >= 0)
                .findFirst()
                .orElse(timed.get(0))
                .micros();
        MediaFileWriter opened = container.write(output, formats);
        file = opened;
        listener.onStarted(List.copyOf(formats));
        for (Timed each : timed) {
            put(opened, each.micros, each.arrival);
        }
        return released;
    }

    private void put(MediaFileWriter open, long micros, Arrival arrival) throws IOException {
        Track track = tracks.get(arrival.track());
        EncodedFrame frame = arrival.frame();
        boolean fits = track.index >= 0 && track.codec != null && frame.codec().is(track.codec.mimeType());
        if (!fits && !track.told) {
            track.told = true;
            listener.onLeftOut(track.kind, frame.codec());
        }
        if (fits && open.write(track.index, micros - startMicros, frame)) {
            frames++;
            endMicros = Math.max(endMicros, micros - startMicros);
        } else {
            leftOut++;
        }
    }

    void finish() throws IOException {
        if (!finished) {
            finished = true;
            if (file == null && !pending.isEmpty()) {
                begin();
            }
            MediaFileWriter open = file;
            if (open != null) {
                open.finish();
            }
        }
    }

    RecorderStats stats(List<Intake> intakes) {
        long dropped = leftOut;
        long gaps = 0;
        for (Intake each : intakes) {
            dropped += each.dropped;
            gaps += each.gaps;
        }
        return new RecorderStats(frames, dropped, gaps, bytes, Duration.ofNanos(endMicros * NANOS_PER_MICRO));
    }
}
