package org.webrtc4j.media.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.VideoBitstream;
import org.webrtc4j.media.opus.OpusToc;

/**
 * Reads WebM and Matroska (RFC 9559): VP8, VP9, AV1, H264 and Opus, finished files and live ones, with and without lacing.
 * Tracks of other codecs, compressed or encrypted ones are passed over. The times are those of the blocks: an encoder's delay
 * (for Opus mostly 6.5 ms) is not taken off.
 *
 * <p>Segments and clusters are walked through without regard to where they end, so that unknown and wrong sizes of these do
 * no harm. A block that is not well-formed is left out and counted.
 */
public final class WebmReader implements MediaFileReader {

    /** Descriptions of tracks and indexes are at most so large: 8 MiB. */
    public static final int MAX_MASTER_BYTES = 8 << 20;

    /** A file has at most so many tracks that are looked at. */
    public static final int MAX_TRACKS = 64;

    private static final int MAX_INDEX = 200_000;
    private static final int BLOCK_HEAD_BYTES = 4;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final long MAX_NANOS = Long.MAX_VALUE / 4;
    private static final int OPUS_RATE = 48_000;

    private final @Nullable FileOpener opener;
    private final EbmlInput in;
    private final List<MatroskaTrack> known = new ArrayList<>();
    private final ArrayDeque<TimedFrame> frames = new ArrayDeque<>();
    private long segmentStart;
    private long scaleNanos = 1_000_000;
    private double duration = -1;
    private long cuesAt = -1;
    private long firstClusterAt = -1;
    private long clusterTime;
    private long badBlocks;
    private @Nullable NavigableMap<Long, Long> index;
    private boolean ended;

    /**
     * Reads the beginning of a file that cannot seek.
     *
     * @param in the file; buffered by the caller, who closes it
     * @throws IOException when it is no such file, or reading fails
     */
    public WebmReader(InputStream in) throws IOException {
        this(null, in);
    }

    /**
     * Reads the beginning of a file that can seek.
     *
     * @param opener opens it, now and for each seek
     * @throws IOException when it is no such file, or reading fails
     */
    public WebmReader(FileOpener opener) throws IOException {
        this(opener, new BufferedInputStream(opener.open(0)));
    }

    private WebmReader(@Nullable FileOpener opener, InputStream stream) throws IOException {
        this.opener = opener;
        in = new EbmlInput(stream, 0);
        try {
            readHead();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void readHead() throws IOException {
        if (!in.next() || in.id() != Ebml.HEADER) {
            throw new IOException("Not a WebM or Matroska file");
        }
        EbmlElements header = EbmlElements.of(in.content(MAX_MASTER_BYTES));
        String type = "matroska";
        while (header.advance()) {
            type = header.id() == Ebml.DOC_TYPE ? header.text() : type;
        }
        if (!type.equals("webm") && !type.equals("matroska")) {
            throw new IOException("A file of type " + type);
        }
        boolean found = false;
        while (!found && in.next()) {
            found = in.id() == Ebml.SEGMENT;
            if (!found && !in.skip()) {
                break;
            }
        }
        segmentStart = in.position();
        while (firstClusterAt < 0 && nextElement()) {
            // Up to the first cluster.
        }
        if (known.isEmpty()) {
            throw new IOException("No track of a known codec");
        }
    }

    /** Takes one element of the segment or of a cluster; false at the end. */
    private boolean nextElement() throws IOException {
        long at = in.position();
        if (ended || !in.next()) {
            ended = true;
            return false;
        }
        switch (in.id()) {
            case Ebml.CLUSTER -> {
                clusterTime = 0;
                firstClusterAt = firstClusterAt < 0 ? at : firstClusterAt;
            }
            case Ebml.SEGMENT -> {
                // A file put behind another one: its clusters follow.
            }
            case Ebml.TIMESTAMP -> clusterTime = number(in.content(Long.BYTES));
            case Ebml.SIMPLE_BLOCK -> takeBlock(in.content(MAX_FRAME_BYTES), false, false);
            case Ebml.BLOCK_GROUP -> takeGroup(in.content(MAX_FRAME_BYTES));
            case Ebml.INFO -> takeInfo(EbmlElements.of(in.content(MAX_MASTER_BYTES)));
            case Ebml.TRACKS -> takeTracks(EbmlElements.of(in.content(MAX_MASTER_BYTES)));
            case Ebml.SEEK_HEAD -> takeSeekHead(EbmlElements.of(in.content(MAX_MASTER_BYTES)));
            default -> in.skip();
        }
        return true;
    }

    private static long number(byte[] bytes) {
        long value = 0;
        for (byte each : bytes) {
            value = value << 8 | (each & 0xff);
        }
        return value;
    }

    private void takeInfo(EbmlElements info) throws IOException {
        while (info.advance()) {
            switch (info.id()) {
                case Ebml.TIMESTAMP_SCALE -> scaleNanos = info.number();
                case Ebml.DURATION -> duration = info.real();
                default -> {
                    // Names of programs, dates.
                }
            }
        }
        if (scaleNanos <= 0 || scaleNanos > Integer.MAX_VALUE) {
            throw new IOException("A timestamp scale of " + scaleNanos);
        }
    }

    private void takeTracks(EbmlElements tracks) {
        while (known.size() < MAX_TRACKS && tracks.advance()) {
            MatroskaTrack track = tracks.id() == Ebml.TRACK_ENTRY ? MatroskaTrack.of(tracks.children()) : null;
            if (track != null && known.stream().noneMatch(each -> each.number() == track.number())) {
                known.add(track);
            }
        }
    }

    private void takeSeekHead(EbmlElements head) {
        while (head.advance()) {
            EbmlElements seek = head.children();
            long id = 0;
            long at = -1;
            while (seek.advance()) {
                id = seek.id() == Ebml.SEEK_ID ? seek.number() : id;
                at = seek.id() == Ebml.SEEK_POSITION ? seek.number() : at;
            }
            if (id == Ebml.CUES && at >= 0 && at < Long.MAX_VALUE - segmentStart) {
                cuesAt = segmentStart + at;
            }
        }
    }

    private void takeGroup(byte[] bytes) {
        EbmlElements group = EbmlElements.of(bytes);
        byte[] block = null;
        boolean refers = false;
        while (group.advance()) {
            block = group.id() == Ebml.BLOCK ? group.content() : block;
            refers |= group.id() == Ebml.REFERENCE_BLOCK;
        }
        if (block != null) {
            takeBlock(block, true, !refers);
        } else {
            badBlocks++;
        }
    }

    private void takeBlock(byte[] bytes, boolean grouped, boolean alone) {
        if (in.truncated()) {
            return;
        }
        int length = bytes.length == 0 ? 9 : Integer.numberOfLeadingZeros(bytes[0] & 0xff) - 23;
        if (length > 8 || bytes.length < length + BLOCK_HEAD_BYTES - 1) {
            badBlocks++;
            return;
        }
        long number = bytes[0] & (0xff >> length);
        for (int i = 1; i < length; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        int track = track(number);
        if (track < 0) {
            return;
        }
        int flags = bytes[length + 2];
        int relative = (short) ((bytes[length] & 0xff) << 8 | (bytes[length + 1] & 0xff));
        int[] laced = Lacing.frames(bytes, length + 3, flags);
        long nanos = nanos(relative);
        if (laced == null || nanos < 0) {
            badBlocks++;
            return;
        }
        boolean key = grouped ? alone : (flags & Ebml.KEY) != 0;
        int at = laced[0];
        for (int i = 1; i < laced.length; i++) {
            nanos += takeFrame(track, nanos, Arrays.copyOfRange(bytes, at, at + laced[i]), key);
            at += laced[i];
        }
    }

    /** The time of a block; -1 when it is none that a file can have. */
    private long nanos(int relative) {
        long ticks = clusterTime + relative;
        boolean sane = clusterTime >= 0 && clusterTime < MAX_NANOS / scaleNanos;
        return sane ? Math.max(0, ticks) * scaleNanos : -1;
    }

    private int track(long number) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).number() == number) {
                return i;
            }
        }
        return -1;
    }

    /** Takes one frame of a block and tells how long it lasts, as far as it is known. */
    private long takeFrame(int index, long nanos, byte[] bytes, boolean key) {
        MatroskaTrack track = known.get(index);
        CodecSetup.Avc avc = track.avc();
        byte[] whole = avc == null ? bytes : avc.toFrame(bytes, 0, bytes.length);
        if (whole == null || whole.length == 0) {
            badBlocks++;
            return track.frameNanos();
        }
        long micros = nanos / NANOS_PER_MICRO;
        boolean audio = track.format().kind() == MediaKind.AUDIO;
        long timestamp =
                Math.round(micros / MICROS_PER_SECOND * track.format().codec().clockRate());
        boolean decodable = audio || (key && VideoBitstream.isKey(track.format().codec(), whole));
        frames.add(new TimedFrame(
                index,
                micros,
                audio
                        ? EncodedFrame.audio(track.format().codec(), timestamp, whole)
                        : EncodedFrame.video(track.format().codec(), decodable, timestamp, whole)));
        return audio ? OpusToc.samples(whole, 0, whole.length) * 1_000_000_000L / OPUS_RATE : track.frameNanos();
    }

    @Override
    public List<MediaTrackFormat> tracks() {
        return known.stream().map(MatroskaTrack::format).toList();
    }

    @Override
    public long durationMicros() {
        double micros = duration * scaleNanos / NANOS_PER_MICRO;
        return micros > 0 && micros < MAX_NANOS ? (long) micros : -1;
    }

    /**
     * Returns how many blocks were left out because they are not well-formed.
     *
     * @return blocks, and frames of laced ones
     */
    public long badBlocks() {
        return badBlocks;
    }

    @Override
    public @Nullable TimedFrame next() throws IOException {
        while (frames.isEmpty() && nextElement()) {
            // Until there is one.
        }
        return frames.poll();
    }

    @Override
    public boolean truncated() {
        return in.truncated();
    }

    /** Goes there by the index of the file, or, where it has none, by one that is made by walking through it once. */
    @Override
    public boolean seek(long timeMicros) throws IOException {
        if (opener == null || firstClusterAt < 0) {
            return false;
        }
        NavigableMap<Long, Long> places = index;
        if (places == null) {
            places = readCues();
            if (places.isEmpty()) {
                places = walk();
            }
            index = places;
        }
        Map.Entry<Long, Long> place = places.floorEntry(timeMicros);
        open(place == null ? firstClusterAt : place.getValue());
        return true;
    }

    private void open(long at) throws IOException {
        FileOpener again = opener;
        if (again != null) {
            in.stream().close();
            in.reopen(new BufferedInputStream(again.open(at)), at);
            frames.clear();
            clusterTime = 0;
            ended = false;
        }
    }

    private NavigableMap<Long, Long> readCues() throws IOException {
        NavigableMap<Long, Long> places = new TreeMap<>();
        if (cuesAt < 0) {
            return places;
        }
        open(cuesAt);
        if (!in.next() || in.id() != Ebml.CUES || in.size() == Ebml.UNKNOWN || in.size() > MAX_MASTER_BYTES) {
            return places;
        }
        EbmlElements cues = EbmlElements.of(in.content(MAX_MASTER_BYTES));
        if (in.truncated()) {
            return places;
        }
        while (places.size() < MAX_INDEX && cues.advance()) {
            EbmlElements point = cues.children();
            long time = -1;
            long at = -1;
            while (point.advance()) {
                time = point.id() == Ebml.CUE_TIME ? point.number() : time;
                at = point.id() == Ebml.CUE_TRACK_POSITIONS ? clusterPosition(point.children()) : at;
            }
            if (time >= 0 && time < MAX_NANOS / scaleNanos && at >= 0 && at < Long.MAX_VALUE - segmentStart) {
                places.put(time * scaleNanos / NANOS_PER_MICRO, segmentStart + at);
            }
        }
        return places;
    }

    private static long clusterPosition(EbmlElements positions) {
        long at = -1;
        while (positions.advance()) {
            at = positions.id() == Ebml.CUE_CLUSTER_POSITION ? positions.number() : at;
        }
        return at;
    }

    /** The clusters that begin with a key frame, or of sound alone all of them. */
    private NavigableMap<Long, Long> walk() throws IOException {
        NavigableMap<Long, Long> places = new TreeMap<>();
        boolean video = known.stream().anyMatch(each -> each.format().kind() == MediaKind.VIDEO);
        open(firstClusterAt);
        long cluster = firstClusterAt;
        long noted = -1;
        while (places.size() < MAX_INDEX) {
            long at = in.position();
            if (!nextElement()) {
                break;
            }
            cluster = in.id() == Ebml.CLUSTER ? at : cluster;
            for (TimedFrame each = frames.poll(); each != null; each = frames.poll()) {
                boolean place = each.frame().key() && (each.frame().kind() == MediaKind.VIDEO) == video;
                if (place && cluster != noted) {
                    places.put(each.timeMicros(), cluster);
                    noted = cluster;
                }
            }
        }
        return places;
    }

    @Override
    public void close() throws IOException {
        if (opener != null) {
            in.stream().close();
        }
    }
}
