package org.webrtc4j.media.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.opus.OpusToc;

/**
 * Writes WebM: VP8, VP9, AV1 and Opus; with H264 it is Matroska (RFC 9559), of which WebM is a part, and the file says so.
 *
 * <p>The file is live until it is finished: segment and cluster have unknown sizes, and each frame is written at once. When
 * it is finished, the sizes, the duration and an index (Cues) make it one that players can seek in; where the output cannot
 * go back, it stays a live one. Pictures may change their size in the middle: each key frame tells its own.
 */
public final class WebmWriter implements MediaFileWriter {

    /** A cluster ends after so long, or with the next key frame: five seconds. */
    public static final long MAX_CLUSTER_MILLIS = 5_000;

    /** The index has at most so many entries; of a longer file every second one goes. */
    public static final int MAX_CUES = 20_000;

    /** No container holds more: it is a call, not a library. */
    public static final int MAX_TRACKS = 16;

    private static final int SEEK_HEAD_ROOM = 120;
    private static final int DURATION_BYTES = 11;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int MAX_RELATIVE = Short.MAX_VALUE;
    private static final int OPUS_SAMPLES_PER_MILLI = 48;

    /** What an Opus decoder needs to settle after a seek: 80 ms (RFC 7845 section 4.6). */
    private static final long OPUS_PRE_ROLL_NANOS = 80_000_000;

    private record Cue(long millis, int track, long position) {}

    private final FileOutput out;
    private final List<MediaTrackFormat> tracks;
    private final long[] lastMillis;
    private final long[] stepMillis;
    private final boolean hasVideo;
    private final long segmentSizeAt;
    private final long segmentStart;
    private final long seekHeadAt;
    private final long infoAt;
    private final long durationAt;
    private final long tracksAt;

    private long position;
    private long clusterAt = -1;
    private long clusterStart;
    private long clusterMillis;
    private List<Cue> cues = new ArrayList<>();
    private int cueStride = 1;
    private int cueCandidates;
    private boolean finished;

    /**
     * Writes the beginning of a file.
     *
     * @param out the file, at its beginning
     * @param tracks what it will hold, 1 to {@link #MAX_TRACKS}
     * @throws IOException when writing fails
     * @throws IllegalArgumentException for no tracks or too many
     */
    public WebmWriter(FileOutput out, List<MediaTrackFormat> tracks) throws IOException {
        if (tracks.isEmpty() || tracks.size() > MAX_TRACKS) {
            throw new IllegalArgumentException(tracks.size() + " tracks");
        }
        this.out = out;
        this.tracks = List.copyOf(tracks);
        lastMillis = new long[tracks.size()];
        Arrays.fill(lastMillis, -1);
        stepMillis = new long[tracks.size()];
        hasVideo = tracks.stream().anyMatch(each -> each.kind() == MediaKind.VIDEO);
        EbmlBuffer head = header();
        segmentSizeAt = head.length() + 4L;
        head.open(Ebml.SEGMENT);
        segmentStart = head.length();
        seekHeadAt = head.length();
        head.room(SEEK_HEAD_ROOM);
        infoAt = head.length();
        EbmlBuffer info = new EbmlBuffer()
                .number(Ebml.TIMESTAMP_SCALE, NANOS_PER_MILLI)
                .text(Ebml.MUXING_APP, "webrtc4j")
                .text(Ebml.WRITING_APP, "webrtc4j")
                .room(DURATION_BYTES);
        head.master(Ebml.INFO, info);
        durationAt = (long) head.length() - DURATION_BYTES;
        tracksAt = head.length();
        EbmlBuffer entries = new EbmlBuffer();
        for (int i = 0; i < tracks.size(); i++) {
            entries.master(Ebml.TRACK_ENTRY, entry(i + 1, tracks.get(i)));
        }
        head.master(Ebml.TRACKS, entries);
        append(head);
    }

    private EbmlBuffer header() {
        boolean webm = tracks.stream().noneMatch(each -> each.codec().is("video/H264"));
        EbmlBuffer content = new EbmlBuffer()
                .number(Ebml.VERSION, 1)
                .number(Ebml.READ_VERSION, 1)
                .number(Ebml.MAX_ID_LENGTH, 4)
                .number(Ebml.MAX_SIZE_LENGTH, 8)
                .text(Ebml.DOC_TYPE, webm ? "webm" : "matroska")
                .number(Ebml.DOC_TYPE_VERSION, 4)
                .number(Ebml.DOC_TYPE_READ_VERSION, 2);
        return new EbmlBuffer().master(Ebml.HEADER, content);
    }

    private static EbmlBuffer entry(int number, MediaTrackFormat format) {
        boolean audio = format.kind() == MediaKind.AUDIO;
        EbmlBuffer entry = new EbmlBuffer()
                .number(Ebml.TRACK_NUMBER, number)
                .number(Ebml.TRACK_UID, number)
                .number(Ebml.TRACK_TYPE, audio ? Ebml.AUDIO_TYPE : Ebml.VIDEO_TYPE)
                .number(Ebml.FLAG_LACING, 0)
                .text(Ebml.CODEC_ID, codecId(format));
        if (format.configuration().length > 0) {
            entry.binary(Ebml.CODEC_PRIVATE, format.configuration());
        }
        if (audio) {
            entry.number(Ebml.SEEK_PRE_ROLL, OPUS_PRE_ROLL_NANOS);
            return entry.master(
                    Ebml.AUDIO,
                    new EbmlBuffer()
                            .real(Ebml.SAMPLING_FREQUENCY, format.codec().clockRate())
                            .number(Ebml.CHANNELS, format.configuration()[9]));
        }
        return entry.master(
                Ebml.VIDEO,
                new EbmlBuffer().number(Ebml.PIXEL_WIDTH, format.width()).number(Ebml.PIXEL_HEIGHT, format.height()));
    }

    private static String codecId(MediaTrackFormat format) {
        return switch (format.codec().name().toUpperCase(Locale.ROOT)) {
            case "VP8" -> "V_VP8";
            case "VP9" -> "V_VP9";
            case "AV1" -> "V_AV1";
            case "H264" -> "V_MPEG4/ISO/AVC";
            case "OPUS" -> "A_OPUS";
            default -> throw new IllegalArgumentException("No Matroska of " + format);
        };
    }

    @Override
    public boolean write(int track, long timeMicros, EncodedFrame frame) throws IOException {
        MediaTrackFormat format = tracks.get(track);
        if (!frame.codec().is(format.codec().mimeType())) {
            throw new IllegalArgumentException(frame + " into a track of " + format);
        }
        long millis = Math.floorDiv(timeMicros + MICROS_PER_MILLI / 2, MICROS_PER_MILLI);
        long last = lastMillis[track];
        byte[] bytes = frame.bytes().length == 0 ? frame.bytes() : CodecSetup.toFile(frame);
        if (finished || millis < 0 || millis < last || bytes.length == 0) {
            return false;
        }
        boolean keyPicture = frame.key() && format.kind() == MediaKind.VIDEO;
        long relative = millis - clusterMillis;
        if (clusterAt >= 0 && relative < -MAX_RELATIVE) {
            return false;
        }
        if (clusterAt < 0 || (keyPicture && relative > 0) || relative >= MAX_CLUSTER_MILLIS) {
            openCluster(millis, track, keyPicture || !hasVideo);
        }
        stepMillis[track] = format.kind() == MediaKind.AUDIO
                ? OpusToc.samples(bytes, 0, bytes.length) / OPUS_SAMPLES_PER_MILLI
                : last < 0 ? stepMillis[track] : millis - last;
        lastMillis[track] = millis;
        append(new EbmlBuffer()
                .id(Ebml.SIMPLE_BLOCK)
                .size(4L + bytes.length)
                .size(track + 1L)
                .big(millis - clusterMillis, 2)
                .big(frame.key() ? Ebml.KEY : 0, 1)
                .raw(bytes));
        return true;
    }

    private void openCluster(long millis, int track, boolean entry) throws IOException {
        closeCluster();
        clusterAt = position;
        clusterMillis = millis;
        if (entry && cueCandidates++ % cueStride == 0) {
            cues.add(new Cue(millis, track, clusterAt - segmentStart));
            thinCues();
        }
        EbmlBuffer begin = new EbmlBuffer().open(Ebml.CLUSTER);
        clusterStart = position + begin.length();
        append(begin.number(Ebml.TIMESTAMP, millis));
    }

    private void thinCues() {
        if (cues.size() >= MAX_CUES) {
            List<Cue> half = new ArrayList<>();
            for (int i = 0; i < cues.size(); i += 2) {
                half.add(cues.get(i));
            }
            cues = half;
            cueStride *= 2;
        }
    }

    private void closeCluster() throws IOException {
        if (clusterAt >= 0) {
            out.rewrite(clusterAt + 4, EbmlBuffer.sizeField(position - clusterStart));
        }
    }

    @Override
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        closeCluster();
        long cuesAt = position;
        EbmlBuffer points = new EbmlBuffer();
        for (Cue each : cues) {
            points.master(
                    Ebml.CUE_POINT,
                    new EbmlBuffer()
                            .number(Ebml.CUE_TIME, each.millis)
                            .master(
                                    Ebml.CUE_TRACK_POSITIONS,
                                    new EbmlBuffer()
                                            .number(Ebml.CUE_TRACK, each.track + 1L)
                                            .number(Ebml.CUE_CLUSTER_POSITION, each.position)));
        }
        if (!cues.isEmpty()) {
            append(new EbmlBuffer().master(Ebml.CUES, points));
        }
        EbmlBuffer seeks = new EbmlBuffer()
                .master(Ebml.SEEK, seek(Ebml.INFO, infoAt))
                .master(Ebml.SEEK, seek(Ebml.TRACKS, tracksAt));
        if (!cues.isEmpty()) {
            seeks.master(Ebml.SEEK, seek(Ebml.CUES, cuesAt));
        }
        EbmlBuffer seekHead = new EbmlBuffer().master(Ebml.SEEK_HEAD, seeks);
        out.rewrite(
                seekHeadAt, seekHead.room(SEEK_HEAD_ROOM - seekHead.length()).toBytes());
        out.rewrite(
                durationAt,
                new EbmlBuffer().real(Ebml.DURATION, (double) durationMillis()).toBytes());
        out.rewrite(segmentSizeAt, EbmlBuffer.sizeField(position - segmentStart));
    }

    private EbmlBuffer seek(int id, long at) {
        return new EbmlBuffer()
                .binary(Ebml.SEEK_ID, new EbmlBuffer().id(id).toBytes())
                .number(Ebml.SEEK_POSITION, at - segmentStart);
    }

    private long durationMillis() {
        long end = 0;
        for (int i = 0; i < lastMillis.length; i++) {
            end = Math.max(end, lastMillis[i] < 0 ? 0 : lastMillis[i] + stepMillis[i]);
        }
        return end;
    }

    private void append(EbmlBuffer elements) throws IOException {
        byte[] bytes = elements.toBytes();
        out.write(bytes, 0, bytes.length);
        position += bytes.length;
    }
}
