package org.webrtc4j.media.assembly;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Payloads;

/** An assembler with its frames and events kept, and a clock that is set. */
final class Receiver implements AssemblySink {

    static final long MILLI = 1_000_000;
    static final int TYPE = 96;

    final List<EncodedFrame> frames = new ArrayList<>();
    final List<Map.Entry<Long, FrameDrop>> drops = new ArrayList<>();
    int keyFramesAsked;
    long now = -5 * MILLI;
    final FrameAssembler assembler;

    Receiver(AssemblyOptions options, CodecDescription codec) {
        assembler = new FrameAssembler(options, this);
        if (!assembler.setFormat(TYPE, codec)) {
            throw new AssertionError(codec);
        }
    }

    @Override
    public void onFrame(EncodedFrame frame, long arrivalNanos) {
        frames.add(frame);
    }

    @Override
    public void onFrameDropped(long timestamp, FrameDrop reason) {
        drops.add(Map.entry(timestamp, reason));
    }

    @Override
    public void onKeyFrameNeeded() {
        keyFramesAsked++;
    }

    void packet(long sequence, long timestamp, boolean marker, byte[] payload) {
        packet(TYPE, sequence, timestamp, marker, payload);
    }

    void packet(int type, long sequence, long timestamp, boolean marker, byte[] payload) {
        byte[] borrowed = new byte[payload.length + 4];
        System.arraycopy(payload, 0, borrowed, 3, payload.length);
        assembler.handlePacket(type, borrowed, 3, payload.length, sequence, timestamp, marker, now);
        // The bytes were lent for the call only.
        java.util.Arrays.fill(borrowed, (byte) 0xee);
    }

    /** One VP8 frame that fits into one packet; the timestamp is the number of the frame. */
    void whole(long sequence, long timestamp, boolean key) {
        packet(
                sequence,
                timestamp,
                true,
                Payloads.hex("10" + (key ? "00" : "01") + HexFormat.of().toHexDigits((byte) timestamp)));
    }

    void pass(long nanos) {
        now += nanos;
        assembler.handleTimeout(now);
    }

    List<Long> timestamps() {
        return frames.stream().map(EncodedFrame::timestamp).toList();
    }
}
