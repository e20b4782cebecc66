package org.webrtc4j.media.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.MediaKind;

/** The containers of encoded frames that can be written and read. */
public enum MediaContainer {
    /** WebM: VP8, VP9, AV1 and Opus. */
    WEBM("webm", "video/VP8 video/VP9 video/AV1 audio/opus", WebmWriter.MAX_TRACKS),
    /** Matroska: as WebM, and H264. */
    MATROSKA("mkv mka", "video/VP8 video/VP9 video/AV1 video/H264 audio/opus", WebmWriter.MAX_TRACKS),
    /** Ogg: one track of Opus. */
    OGG("ogg opus oga", "audio/opus", 1),
    /** IVF: one track of VP8, VP9, AV1 or H264. */
    IVF("ivf", "video/VP8 video/VP9 video/AV1 video/H264", 1);

    private final String suffixes;
    private final String types;
    private final int maxTracks;

    /** Names behind each other, each between blanks. */
    MediaContainer(String suffixes, String types, int maxTracks) {
        this.suffixes = " " + suffixes + " ";
        this.types = " " + types + " ";
        this.maxTracks = maxTracks;
    }

    /**
     * Finds the container that a file's name says.
     *
     * @param name of a file
     * @return null when its end is none of webm, mkv, mka, ogg, oga, opus and ivf
     */
    public static @Nullable MediaContainer of(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (MediaContainer each : values()) {
            if (!end.isBlank() && each.suffixes.contains(" " + end + " ")) {
                return each;
            }
        }
        return null;
    }

    /**
     * Tells whether it can hold a codec. H264 goes into WebM, too, if it has to; the file is a Matroska then.
     *
     * @param codec any
     * @return true when frames of it can be written
     */
    public boolean holds(CodecDescription codec) {
        return types.toLowerCase(Locale.ROOT).contains(" " + codec.mimeType().toLowerCase(Locale.ROOT) + " ")
                || (this == WEBM && codec.is("video/H264"));
    }

    /**
     * Tells whether it can hold a kind of media.
     *
     * @param kind audio or video
     * @return true when there is a codec of that kind for it
     */
    public boolean holds(MediaKind kind) {
        return types.contains(" " + kind.text() + "/");
    }

    /**
     * Returns how many tracks it can hold.
     *
     * @return 1 or more
     */
    public int maxTracks() {
        return maxTracks;
    }

    /**
     * Writes the beginning of a file.
     *
     * @param out the file, at its beginning
     * @param tracks what it will hold
     * @return its writer
     * @throws IOException when writing fails
     * @throws IllegalArgumentException for tracks that it cannot hold
     */
    public MediaFileWriter write(FileOutput out, List<MediaTrackFormat> tracks) throws IOException {
        boolean fits = tracks.stream().allMatch(each -> holds(each.codec()));
        if (!fits || tracks.isEmpty() || tracks.size() > maxTracks) {
            throw new IllegalArgumentException(this + " of " + tracks);
        }
        return switch (this) {
            case WEBM, MATROSKA -> new WebmWriter(out, tracks);
            case OGG -> new SingleTrackFiles.OggFile(out, tracks.get(0));
            case IVF -> new SingleTrackFiles.IvfFile(out, tracks.get(0));
        };
    }

    /**
     * Reads the beginning of a file.
     *
     * @param opener opens it, now and for each seek
     * @return its reader, which is to be closed
     * @throws IOException when it is no such file, or reading fails
     */
    public MediaFileReader read(FileOpener opener) throws IOException {
        return switch (this) {
            case WEBM, MATROSKA -> new WebmReader(opener);
            case OGG -> SingleTrackReader.ogg(new BufferedInputStream(opener.open(0)));
            case IVF -> SingleTrackReader.ivf(new BufferedInputStream(opener.open(0)));
        };
    }
}
