package org.webrtc4j;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a simulcast that is received, apart from the others at each level; not of the W3C, whose receivers never get
 * several.
 *
 * <p>Every method may be called from any thread.
 */
public final class ReceivedLayer {

    private final ReceiverMedia media;
    private final ReceiverTaps taps;
    private final String rid;
    private final boolean audio;

    ReceivedLayer(ReceiverMedia media, ReceiverTaps taps, String rid, boolean audio) {
        this.media = media;
        this.taps = taps;
        this.rid = rid;
        this.audio = audio;
    }

    /**
     * Returns its name.
     *
     * @return the rid
     */
    public String rid() {
        return rid;
    }

    /**
     * Returns its synchronisation source, by which statistics name it.
     *
     * @return empty before its first packet was tapped, or when nobody takes anything of this layer; the latest where it changed
     */
    public OptionalLong ssrc() {
        return taps.ssrc();
    }

    /**
     * Sets who sees its packets.
     *
     * @param tap replaces the previous one, from one of the next packets on; null removes it
     * @return this
     */
    public ReceivedLayer packets(@Nullable RtpPacketTap tap) {
        taps.packets(tap);
        return this;
    }

    /**
     * Sets who sees its encoded frames. Those of layers that nobody sees are not put together.
     *
     * @param tap replaces the previous one, from one of the next frames on; null removes it
     * @return this
     */
    public ReceivedLayer frames(@Nullable EncodedFrameTap tap) {
        taps.frames(tap);
        return this;
    }

    /**
     * Sets who hears its sound, as {@link RTCRtpReceiver#pcm} does.
     *
     * @param sampleRate samples in a second
     * @param channels 1 or 2
     * @param sink replaces the previous one, from one of the next packets on; null removes it
     * @return this
     * @throws DOMException InvalidStateError when video is received
     * @throws IllegalArgumentException when a number is out of its range
     */
    public ReceivedLayer pcm(int sampleRate, int channels, @Nullable PcmSink sink) {
        if (!audio) {
            throw DOMException.invalidState("There is no sound in video");
        }
        taps.pcm(sampleRate, channels, sink);
        return this;
    }

    /** Asks the other side for a key frame of this layer only, at most every 200 ms. */
    public void requestKeyFrame() {
        media.requestKeyFrame(rid);
    }

    /** Returns the rid. */
    @Override
    public String toString() {
        return "ReceivedLayer[" + rid + "]";
    }
}
