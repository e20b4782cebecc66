package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * One stream of a simulcast that is sent; not of the W3C, whose encoders make the streams of one track themselves.
 *
 * <p>Every method may be called from any thread.
 */
public final class SentLayer {

    private final SenderMedia media;
    private final String rid;

    SentLayer(SenderMedia media, String rid) {
        this.media = media;
        this.rid = rid;
    }

    /**
     * Returns its name.
     *
     * @return the rid of its encoding
     */
    public String rid() {
        return rid;
    }

    /**
     * Writes encoded frames to this stream. They leave while its encoding is sent: it was negotiated and is active.
     *
     * @return a writer for the life of the sender
     */
    public EncodedFrameWriter frames() {
        return frame -> media.write(rid, frame);
    }

    /**
     * Sets who hears that the other side needs a key frame of this stream, or that the stream begins again.
     *
     * @param handler runs on the connection's loop, at most every 200 ms; null removes it
     * @return this
     */
    public SentLayer onKeyFrameRequest(@Nullable Runnable handler) {
        media.onKeyFrameRequest(rid, handler);
        return this;
    }

    /** Returns the rid. */
    @Override
    public String toString() {
        return "SentLayer[" + rid + "]";
    }
}
