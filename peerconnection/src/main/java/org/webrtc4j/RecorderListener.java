package org.webrtc4j;

import java.util.List;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.file.MediaTrackFormat;

/** Hears of a recording. Called on the thread that writes, or on the loop of a connection; must not block. */
public interface RecorderListener {

    /** Hears nothing. */
    RecorderListener NONE = new RecorderListener() {};

    /**
     * The file has begun.
     *
     * @param tracks what it holds
     */
    default void onStarted(List<MediaTrackFormat> tracks) {}

    /**
     * The disk is too slow: frames are dropped from now on, of pictures up to the first key frame for which there is room.
     *
     * @param kind what is dropped
     */
    default void onDropping(MediaKind kind) {}

    /**
     * Frames are not written, since the file cannot hold them or has begun with another codec; told once for each track.
     *
     * @param kind what is left out
     * @param codec of the first such frame
     */
    default void onLeftOut(MediaKind kind, CodecDescription codec) {}

    /**
     * Nothing more is written.
     *
     * @param cause such as a full disk
     */
    default void onFailed(Exception cause) {}
}
