package org.webrtc4j.media;

import java.util.Objects;

/**
 * One encoded picture, one spatial layer of it, or one packet of sound.
 *
 * <p>The bytes are those that a browser's {@code RTCRtpScriptTransform} shows for the same frame:
 *
 * <table>
 *   <caption>The bytes of a frame</caption>
 *   <tr><th>codec</th><th>bytes</th></tr>
 *   <tr><td>Opus, PCMU, PCMA, L16, G.722, CN, telephone-event</td><td>the payload of one packet</td></tr>
 *   <tr><td>VP8, VP9</td><td>the payloads of the frame (VP9: of one layer frame) without their descriptors</td></tr>
 *   <tr><td>H264, H265</td><td>Annex B: each NAL unit behind {@code 00 00 00 01}</td></tr>
 *   <tr><td>AV1</td><td>OBUs that all carry their size, without temporal delimiters and tile lists; as a low-overhead
 *   bitstream has them but for the delimiter</td></tr>
 * </table>
 *
 * <p>The array belongs to the frame and is shared with whoever asks for it: it is not to be changed. Immutable otherwise,
 * and safe to hand between threads.
 */
public final class EncodedFrame {

    private final CodecDescription codec;
    private final boolean key;
    private final long timestamp;
    private final byte[] bytes;
    private final FrameLayers layers;

    /**
     * Makes a frame.
     *
     * @param codec by which it was encoded
     * @param key whether it is decoded without any earlier one; true for audio
     * @param timestamp in ticks of the codec's clock rate, unwrapped: it never jumps back at 2^32
     * @param bytes handed over: the frame owns the array
     * @param layers where it stands in a layered stream
     */
    public EncodedFrame(CodecDescription codec, boolean key, long timestamp, byte[] bytes, FrameLayers layers) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.key = key;
        this.timestamp = timestamp;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        this.layers = Objects.requireNonNull(layers, "layers");
    }

    /**
     * Makes a frame of sound.
     *
     * @param codec by which it was encoded
     * @param timestamp in ticks of the codec's clock rate, unwrapped
     * @param bytes handed over: the frame owns the array
     * @return the frame
     */
    public static EncodedFrame audio(CodecDescription codec, long timestamp, byte[] bytes) {
        return new EncodedFrame(codec, true, timestamp, bytes, FrameLayers.NONE);
    }

    /**
     * Makes a picture of a stream without layers.
     *
     * @param codec by which it was encoded
     * @param key whether it is decoded without any earlier one
     * @param timestamp in ticks of 90 kHz, unwrapped
     * @param bytes handed over: the frame owns the array
     * @return the frame
     */
    public static EncodedFrame video(CodecDescription codec, boolean key, long timestamp, byte[] bytes) {
        return new EncodedFrame(codec, key, timestamp, bytes, FrameLayers.NONE);
    }

    /**
     * Returns the kind of media.
     *
     * @return audio or video
     */
    public MediaKind kind() {
        return codec.kind();
    }

    /**
     * Returns by which codec the frame was encoded.
     *
     * @return the codec with its parameters
     */
    public CodecDescription codec() {
        return codec;
    }

    /**
     * Tells whether the frame is decoded without any earlier one.
     *
     * @return true for key frames and for audio
     */
    public boolean key() {
        return key;
    }

    /**
     * Returns the RTP timestamp, unwrapped.
     *
     * @return ticks of the codec's clock rate
     */
    public long timestamp() {
        return timestamp;
    }

    /**
     * Returns the bytes of the frame.
     *
     * @return the frame's own array, shared: not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Returns where the frame stands in a layered stream.
     *
     * @return {@link FrameLayers#NONE} in a stream without layers
     */
    public FrameLayers layers() {
        return layers;
    }

    /**
     * Returns the same frame at another time.
     *
     * @param other the timestamp, in ticks of the codec's clock rate
     * @return a frame that shares the bytes
     */
    public EncodedFrame withTimestamp(long other) {
        return new EncodedFrame(codec, key, other, bytes, layers);
    }

    @Override
    public String toString() {
        return codec.mimeType() + (key ? " key " : " delta ") + timestamp + ", " + bytes.length + " bytes";
    }
}
