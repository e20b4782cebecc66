package org.webrtc4j.media.assembly;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.MediaKind;

/**
 * Frames out of packets that come in sequence: where one begins and ends, and which can be decoded.
 *
 * <p>Where nothing is missing a frame begins after the marker of the one before or with another timestamp. After a loss it
 * begins where the format says so, or after the next of these two.
 */
final class FrameBuilder {

    private final AssemblySink sink;
    private final boolean waitForKeyFrame;
    private final long keyFrameIntervalNanos;
    private final FrameSink frames = this::take;
    final AssemblyCounters counters = new AssemblyCounters();

    private @Nullable Depacketizer format;
    private boolean inFrame;
    private long timestamp;
    /** Whether the next packet begins a frame, unless there is a loss before it. */
    private boolean boundary;

    private boolean afterLoss = true;
    private long nowNanos;

    private boolean needsKey = true;
    private boolean asked;
    private long askedNanos;
    private boolean heardSinceAsked;
    private long lastTimestamp = Long.MIN_VALUE;

    FrameBuilder(AssemblyOptions options, AssemblySink sink) {
        this.sink = sink;
        waitForKeyFrame = options.waitForKeyFrame();
        keyFrameIntervalNanos = options.keyFrameIntervalNanos();
    }

    /** The timestamp of the last frame given out. */
    long lastTimestamp() {
        return lastTimestamp;
    }

    /** The next packet in sequence. */
    void packet(
            @Nullable Depacketizer of,
            byte[] bytes,
            int offset,
            int length,
            long packetTimestamp,
            boolean marker,
            long arrivalNanos) {
        nowNanos = arrivalNanos;
        heardSinceAsked = true;
        if (of == null || length == 0) {
            counters.packetsUnused++;
            return;
        }
        if (packetTimestamp != timestamp || of != format) {
            // The sender set no marker (RFC 3550 section 5.1 leaves it to the profile), or the rest was refused.
            if (inFrame) {
                end(true);
            }
            boundary |= format != null && !afterLoss;
            format = of;
            timestamp = packetTimestamp;
        }
        int info = of.inspect(bytes, offset, length);
        afterLoss = false;
        if (!inFrame) {
            if (!boundary && (info & Depacketizer.START) == 0) {
                counters.packetsUnused++;
                boundary = marker;
                return;
            }
            of.begin();
            inFrame = true;
            boundary = false;
        }
        if (of.add(bytes, offset, length) != null) {
            counters.packetsMalformed++;
            drop(FrameDrop.MALFORMED);
            boundary = marker;
        } else if (marker || (info & Depacketizer.END) != 0) {
            end(marker);
        }
    }

    /** A packet before the next one will not come. */
    void gap(FrameDrop reason, long now) {
        nowNanos = now;
        if (inFrame) {
            drop(reason);
        } else {
            lost();
        }
        boundary = false;
        afterLoss = true;
    }

    /** Asks for a key frame again when it is time, unless the stream has stopped. */
    void timeout(long now) {
        if (nextTimeout() <= now) {
            ask(now);
        }
    }

    long nextTimeout() {
        return asked && heardSinceAsked ? askedNanos + keyFrameIntervalNanos : Long.MAX_VALUE;
    }

    private void end(boolean marker) {
        Depacketizer of = format;
        if (of != null && of.end(timestamp, marker, frames) != null) {
            drop(FrameDrop.MALFORMED);
        }
        inFrame = false;
        boundary = true;
    }

    private void drop(FrameDrop reason) {
        inFrame = false;
        counters.dropped[reason.ordinal()]++;
        sink.onFrameDropped(timestamp, reason);
        lost();
    }

    private void lost() {
        if (waitForKeyFrame && !needsKey) {
            needsKey = true;
            ask(nowNanos);
        }
    }

    private void ask(long now) {
        asked = true;
        askedNanos = now;
        heardSinceAsked = false;
        counters.keyFrameRequests++;
        sink.onKeyFrameNeeded();
    }

    private void take(EncodedFrame frame) {
        boolean video = frame.kind() == MediaKind.VIDEO;
        if (frame.timestamp() < timestamp) {
            // Sound that an earlier packet has brought already.
            if (frame.timestamp() <= lastTimestamp) {
                return;
            }
            counters.framesRecovered++;
        }
        if (video && waitForKeyFrame && needsKey) {
            if (!frame.key()) {
                counters.dropped[FrameDrop.NO_KEY_FRAME.ordinal()]++;
                sink.onFrameDropped(frame.timestamp(), FrameDrop.NO_KEY_FRAME);
                if (!asked) {
                    ask(nowNanos);
                }
                return;
            }
            needsKey = false;
            asked = false;
        }
        lastTimestamp = frame.timestamp();
        counters.framesReceived++;
        counters.keyFramesReceived += video && frame.key() ? 1 : 0;
        counters.bytesReceived += frame.bytes().length;
        sink.onFrame(frame, nowNanos);
    }
}
